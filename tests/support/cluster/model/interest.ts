import type { SpotMarket } from './marketAccounts.ts';
import { greater, quotient, unsigned } from './integers.ts';
import type { OraclePrice } from './oracle.ts';
import { DAY, FIVE_MINUTES, HOUR, PERCENT, YEAR } from './precision.ts';
import type { Run } from './run.ts';
import { borrows, changeBalance, deposits, precisionOf } from './spotBalance.ts';
import { spotClamp } from './tiers.ts';
import { clampedToTwap, newTwap, weightedAverage } from './twap.ts';

const PAUSED_INTEREST = 1;

/** Source: math/spot_balance.rs, calculate_utilization. */
export function utilization(depositTokens: bigint, borrowTokens: bigint): bigint {
  if (depositTokens === 0n) return borrowTokens === 0n ? 0n : PERCENT;
  return (borrowTokens * PERCENT) / depositTokens;
}

/** A year's rate, 1e6. */
function borrowRate(market: SpotMarket, used: bigint): bigint {
  const optimal = BigInt(market.optimalUtilization);
  const optimalRate = BigInt(market.optimalBorrowRate);
  if (used <= optimal) return (used * quotient(optimalRate * PERCENT, optimal)) / PERCENT;
  const slope = quotient((BigInt(market.maxBorrowRate) - optimalRate) * PERCENT, PERCENT - optimal);
  return optimalRate + ((used - optimal) * slope) / PERCENT;
}

/** What the cumulative interests, 1e10, have grown by since they were last brought up to date. */
function accumulated(market: SpotMarket, now: bigint): { readonly deposit: bigint; readonly borrow: bigint } {
  const used = utilization(deposits(market), borrows(market));
  if (used === 0n) return { deposit: 0n, borrow: 0n };
  const rate = borrowRate(market, used) * unsigned(now - market.lastInterestTs);
  return {
    borrow: (market.cumulativeBorrowInterest * rate) / YEAR / PERCENT + 1n,
    deposit: (market.cumulativeDepositInterest * ((rate * used) / PERCENT)) / YEAR / PERCENT,
  };
}

/** Brings a market's interest up to date. Source: controller/spot_balance.rs, update_spot_market_cumulative_interest. */
export function accrueInterest(run: Run, market: SpotMarket, price: OraclePrice | undefined): void {
  const { deposit, borrow } =
    (market.pausedOperations & PAUSED_INTEREST) === 0
      ? accumulated(market, run.now)
      : { deposit: 0n, borrow: 0n };
  if (deposit > 0n && borrow > 1n) {
    const forStakers = (deposit * BigInt(market.insuranceFund.totalFactor)) / PERCENT;
    if (deposit > forStakers)
      add(run, market, { lenders: deposit - forStakers, stakers: forStakers, borrow });
  }
  updateTwaps(market, price, run.now);
}

function add(
  run: Run,
  market: SpotMarket,
  interest: { readonly lenders: bigint; readonly stakers: bigint; readonly borrow: bigint },
): void {
  market.cumulativeDepositInterest += interest.lenders;
  market.cumulativeBorrowInterest += interest.borrow;
  market.lastInterestTs = run.now;
  const revenue = (market.depositBalance * interest.stakers) / (10n ** 19n / precisionOf(market));
  changeBalance(revenue, 'Deposit', market, market.revenuePool);
  run.emit('SpotInterestRecord', {
    ts: run.now,
    marketIndex: market.marketIndex,
    depositBalance: market.depositBalance,
    cumulativeDepositInterest: market.cumulativeDepositInterest,
    borrowBalance: market.borrowBalance,
    cumulativeBorrowInterest: market.cumulativeBorrowInterest,
    optimalUtilization: market.optimalUtilization,
    optimalBorrowRate: market.optimalBorrowRate,
    maxBorrowRate: market.maxBorrowRate,
  });
}

/** Source: controller/spot_balance.rs, update_spot_market_twap_stats. */
function updateTwaps(market: SpotMarket, price: OraclePrice | undefined, now: bigint): void {
  const passed = greater(0n, now - market.lastTwapTs);
  const left = greater(1n, DAY - passed);
  const [depositTokens, borrowTokens] = [deposits(market), borrows(market)];
  market.depositTokenTwap = weightedAverage(depositTokens, market.depositTokenTwap, passed, left);
  market.borrowTokenTwap = weightedAverage(borrowTokens, market.borrowTokenTwap, passed, left);
  market.utilizationTwap = weightedAverage(
    utilization(depositTokens, borrowTokens),
    market.utilizationTwap,
    passed,
    left,
  );
  if (price !== undefined) rememberPrice(market, price, now);
  market.lastTwapTs = now;
}

function rememberPrice(
  { historicalOracleData: past, assetTier }: SpotMarket,
  price: OraclePrice,
  now: bigint,
): void {
  const counted = clampedToTwap(price.price, past.lastOraclePriceTwap, spotClamp(assetTier));
  const since = past.lastOraclePriceTwapTs;
  past.lastOraclePriceTwap = newTwap(counted, now, past.lastOraclePriceTwap, since, HOUR);
  past.lastOraclePriceTwap5min = newTwap(counted, now, past.lastOraclePriceTwap5min, since, FIVE_MINUTES);
  past.lastOraclePrice = price.price;
  past.lastOracleConf = price.confidence;
  past.lastOracleDelay = price.delay;
  past.lastOraclePriceTwapTs = now;
}
