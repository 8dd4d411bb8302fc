import type { Direction, PerpPosition, User } from './accounts.ts';
import type { Amm, PerpMarket } from './marketAccounts.ts';
import { greater, magnitude, modulo, quotient, signOf } from './integers.ts';
import { BASE } from './precision.ts';
import { refuse } from './refusal.ts';

/** What fills, fees and funding do to a position and to its market. Source: controller/position.rs. */

export interface Delta {
  /** Base 1e9; negative is sold. */
  readonly base: bigint;
  /** Quote 1e6; negative is paid. */
  readonly quote: bigint;
}

export const opposite = (direction: Direction): Direction => (direction === 'Long' ? 'Short' : 'Long');
export const directionOf = (base: bigint): Direction => (base >= 0n ? 'Long' : 'Short');

export const deltaOf = (base: bigint, quote: bigint, direction: Direction): Delta =>
  direction === 'Long' ? { base, quote: -quote } : { base: -base, quote };

type Change = 'open' | 'increase' | 'reduce' | 'close' | 'flip';

function changeBy(position: PerpPosition, { base }: Delta): Change {
  const before = position.baseAssetAmount;
  if (before === 0n) return 'open';
  if (signOf(before) === signOf(base)) return 'increase';
  if (magnitude(before) > magnitude(base)) return 'reduce';
  return magnitude(before) === magnitude(base) ? 'close' : 'flip';
}

interface Amounts {
  readonly entry: bigint;
  readonly breakEven: bigint;
}

function amountsAfter(position: PerpPosition, delta: Delta, change: Change): Amounts {
  const { quoteEntryAmount: entry, quoteBreakEvenAmount: breakEven } = position;
  const [held, moved] = [magnitude(position.baseAssetAmount), magnitude(delta.base)];
  if (change === 'open' || change === 'increase')
    return { entry: entry + delta.quote, breakEven: breakEven + delta.quote };
  if (change === 'flip') {
    const left = delta.quote - quotient(delta.quote * held, moved);
    return { entry: left, breakEven: left };
  }
  return {
    entry: entry - quotient(entry * moved, held),
    breakEven: breakEven - quotient(breakEven * moved, held),
  };
}

/** The market's totals of one side, by so much more. */
function addToSide(amm: Amm, direction: Direction, base: bigint, { entry, breakEven }: Amounts): void {
  if (direction === 'Long') {
    amm.baseAssetAmountLong += base;
    amm.quoteEntryAmountLong += entry;
    amm.quoteBreakEvenAmountLong += breakEven;
  } else {
    amm.baseAssetAmountShort += base;
    amm.quoteEntryAmountShort += entry;
    amm.quoteBreakEvenAmountShort += breakEven;
  }
}

function countUsers(market: PerpMarket, position: PerpPosition, change: Change, quoteAfter: bigint): void {
  if (change === 'open') {
    if (position.quoteAssetAmount === 0n) market.numberOfUsers += 1;
    market.numberOfUsersWithBase += 1;
  } else if (change === 'close') {
    if (quoteAfter === 0n) market.numberOfUsers -= 1;
    market.numberOfUsersWithBase -= 1;
  }
}

/** Source: controller/position.rs, update_position_and_market. */
export function changePosition(position: PerpPosition, market: PerpMarket, delta: Delta): void {
  if (delta.base === 0n) return addQuote(position, market, delta.quote);
  const { amm } = market;
  const change = changeBy(position, delta);
  const before: Amounts = { entry: position.quoteEntryAmount, breakEven: position.quoteBreakEvenAmount };
  const after = amountsAfter(position, delta, change);
  const baseBefore = position.baseAssetAmount;
  const baseAfter = baseBefore + delta.base;
  const quoteAfter = position.quoteAssetAmount + delta.quote;
  countUsers(market, position, change, quoteAfter);
  amm.quoteAssetAmount += delta.quote;
  if (change === 'flip') {
    addToSide(amm, directionOf(baseBefore), -baseBefore, {
      entry: -before.entry,
      breakEven: -before.breakEven,
    });
    addToSide(amm, directionOf(baseAfter), baseAfter, after);
  } else
    addToSide(amm, directionOf(change === 'open' ? baseAfter : baseBefore), delta.base, {
      entry: after.entry - before.entry,
      breakEven: after.breakEven - before.breakEven,
    });
  checkFundingSettled(position, amm);
  if (change === 'close') position.lastCumulativeFundingRate = 0n;
  else if (change !== 'reduce') position.lastCumulativeFundingRate = fundingRateOf(baseAfter, amm);
  if (modulo(baseBefore, amm.orderStepSize) !== 0n) refuse('InvalidPerpPositionDetected', `${baseBefore}`);
  position.baseAssetAmount = baseAfter;
  position.quoteAssetAmount = quoteAfter;
  position.quoteEntryAmount = after.entry;
  position.quoteBreakEvenAmount = after.breakEven;
}

const fundingRateOf = (base: bigint, amm: Amm): bigint =>
  base > 0n ? amm.cumulativeFundingRateLong : amm.cumulativeFundingRateShort;

function checkFundingSettled(
  { baseAssetAmount: base, lastCumulativeFundingRate }: PerpPosition,
  amm: Amm,
): void {
  if (base !== 0n && lastCumulativeFundingRate !== fundingRateOf(base, amm))
    refuse('InvalidPositionLastFundingRate', `${lastCumulativeFundingRate}`);
}

/** Quote 1e6 to or from a position, counted into the market's sum. */
export function addQuote(position: PerpPosition, market: PerpMarket, quote: bigint): void {
  if (quote === 0n) return;
  if (position.quoteAssetAmount === 0n && position.baseAssetAmount === 0n) market.numberOfUsers += 1;
  position.quoteAssetAmount += quote;
  market.amm.quoteAssetAmount += quote;
  if (position.quoteAssetAmount === 0n && position.baseAssetAmount === 0n)
    market.numberOfUsers = Math.max(market.numberOfUsers - 1, 0);
}

/** The same for what changes the price at which the position would break even: fees and funding. */
export function addFee(position: PerpPosition, market: PerpMarket, quote: bigint): void {
  addQuote(position, market, quote);
  if (quote === 0n || position.baseAssetAmount === 0n) return;
  position.quoteBreakEvenAmount += quote;
  addToSide(market.amm, directionOf(position.baseAssetAmount), 0n, { entry: 0n, breakEven: quote });
}

export function addSettled(user: User, position: PerpPosition, quote: bigint): void {
  user.settledPerpPnl += quote;
  position.settledPnl += quote;
}

/** What the position would be, base 1e9, if all orders of its worse side were filled. */
export function worstCaseBase({ baseAssetAmount, openBids, openAsks }: PerpPosition): bigint {
  const [afterBids, afterAsks] = [baseAssetAmount + openBids, baseAssetAmount + openAsks];
  return magnitude(afterBids) > magnitude(afterAsks) ? afterBids : afterAsks;
}

/** Quote 1e6 of a base amount at a price, without its sign. */
export const baseValue = (base: bigint, price: bigint): bigint =>
  (magnitude(base) * greater(price, 0n)) / BASE;

/** Quote 1e6 that the position has won at a price and isn't settled. */
export const unrealizedPnl = ({ baseAssetAmount, quoteAssetAmount }: PerpPosition, price: bigint): bigint =>
  (baseAssetAmount * greater(price, 0n)) / BASE + quoteAssetAmount;
