import { solWords } from '../policy/amounts.ts';

const DAY_MS = 86_400_000;

/**
 * What all transactions of a day may give away together: for priority, as tips, and as gas for delegates. Each of them
 * is capped by itself already; this is for a program that was taken over and sends them by the thousand. A transaction
 * that gives nothing away is always free, so that a position can be left whatever was spent.
 */
export class DailyBudget {
  readonly #most: bigint;
  readonly #elapsed: () => number;
  #entries: { readonly at: number; readonly lamports: bigint }[] = [];

  /**
   * @param most lamports
   * @param elapsed a clock that nobody sets, in ms
   */
  constructor(most: bigint, elapsed: () => number) {
    this.#most = most;
    this.#elapsed = elapsed;
  }

  /** Takes it from the budget of the last 24 hours; takes nothing, and says so, where that doesn't reach. */
  takes(lamports: bigint): boolean {
    if (lamports === 0n) return true;
    if (this.#spent() + lamports > this.#most) return false;
    this.#entries.push({ at: this.#elapsed(), lamports });
    return true;
  }

  /** Why it can't be taken, in a sentence. */
  why(lamports: bigint): string {
    return `Fees, tips and gas of ${solWords(lamports)} would make more than the ${solWords(this.#most)} that a day may cost: ${solWords(this.#spent())} were spent in the last 24 hours.`;
  }

  #spent(): bigint {
    const now = this.#elapsed();
    this.#entries = this.#entries.filter(({ at }) => now - at < DAY_MS);
    return this.#entries.reduce((sum, { lamports }) => sum + lamports, 0n);
  }
}
