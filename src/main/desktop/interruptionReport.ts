import type { Interruption } from '../../shared/contract/engineStatus.ts';

/** Who noticed: the operating system said so, or our own look at the clocks. */
export type Noticer = 'system' | 'watch';

/**
 * Tells the engine of each interruption once, though a night's sleep is noticed twice: by the operating system, and by
 * the watch, whose gap reaches from its last look before to its first look after.
 */
export class InterruptionReport {
  readonly #tell: (interruption: Interruption) => void;
  #last: { readonly by: Noticer; readonly interruption: Interruption } | undefined;

  constructor(tell: (interruption: Interruption) => void) {
    this.#tell = tell;
  }

  heard(by: Noticer, interruption: Interruption): void {
    const last = this.#last;
    if (last !== undefined && last.by !== by && isSameGap(last.interruption, interruption)) {
      // Both have said it. A sleep that follows at once is another one.
      this.#last = undefined;
      return;
    }
    this.#last = { by, interruption };
    this.#tell(interruption);
  }
}

/** A clock that was set back is never a sleep; what went forward and shares time with another is one and the same. */
function isSameGap(one: Interruption, other: Interruption): boolean {
  if (one.to < one.from || other.to < other.from) return false;
  return one.from < other.to && other.from < one.to;
}
