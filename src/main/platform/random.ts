/** The state of a generator: four 32-bit words, and the spare normal of the last pair (NaN-free JSON). */
export interface RandomState {
  readonly words: readonly [number, number, number, number];
  readonly spare: number | null;
}

/**
 * Seeded random numbers (sfc32, public domain, Chris Doty-Humphrey's PractRand). The same seed gives the same
 * sequence everywhere, and its state can be saved and put back.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;
  #spare: number | null = null;

  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = (seed / 0x1_0000_0000) | 0;
    this.#c = 0x9e3779b9 | 0;
    this.#counter = 1;
    for (let i = 0; i < 15; i += 1) this.uint32();
  }

  /** 0 … 2^32 − 1. */
  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** Standard normal (Box-Muller, in pairs). */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  save(): RandomState {
    return { words: [this.#a, this.#b, this.#c, this.#counter], spare: this.#spare };
  }

  restore(state: RandomState): void {
    [this.#a, this.#b, this.#c, this.#counter] = state.words;
    this.#spare = state.spare;
  }
}
