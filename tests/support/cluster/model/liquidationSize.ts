import type { PerpPosition, State, User } from './accounts.ts';
import type { PerpMarket } from './marketAccounts.ts';
import { greater, lesser, magnitude, modulo, quotient, saturating } from './integers.ts';
import type { Liquidating } from './liquidatePerp.ts';
import { shortage, type Margin } from './margin.ts';
import { baseValue, worstCaseBase } from './perpPosition.ts';
import { BASE, BASE_TO_QUOTE, MARGIN, PERCENT, PRICE, QUOTE, U64_MAX } from './precision.ts';
import { perpMarginRatio } from './weights.ts';

/** How much of a position a liquidation takes over. Source: math/liquidation.rs. */

/** Of percentages of a position, 1e4. */
const WHOLE = MARGIN;
/** Of fees, 1e6, to margin ratios, 1e4. */
const FEE_TO_RATIO = PERCENT / MARGIN;
/** Below which a shortage is made good at once, and a position taken over as a whole. */
const SMALL = 50n * QUOTE;

const onStepUp = (base: bigint, step: bigint): bigint => {
  const rest = modulo(base, step);
  return rest === 0n ? base : base + step - rest;
};

export interface Plan {
  readonly base: bigint;
  readonly baseToCover: bigint;
  /** 1e6 of the value, for the insurance fund. */
  readonly insuranceRate: bigint;
}

/** How much is taken over; undefined where nothing may be yet. */
export function planned(
  { run, state, markets, user }: Liquidating,
  market: PerpMarket,
  position: PerpPosition,
  margin: Margin,
  most: bigint,
): Plan | undefined {
  const held = magnitude(position.baseAssetAmount);
  const { price } = markets.price(market.amm.oracle);
  const quote = markets.spot(market.quoteSpotMarketIndex);
  const quotePrice = markets.price(quote.oracle).price;
  const missing = shortage(margin);
  const ratio =
    perpMarginRatio(magnitude(worstCaseBase(position)), market, 'Maintenance') +
    BigInt(state.liquidationMarginBufferRatio);
  const tracked = margin.requirement === 0n ? 0n : (missing * margin.trackedRequirement) / margin.requirement;
  const rates = { ratio: ratio * FEE_TO_RATIO, fee: BigInt(market.liquidatorFee), price, quotePrice };
  const insuranceRate = insuranceRateOf(tracked, held, rates, BigInt(market.ifLiquidationFee));
  const step = market.amm.orderStepSize;
  const baseToCover = onStepUp(baseToCoverShortage(missing, rates, insuranceRate), step);
  const allowed = (baseToCover * partAllowed(user.value, missing, run.slot, state)) / WHOLE;
  if (allowed === 0n) return undefined;
  const least = baseValue(held, price) > SMALL ? 0n : held;
  const base = onStepUp(lesser(lesser(held, most), greater(allowed, least)), step);
  return { base, baseToCover, insuranceRate };
}

interface Rates {
  /** 1e6. */
  readonly ratio: bigint;
  readonly fee: bigint;
  readonly price: bigint;
  readonly quotePrice: bigint;
}

/** Source: calculate_perp_if_fee. */
function insuranceRateOf(missing: bigint, held: bigint, rates: Rates, most: bigint): bigint {
  if (rates.ratio <= rates.fee) return 0n;
  const price = (rates.price * rates.quotePrice) / PRICE;
  const perUnit = quotient(((missing * BASE) / held) * PRICE, price);
  return lesser(most, (saturating(rates.ratio - rates.fee, perUnit) * 19n) / 20n);
}

/** Source: calculate_base_asset_amount_to_cover_margin_shortage. */
function baseToCoverShortage(
  missing: bigint,
  { ratio, fee, price, quotePrice }: Rates,
  insuranceRate: bigint,
): bigint {
  if (ratio <= fee) return U64_MAX;
  const freedPerBase =
    (((price * quotePrice) / PRICE) * (ratio - fee)) / PERCENT - (price * insuranceRate) / PERCENT;
  return quotient(missing * PRICE * BASE_TO_QUOTE, freedPerBase);
}

/** Of a position, 1e4: the longer the liquidation lasts, the more. Source: calculate_max_pct_to_liquidate. */
function partAllowed(user: User, missing: bigint, slot: bigint, state: State): bigint {
  if (missing < SMALL) return WHOLE;
  const duration = BigInt(state.liquidationDuration);
  const byTime = duration === 0n ? WHOLE : ((slot - user.lastActiveSlot) * WHOLE) / duration;
  const part = lesser(byTime + BigInt(state.initialPctToLiquidate), WHOLE);
  const mostFreed = ((missing + user.liquidationMarginFreed) * part) / WHOLE;
  return (saturating(mostFreed, user.liquidationMarginFreed) * WHOLE) / missing;
}
