import { greater, magnitude, quotient } from './integers.ts';

/** Averages over time, as the program keeps them. Source: math/stats.rs. */

/** What is left of a sum after a part of its window has passed, with what was added. */
export function rollingSum(sum: bigint, added: bigint, passed: bigint, window: bigint): bigint {
  return (sum * greater(0n, window - passed)) / window + added;
}

/** The mean of two values by weight, one unit off toward where the heavier part lies while the older weighs more than 1. */
export function weightedAverage(
  newer: bigint,
  older: bigint,
  newerWeight: bigint,
  olderWeight: bigint,
): bigint {
  if (newerWeight === 0n) return older;
  if (olderWeight === 0n) return newer;
  const [newerPart, olderPart] = [newer * newerWeight, older * olderWeight];
  const mean = quotient(newerPart + olderPart, newerWeight + olderWeight);
  if (olderWeight <= 1n || olderPart === newerPart) return mean;
  if (olderPart > newerPart) return mean + 1n;
  return mean === 0n ? mean : mean - 1n;
}

/** A time-weighted average price after a new price. */
export function newTwap(price: bigint, now: bigint, twap: bigint, lastTime: bigint, window: bigint): bigint {
  const passed = greater(0n, now - lastTime);
  return weightedAverage(price, twap, passed, greater(1n, window - passed));
}

/** A new price, no further from the twap than one part in `clamp` of it. Source: math/amm.rs, sanitize_new_price. */
export function clampedToTwap(price: bigint, twap: bigint, clamp: bigint): bigint {
  if (twap === 0n) return price;
  const band = twap / clamp;
  if (magnitude(price - twap) <= magnitude(band)) return price;
  return price > twap ? twap + band : twap - band;
}
