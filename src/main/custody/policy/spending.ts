import { solWords } from './amounts.ts';
import { refuse } from './refusal.ts';
import type { RefusalReason } from './verdict.ts';

/** What a transaction gives away for one purpose, all of it together. */
export class Spending {
  readonly #reason: RefusalReason;
  readonly #what: string;
  readonly #most: bigint;
  #given = 0n;

  /**
   * @param reason of the refusal
   * @param what begins its sentence: "Tips"
   * @param most lamports
   */
  constructor(reason: RefusalReason, what: string, most: bigint) {
    this.#reason = reason;
    this.#what = what;
    this.#most = most;
  }

  /** Lamports so far. */
  get given(): bigint {
    return this.#given;
  }

  /** Throws a Refusal where what was given so far is more than allowed. */
  give(lamports: bigint): void {
    this.#given += lamports;
    if (this.#given <= this.#most) return;
    const [given, most] = [solWords(this.#given), solWords(this.#most)];
    refuse(this.#reason, `${this.#what} of ${given} are more than the ${most} allowed.`);
  }
}
