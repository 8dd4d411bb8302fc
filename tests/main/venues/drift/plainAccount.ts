import {
  NOW_S,
  type AccountNumbers,
  type PerpMarketNumbers,
  type PerpNumbers,
  type SpotMarketNumbers,
  type SpotNumbers,
} from './driftAccounts.ts';

const ONE = 10_000_000_000n;

export const NO_SPOT: SpotNumbers = {
  kind: 'deposit',
  scaled: 0n,
  openOrders: 0,
  openBids: 0n,
  openAsks: 0n,
};

const DOLLAR: SpotMarketNumbers = {
  depositInterest: ONE,
  borrowInterest: ONE,
  assetWeights: [10_000, 10_000],
  liabilityWeights: [10_000, 10_000],
  imf: 0,
  scaleStart: 0n,
  depositBalance: 0n,
  price: 1_000_000n,
  twap5m: 1_000_000n,
  twapAt: NOW_S,
};

const COIN: SpotMarketNumbers = {
  ...DOLLAR,
  assetWeights: [8_000, 9_000],
  liabilityWeights: [12_000, 11_000],
  price: 150_000_000n,
  twap5m: 150_000_000n,
};

/** SOL-PERP at 150 dollars, 10 % and 5 %, no size premium. */
export const solPerp = (given: Partial<PerpMarketNumbers>): PerpMarketNumbers => ({
  margins: [1_000, 500],
  imf: 0,
  profitWeights: [10_000, 10_000],
  profitImf: 0,
  maxImbalance: 0n,
  netUserQuote: 0n,
  netUserSize: 0n,
  fundingLong: 0n,
  fundingShort: 0n,
  price: 150_000_000n,
  isSettling: false,
  expiryPrice: 0n,
  ...given,
});

export const perpHeld = (given: Partial<PerpNumbers>): PerpNumbers => ({
  market: 0,
  size: 0n,
  quote: 0n,
  lastFunding: 0n,
  openOrders: 0,
  openBids: 0n,
  openAsks: 0n,
  marginRatio: 0,
  isIsolated: false,
  ...given,
});

/** An account in round numbers, empty but for what is given. */
export const accountNumbers = (given: Partial<AccountNumbers>): AccountNumbers => ({
  usdcMarket: DOLLAR,
  solMarket: COIN,
  perpMarkets: [solPerp({})],
  usdc: NO_SPOT,
  sol: NO_SPOT,
  perps: [],
  marginRatio: 0,
  ...given,
});
