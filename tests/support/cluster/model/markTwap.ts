import type { Direction } from './accounts.ts';
import type { Amm, PerpMarket } from './marketAccounts.ts';
import { askPrice, bidPrice } from './amm.ts';
import { greater, lesser, magnitude } from './integers.ts';
import { FIVE_MINUTES, MINUTE } from './precision.ts';
import { refuse } from './refusal.ts';
import { contractTerms } from './tiers.ts';
import { clampedToTwap, newTwap, weightedAverage } from './twap.ts';

interface Quotes {
  readonly bid: bigint;
  readonly ask: bigint;
}

/** Best bid and ask by what a trade was done at. Source: math/amm.rs, estimate_best_bid_ask_price. */
function estimatedQuotes(amm: Amm, trade: bigint, direction: Direction | undefined): Quotes {
  const { lastOraclePrice: oracle } = amm.historicalOracleData;
  if (oracle <= 0n) refuse('InvalidOracle', `${oracle}`);
  const premium = trade - oracle;
  const [ammBid, ammAsk] = [bidPrice(amm), askPrice(amm)];
  const slack = (spread: number): bigint =>
    lesser(lesser(BigInt(amm.baseSpread), BigInt(spread) / 2n), magnitude(premium));
  const bid = greater(premium > 0n ? oracle - slack(amm.shortSpread) : trade, ammBid);
  const ask = lesser(premium < 0n ? oracle + slack(amm.longSpread) : trade, ammAsk);
  if (direction === undefined) {
    const price = lesser(greater(trade, ammBid), ammAsk);
    return { bid: price, ask: price };
  }
  return direction === 'Long' ? { bid, ask: greater(trade, bid) } : { bid: lesser(trade, ask), ask };
}

/** The twaps shrink toward the oracle's where there was no trade for long. */
function correctedTwaps(amm: Amm): Quotes {
  const { lastOraclePriceTwap: oracleTwap, lastOraclePriceTwapTs } = amm.historicalOracleData;
  const behind = lastOraclePriceTwapTs - amm.lastMarkPriceTwapTs;
  const [bid, ask] = [amm.lastBidPriceTwap, amm.lastAskPriceTwap];
  if (behind <= greater(amm.fundingPeriod / 60n, MINUTE)) return { bid, ask };
  const left = greater(0n, amm.fundingPeriod - behind);
  return {
    bid: weightedAverage(oracleTwap, bid, behind, left),
    ask: weightedAverage(oracleTwap, ask, behind, left),
  };
}

/**
 * The twaps of the market's own prices after a trade, or at funding. The middle of the hour's is the answer, price 1e6.
 * Source: math/amm.rs, update_mark_twap_from_estimates.
 */
export function updateMarkTwap(
  { amm, contractTier }: PerpMarket,
  now: bigint,
  trade: bigint,
  direction: Direction | undefined,
): bigint {
  const { clamp } = contractTerms(contractTier);
  const quotes = estimatedQuotes(amm, trade, direction);
  const bid = clampedToTwap(quotes.bid, amm.lastBidPriceTwap, clamp);
  const ask = clampedToTwap(quotes.ask, amm.lastAskPriceTwap, clamp);
  if (quotes.bid > quotes.ask || bid > ask) refuse('InvalidMarkTwapUpdateDetected', `${bid} > ${ask}`);
  const before = correctedTwaps(amm);
  const since = amm.lastMarkPriceTwapTs;
  amm.lastBidPriceTwap = newTwap(bid, now, before.bid, since, amm.fundingPeriod);
  amm.lastAskPriceTwap = newTwap(ask, now, before.ask, since, amm.fundingPeriod);
  amm.markStd = magnitude(trade - amm.lastMarkPriceTwap);
  amm.lastMarkPriceTwap = (amm.lastBidPriceTwap + amm.lastAskPriceTwap) / 2n;
  amm.lastMarkPriceTwap5min = newTwap((bid + ask) / 2n, now, amm.lastMarkPriceTwap5min, since, FIVE_MINUTES);
  amm.lastMarkPriceTwapTs = now;
  return amm.lastMarkPriceTwap;
}
