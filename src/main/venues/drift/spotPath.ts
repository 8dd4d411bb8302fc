import type { ScaledBalance, SpotMarketState } from './driftState.ts';
import { afterTokens, tokensOf, type CumulativeInterest } from './scaledBalance.ts';

/**
 * The way of one deposit or borrow through a row of events, unit by unit as the program goes it: interest comes with the
 * market's cumulative interest, tokens come and go with a transaction. Each step tells what it did on its own.
 */
export class SpotPath {
  readonly market: number;
  #balance: ScaledBalance;
  #interest: CumulativeInterest;

  constructor(market: number, balance: ScaledBalance, interest: CumulativeInterest) {
    this.market = market;
    this.#balance = balance;
    this.#interest = interest;
  }

  get balance(): ScaledBalance {
    return this.#balance;
  }

  /** The market's cumulative interest has grown. @returns tokens earned (positive) or owed */
  accrue(depositInterest: bigint, borrowInterest: bigint): bigint {
    const before = tokensOf(this.#balance, this.#interest);
    this.#interest = { decimals: this.#interest.decimals, depositInterest, borrowInterest };
    return tokensOf(this.#balance, this.#interest) - before;
  }

  /** Tokens came in or went out. @returns what the scaling rounded: a unit of the token, or nothing */
  move(tokens: bigint, isLeaving = false): bigint {
    const before = tokensOf(this.#balance, this.#interest);
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
