import type { Direction, State } from './accounts.ts';
import type { Amm, PerpMarket } from './marketAccounts.ts';
import { askPrice, bidPrice } from './amm.ts';
import { freshValidity, updateOracleTwap } from './ammUpdate.ts';
import { cumulativeRateOf, fundingPayment, paymentOf } from './fundingPayment.ts';
import { between, greater, magnitude, modulo, quotient } from './integers.ts';
import { updateMarkTwap } from './markTwap.ts';
import { isValidFor, type OraclePrice } from './oracle.ts';
import { addFee } from './perpPosition.ts';
import { DAY, FUNDING_BUFFER, HOUR, PERCENT } from './precision.ts';
import { notModelled } from './refusal.ts';
import type { Held, Run } from './run.ts';
import { contractTerms } from './tiers.ts';
import { newTwap } from './twap.ts';
import { findPerpPosition } from './user.ts';

/** Funding of a market and of those who hold it. Source: controller/funding.rs, math/funding.rs. */

const PAUSED_FUNDING = 1;
const FUNDING_PAUSED = 32;
/** A part of the oracle's price that longs pay even where the mark stands at the oracle. */
const OFFSET_PART = 5_000n;

/** Pays what a position has earned or owes since it was settled last. */
export function settleFunding(run: Run, { address, value: user }: Held<'User'>, market: PerpMarket): void {
  const position = findPerpPosition(user, market.marketIndex);
  if (position === undefined || position.baseAssetAmount === 0n) return;
  const { amm } = market;
  const rate = cumulativeRateOf(position, amm);
  if (rate === position.lastCumulativeFundingRate) return;
  const payment = fundingPayment(position, amm);
  user.cumulativePerpFunding += payment;
  run.emit('FundingPaymentRecord', {
    ts: run.now,
    userAuthority: user.authority,
    user: address,
    marketIndex: market.marketIndex,
    fundingPayment: payment,
    baseAssetAmount: position.baseAssetAmount,
    userLastCumulativeFunding: position.lastCumulativeFundingRate,
    ammCumulativeFundingLong: amm.cumulativeFundingRateLong,
    ammCumulativeFundingShort: amm.cumulativeFundingRateShort,
  });
  position.lastCumulativeFundingRate = rate;
  addFee(position, market, payment);
  amm.netUnsettledFundingPnl -= payment;
}

/** Seconds until the next update, on the hour: one that comes late makes the next skip an hour. Source: on_the_hour_update. */
export function untilPeriod(last: bigint, period: bigint, now: bigint): bigint {
  const late = period > 1n ? modulo(last, period) : 0n;
  let wait = period;
  if (late !== 0n) wait = late > period / 3n ? 2n * period - late : period - late;
  if (wait > 2n * period) wait -= period;
  return greater(wait - (now - last), 0n);
}

export const spreadPercent = ({ historicalOracleData: past }: Amm, price: bigint): bigint =>
  quotient((price - past.lastOraclePriceTwap5min) * PERCENT, price);

/** Of a price against the oracle's twap of five minutes. Source: math/amm.rs, is_oracle_mark_too_divergent. */
export const isTooDivergent = (percent: bigint, { oracleGuardRails: rails }: State): boolean =>
  magnitude(percent) > greater(rails.priceDivergence.markOraclePercentDivergence, PERCENT / 10n);

function isBlocked(
  run: Run,
  market: PerpMarket,
  oracle: OraclePrice,
  state: State,
  reserve: bigint,
): boolean {
  const { amm } = market;
  return (
    run.slot - amm.lastUpdateSlot > amm.fundingPeriod ||
    !isValidFor('UpdateFunding', freshValidity(market, oracle, state)) ||
    isTooDivergent(spreadPercent(amm, reserve), state) ||
    (market.pausedOperations & PAUSED_FUNDING) !== 0 ||
    (state.exchangeStatus & FUNDING_PAUSED) !== 0
  );
}

/** Sets the hour's rate where it is due; tells whether it was. `reserve` is the market's own price before. */
export function updateFundingRate(
  run: Run,
  market: PerpMarket,
  oracle: OraclePrice,
  state: State,
  reserve: bigint,
): boolean {
  const { amm } = market;
  if (
    isBlocked(run, market, oracle, state, reserve) ||
    untilPeriod(amm.lastFundingRateTs, amm.fundingPeriod, run.now) !== 0n
  )
    return false;
  const oracleTwap = updateOracleTwap(market, run.now, oracle, reserve);
  const [price, direction] = executionPremium(amm, reserve);
  const markTwap = updateMarkTwap(market, run.now, price, direction);
  const most = oracleTwap / contractTerms(market.contractTier).fundingSpread;
  const spread = between(markTwap - oracleTwap + magnitude(oracleTwap) / OFFSET_PART, -most, most);
  const periods = (24n * HOUR) / greater(HOUR, amm.fundingPeriod);
  setRate(run, market, quotient(spread * FUNDING_BUFFER, periods), markTwap, oracleTwap);
  return true;
}

function executionPremium(amm: Amm, reserve: bigint): readonly [bigint, Direction | undefined] {
  if (amm.longSpread > amm.shortSpread) return [askPrice(amm, reserve), 'Long'];
  if (amm.longSpread < amm.shortSpread) return [bidPrice(amm, reserve), 'Short'];
  return [reserve, undefined];
}

/** Both sides pay the same rate as long as the market's own maker holds nothing. */
function setRate(run: Run, market: PerpMarket, rate: bigint, markTwap: bigint, oracleTwap: bigint): void {
  const { amm } = market;
  if (paymentOf(rate, amm.baseAssetAmountWithAmm + amm.baseAssetAmountWithUnsettledLp) !== 0n)
    notModelled("funding of the market's own maker");
  amm.cumulativeFundingRateLong += rate;
  amm.cumulativeFundingRateShort += rate;
  amm.lastFundingRate = rate;
  amm.lastFundingRateLong = rate;
  amm.lastFundingRateShort = rate;
  amm.last24hAvgFundingRate = newTwap(rate, run.now, amm.last24hAvgFundingRate, amm.lastFundingRateTs, DAY);
  amm.lastFundingRateTs = run.now;
  const recordId = market.nextFundingRateRecordId;
  market.nextFundingRateRecordId += 1n;
  run.emit('FundingRateRecord', {
    ts: run.now,
    recordId,
    marketIndex: market.marketIndex,
    fundingRate: rate,
    fundingRateLong: rate,
    fundingRateShort: rate,
    cumulativeFundingRateLong: amm.cumulativeFundingRateLong,
    cumulativeFundingRateShort: amm.cumulativeFundingRateShort,
    oraclePriceTwap: oracleTwap,
    markPriceTwap: markTwap,
    periodRevenue: amm.netRevenueSinceLastFunding,
    baseAssetAmountWithAmm: amm.baseAssetAmountWithAmm,
    baseAssetAmountWithUnsettledLp: amm.baseAssetAmountWithUnsettledLp,
  });
  amm.netRevenueSinceLastFunding = 0n;
}
