import { divide, larger, magnitude } from '../../../shared/money/rounding.ts';
import type { ScaledBalance, SpotMarketState } from './driftState.ts';
import { afterTokens, tokensOf, type CumulativeInterest } from './scaledBalance.ts';

/** Roundings of a move that each interest makes its own way: two units of the token. */
const ROUNDINGS = 2n;

/**
 * The way of one deposit or borrow through a row of events, unit by unit as the program goes it: interest comes with the
 * market's cumulative interest, tokens come and go with a transaction. Each step tells what it did on its own.
 */
export class SpotPath {
  readonly market: number;
  #balance: ScaledBalance;
  #interest: CumulativeInterest;
  #unsure: readonly bigint[] = [];
  #slack = 0n;

  constructor(market: number, balance: ScaledBalance, interest: CumulativeInterest) {
    this.market = market;
    this.#balance = balance;
    this.#interest = interest;
  }

  get balance(): ScaledBalance {
    return this.#balance;
  }

  /**
   * Tokens by which interest may have been another than it was known to be when tokens moved: not more than it grew by
   * until it was next known, of what moved.
   */
  get slack(): bigint {
    return this.#slack;
  }

  /** The market's cumulative interest has grown. @returns tokens earned (positive) or owed */
  accrue(depositInterest: bigint, borrowInterest: bigint): bigint {
    const before = tokensOf(this.#balance, this.#interest);
    const { decimals, depositInterest: deposits, borrowInterest: borrows } = this.#interest;
    const grownOf = (tokens: bigint): bigint =>
      larger(
        divide(tokens * (depositInterest - deposits), deposits, 'ceil'),
        divide(tokens * (borrowInterest - borrows), borrows, 'ceil'),
      );
    // What is not known earns interest, too.
    this.#slack += grownOf(this.#slack);
    for (const tokens of this.#unsure) {
      const grown = grownOf(tokens);
      if (grown > 0n) this.#slack += grown + ROUNDINGS;
    }
    this.#unsure = [];
    this.#interest = { decimals, depositInterest, borrowInterest };
    return tokensOf(this.#balance, this.#interest) - before;
  }

  /**
   * Tokens came in or went out.
   * @param isKnown the same transaction says what interest the program reckons with
   * @returns what the scaling rounded: a unit of the token, or nothing
   */
  move(tokens: bigint, isKnown: boolean, isLeaving = false): bigint {
    const before = tokensOf(this.#balance, this.#interest);
    if (!isKnown) this.#unsure = [...this.#unsure, magnitude(tokens)];
    this.#balance = afterTokens(this.#balance, tokens, this.#interest, isLeaving);
    return tokensOf(this.#balance, this.#interest) - before - tokens;
  }
}

const NONE: ScaledBalance = { kind: 'deposit', scaled: 0n };

/** What a sub-account holds of a market. */
export const balanceIn = (
  holdings: readonly (ScaledBalance & { readonly market: number })[],
  market: number,
): ScaledBalance => {
  const found = holdings.find((one) => one.market === market);
  return found === undefined ? NONE : { kind: found.kind, scaled: found.scaled };
};

export const spotMarketOf = (markets: readonly SpotMarketState[], market: number): SpotMarketState => {
  const found = markets.find((one) => one.market === market);
  if (found === undefined) throw new RangeError(`spot market ${market} was not read`);
  return found;
};
