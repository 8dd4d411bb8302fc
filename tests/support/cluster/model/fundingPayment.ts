import type { PerpPosition } from './accounts.ts';
import type { Amm } from './marketAccounts.ts';
import { magnitude } from './integers.ts';
import { BASE_TO_QUOTE, FUNDING_BUFFER, PRICE } from './precision.ts';

/** Quote 1e6 by a rate 1e9 on a base amount 1e9, each step rounded toward zero; negative is paid. Source: math/funding.rs. */
export function paymentOf(rate: bigint, base: bigint): bigint {
  const size = (magnitude(rate) * magnitude(base)) / PRICE / FUNDING_BUFFER / BASE_TO_QUOTE;
  const isPaid = base > 0n === rate > 0n;
  return isPaid ? -size : size;
}

/** The rate that a position has settled up to, once it is settled now. */
export const cumulativeRateOf = ({ baseAssetAmount }: PerpPosition, amm: Amm): bigint =>
  baseAssetAmount > 0n ? amm.cumulativeFundingRateLong : amm.cumulativeFundingRateShort;

/** Quote 1e6 of funding that a position hasn't settled yet; negative is owed. */
export const fundingPayment = (position: PerpPosition, amm: Amm): bigint =>
  paymentOf(cumulativeRateOf(position, amm) - position.lastCumulativeFundingRate, position.baseAssetAmount);
