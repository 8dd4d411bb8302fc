import type { EngineName } from '../../shared/contract/engineName.ts';
import type { EngineStatusData } from '../../shared/contract/engineStatus.ts';
import type { BroadcastFrame } from '../../shared/contract/frames.ts';
import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import type { Batch } from './applyBatch.ts';

/** When the page next has time to draw. Calls once. */
type NextFrame = (call: () => void) => void;

/** A hidden page is given no animation frames, also not one that was asked for before; it is kept up to date at leisure. */
const HIDDEN_EVERY_MS = 1_000;
/** Lines that come faster than they can be shown replace older ones: nothing grows without end. */
const MOST_STATUSES = 2_000;

/** The browser's next animation frame, or a timer where nobody looks: whichever comes first. */
export const pageFrame: NextFrame = (call) => {
  const once = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    call();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN_EVERY_MS);
};

/** Gathers broadcasts, and hands them on once a frame: a hundred a second are still one change of the screen. */
export class BroadcastQueue {
  readonly #nextFrame: NextFrame;
  readonly #take: (batch: Batch) => void;
  readonly #updates = new Map<EngineName, FundingUpdateData>();
  #statuses: EngineStatusData[] = [];
  #asked = false;

  constructor(nextFrame: NextFrame, take: (batch: Batch) => void) {
    this.#nextFrame = nextFrame;
    this.#take = take;
  }

  add(frame: BroadcastFrame): void {
    if (frame.type === 'FUNDING_UPDATE') this.#updates.set(frame.data.engine, frame.data);
    else this.#statuses.push(frame.data);
    if (this.#statuses.length > MOST_STATUSES) this.flush();
    if (this.#asked) return;
    this.#asked = true;
    this.#nextFrame(() => {
      this.#asked = false;
      this.flush();
    });
  }

  /** Hands on what has gathered, now: before a snapshot, which is newer. */
  flush(): void {
    if (this.#updates.size === 0 && this.#statuses.length === 0) return;
    const batch = { updates: [...this.#updates.values()], statuses: this.#statuses };
    this.#updates.clear();
    this.#statuses = [];
    this.#take(batch);
  }
}
