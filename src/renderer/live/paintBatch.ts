import { pageFrame } from './broadcastQueue.ts';

/** What comes faster than it can be shown is handed on before the frame: nothing grows without end. */
const MOST = 2_000;

/** Gathers what comes in, and hands it on once a frame: a hundred messages a second are still one change of the screen. */
export class PaintBatch<One> {
  readonly #nextFrame: (call: () => void) => void;
  readonly #take: (gathered: readonly One[]) => void;
  #gathered: One[] = [];
  #asked = false;

  constructor(take: (gathered: readonly One[]) => void, nextFrame: (call: () => void) => void = pageFrame) {
    this.#take = take;
    this.#nextFrame = nextFrame;
  }

  add(one: One): void {
    this.#gathered.push(one);
    if (this.#gathered.length >= MOST) this.#flush();
    if (this.#asked) return;
    this.#asked = true;
    this.#nextFrame(() => {
      this.#asked = false;
      this.#flush();
    });
  }

  /** Forgets what has gathered: nobody looks any more. */
  drop(): void {
    this.#gathered = [];
  }

  #flush(): void {
    if (this.#gathered.length === 0) return;
    const gathered = this.#gathered;
    this.#gathered = [];
    this.#take(gathered);
  }
}
