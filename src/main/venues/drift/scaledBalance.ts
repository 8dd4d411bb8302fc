import { divide } from '../../../shared/money/rounding.ts';
import type { ScaledBalance } from './driftState.ts';

/** What a balance is scaled by. */
export interface CumulativeInterest {
  readonly decimals: number;
  /** 1e10. */
  readonly depositInterest: bigint;
  readonly borrowInterest: bigint;
}

/** Scaled balances have 9 decimals, cumulative interest 10. */
const SCALE_DECIMALS = 19;

const scaleOf = ({ decimals }: CumulativeInterest): bigint => 10n ** BigInt(SCALE_DECIMALS - decimals);
const interestOf = (kind: ScaledBalance['kind'], market: CumulativeInterest): bigint =>
  kind === 'deposit' ? market.depositInterest : market.borrowInterest;

/**
 * Tokens of a balance, signed: a deposit is rounded down, a borrow up. Smallest units of the token.
 * Source: the program's `get_token_amount`.
 */
export function tokensOf({ kind, scaled }: ScaledBalance, market: CumulativeInterest): bigint {
  const product = scaled * interestOf(kind, market);
  return kind === 'deposit'
    ? divide(product, scaleOf(market), 'floor')
    : -divide(product, scaleOf(market), 'ceil');
}

/**
 * The balance after tokens came in (positive) or went out, rounded as the program rounds: what is borrowed is rounded up,
 * what is deposited down, and what leaves the sub-account takes one unit of the balance more.
 * Source: the program's `update_spot_balances` and `get_spot_balance`.
 * @param isLeaving tokens leave the sub-account: a withdrawal, or a transfer to another
 */
export function afterTokens(
  balance: ScaledBalance,
  tokens: bigint,
  market: CumulativeInterest,
  isLeaving = false,
): ScaledBalance {
  if (tokens === 0n) return balance;
  const way = tokens > 0n ? 'deposit' : 'borrow';
  const amount = tokens > 0n ? tokens : -tokens;
  if (way === balance.kind) return enlarged(balance, amount, market);
  const held = tokensOf(balance, market);
  const heldAmount = held < 0n ? -held : held;
  if (heldAmount > amount) {
    const roundUp = isLeaving || balance.kind === 'borrow';
    return { ...balance, scaled: balance.scaled - scaledFor(amount, balance.kind, market, roundUp) };
  }
  // Without tokens to speak of nothing is taken away first: a speck of balance stays, of the other kind from now on.
  const left = heldAmount === 0n ? balance.scaled : 0n;
  const rest = amount - heldAmount;
  if (rest === 0n) return { ...balance, scaled: left };
  return enlarged({ kind: way, scaled: left }, rest, market);
}

function enlarged(balance: ScaledBalance, amount: bigint, market: CumulativeInterest): ScaledBalance {
  const more = scaledFor(amount, balance.kind, market, balance.kind === 'borrow');
  return { ...balance, scaled: balance.scaled + more };
}

function scaledFor(
  amount: bigint,
  kind: ScaledBalance['kind'],
  market: CumulativeInterest,
  roundUp: boolean,
): bigint {
  const scaled = divide(amount * scaleOf(market), interestOf(kind, market), 'floor');
  return roundUp && scaled !== 0n ? scaled + 1n : scaled;
}
