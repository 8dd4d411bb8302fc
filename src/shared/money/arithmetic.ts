import {
  RATE_ONE,
  base,
  price,
  usd,
  value,
  type Base,
  type Price,
  type Rate,
  type Usd,
  type Value,
} from './quantity.ts';
import { divide, type Rounding } from './rounding.ts';

/** 1e18 / 1e6: what one millionth of a dollar is in Value. */
const VALUE_PER_USD = 1_000_000_000_000n;

/** Size × price, exactly: 1e9 × 1e9 = 1e18, nothing is rounded. */
export const valueOf = (size: Base, at: Price): Value => value(size * at);

/** Dollars as Value, exactly. */
export const exact = (amount: Usd): Value => value(amount * VALUE_PER_USD);

/** Value in whole millionths of a dollar. */
export const toUsd = (amount: Value, rounding: Rounding): Usd => usd(divide(amount, VALUE_PER_USD, rounding));

/** How much base `amount` buys at a price. Throws a RangeError on a price of 0. */
export const sizeFor = (amount: Value, at: Price, rounding: Rounding): Base =>
  base(divide(amount, at, rounding));

/** A fraction of dollars: fee = notional × rate. */
export const shareOfUsd = (amount: Usd, share: Rate, rounding: Rounding): Usd =>
  usd(divide(amount * share, RATE_ONE, rounding));

/** A fraction of a value. */
export const shareOfValue = (amount: Value, share: Rate, rounding: Rounding): Value =>
  value(divide(amount * share, RATE_ONE, rounding));

/** A price moved by a fraction of itself (+0.005 = half a percent up). */
export const movedBy = (from: Price, share: Rate, rounding: Rounding): Price =>
  price(from + divide(from * share, RATE_ONE, rounding));
