/** What a venue is asked for, and for how long an answer may be shown again: milliseconds of the market's clock. */
export const CACHE_TTL_MS = {
  book: 1_000,
  prices: 2_000,
  orders: 2_000,
  trades: 5_000,
  positions: 5_000,
  portfolio: 10_000,
  fundingRates: 30_000,
  marketStatistics: 60_000,
  candles: 300_000,
  fundingHistory: 300_000,
  riskParameters: 1_800_000,
  marketInfo: 3_600_000,
} as const;

export type CacheKind = keyof typeof CACHE_TTL_MS;

export const CACHE_KINDS = Object.keys(CACHE_TTL_MS) as readonly CacheKind[];
