import type { State } from './accounts.ts';
import type { Amm, PerpMarket } from './marketAccounts.ts';
import { reservePrice } from './amm.ts';
import { updateSpreads } from './ammSpread.ts';
import { greater, lesser, magnitude, quotient, saturating } from './integers.ts';
import { isValidFor, validityOf, type OraclePrice, type Validity } from './oracle.ts';
import { FIVE_MINUTES, PERCENT } from './precision.ts';
import { notModelled } from './refusal.ts';
import type { Run } from './run.ts';
import { contractTerms, perpConfidenceMultiplier } from './tiers.ts';
import { clampedToTwap, weightedAverage } from './twap.ts';

/** What the oracle is taken for: nearer to the market's own price by its confidence. Source: normalise_oracle_price. */
function normalisedPrice({ price, confidence }: OraclePrice, reserve: bigint): bigint {
  const slack = reserve / 4_000n;
  return reserve > price
    ? lesser(greater(reserve - slack, price), price + confidence)
    : greater(lesser(reserve + slack, price), price - confidence);
}

/** Source: math/amm.rs, calculate_new_oracle_price_twap. */
function oracleTwap(
  amm: Amm,
  now: bigint,
  price: bigint,
  { markTwap, twap, window }: { readonly markTwap: bigint; readonly twap: bigint; readonly window: bigint },
): bigint {
  const { lastOraclePriceTwapTs: since } = amm.historicalOracleData;
  const passed = greater(0n, now - since);
  const behind = amm.lastMarkPriceTwapTs - since;
  const counted =
    behind > 0n ? weightedAverage(markTwap, price, behind, greater(1n, window - behind)) : price;
  return weightedAverage(counted, twap, passed, greater(0n, window - passed));
}

/** The confidence falls slowly: by a fifth at most. Source: AMM::get_new_oracle_conf_pct. */
function confidencePercent(amm: Amm, confidence: bigint, reserve: bigint, now: bigint): bigint {
  const last = amm.lastOracleConfPct;
  const passed = greater(now - amm.historicalOracleData.lastOraclePriceTwapTs, 0n);
  const decayed = passed > 0n ? last - last / greater(saturating(21n, passed), 5n) : last;
  return greater(quotient(confidence * PERCENT, reserve), decayed);
}

/** Source: math/amm.rs, update_oracle_price_twap. The answer is the hour's twap, price 1e6. */
export function updateOracleTwap(
  { amm, contractTier }: PerpMarket,
  now: bigint,
  oracle: OraclePrice,
  reserve: bigint,
): bigint {
  const past = amm.historicalOracleData;
  const normalised = normalisedPrice(oracle, reserve);
  const counted = clampedToTwap(normalised, past.lastOraclePriceTwap, contractTerms(contractTier).clamp);
  if (counted <= 0n || normalised <= 0n) return past.lastOraclePriceTwap;
  const hour = { markTwap: amm.lastMarkPriceTwap, twap: past.lastOraclePriceTwap, window: amm.fundingPeriod };
  const short = {
    markTwap: amm.lastMarkPriceTwap5min,
    twap: past.lastOraclePriceTwap5min,
    window: FIVE_MINUTES,
  };
  const twap = oracleTwap(amm, now, counted, hour);
  const twap5min = oracleTwap(amm, now, counted, short);
  amm.lastOracleNormalisedPrice = counted;
  past.lastOraclePrice = oracle.price;
  amm.lastOracleConfPct = confidencePercent(amm, oracle.confidence, reserve, now);
  past.lastOracleDelay = oracle.delay;
  amm.lastOracleReservePriceSpreadPct = quotient((reserve - oracle.price) * PERCENT, reserve);
  past.lastOraclePriceTwap5min = twap5min;
  past.lastOraclePriceTwap = twap;
  amm.oracleStd = magnitude(normalised - twap);
  past.lastOraclePriceTwapTs = now;
  return twap;
}

/** Source: math/oracle.rs, oracle_validity of the market as it stands. */
export const freshValidity = (market: PerpMarket, oracle: OraclePrice, state: State): Validity =>
  validityOf(
    oracle,
    market.amm.historicalOracleData.lastOraclePriceTwap,
    state.oracleGuardRails,
    perpConfidenceMultiplier(market.contractTier),
  );

/**
 * The market's own price follows the oracle, which costs nothing as long as its maker holds nothing. Source:
 * math/repeg.rs.
 */
function movePeg(amm: Amm, price: bigint): void {
  if (amm.curveUpdateIntensity > 100) notModelled('a reference price of the market that is offset');
  if (amm.baseAssetAmountWithAmm !== 0n) notModelled("a position of the market's own maker");
  amm.pegMultiplier = greater(quotient(price * amm.baseAssetReserve, amm.quoteAssetReserve), 1n);
  amm.minBaseAssetReserve = (amm.sqrtK * PERCENT) / amm.concentrationCoef;
  amm.maxBaseAssetReserve = (amm.sqrtK * amm.concentrationCoef) / PERCENT;
}

/** What comes before each fill, settlement and funding. Source: controller/repeg.rs, _update_amm. */
export function updateAmm(run: Run, market: PerpMarket, oracle: OraclePrice, state: State): void {
  if (market.status === 'Settlement' || market.status === 'Delisted') return;
  const { amm } = market;
  const validity = freshValidity(market, oracle, state);
  if (amm.curveUpdateIntensity > 0 && validity !== 'NonPositive') movePeg(amm, oracle.price);
  const reserve = reservePrice(amm);
  if (isValidFor('UpdateTwap', validity)) updateOracleTwap(market, run.now, oracle, reserve);
  amm.lastOracleValid = isValidFor('FillOrderAmm', validity);
  if (amm.lastOracleValid) amm.lastUpdateSlot = run.slot;
  updateSpreads(amm, reserve);
}
