import {
  BN,
  ContractType,
  MarketStatus,
  OracleSource,
  PublicKey,
  SpotBalanceType,
  User,
  type DriftClient,
  type OraclePriceData,
  type PerpMarketAccount,
  type PerpPosition,
  type SpotMarketAccount,
  type SpotPosition,
  type UserAccount,
} from '@drift-labs/sdk';
import fc from 'fast-check';

import type { DriftState } from '../../../../src/main/venues/drift/driftState.ts';
import { perpMarketFrom, spotMarketFrom, userFrom } from '../../../../src/main/venues/drift/stateFrom.ts';

/** The SDK's own big integers of ours. */
export const bn = (number: bigint): BN => new BN(number.toString());
export const big = (number: BN): bigint => BigInt(number.toString());

const NONE = PublicKey.default;
const oracleOf = (asset: string): PublicKey => new PublicKey(Buffer.alloc(32, asset));
const nameOf = (name: string): number[] => [...Buffer.from(name.padEnd(32))];

/** A spot market as a test gives it: what margin and interest follow from. */
export interface SpotMarketNumbers {
  readonly depositInterest: bigint;
  readonly borrowInterest: bigint;
  readonly assetWeights: readonly [initial: number, maintenance: number];
  readonly liabilityWeights: readonly [initial: number, maintenance: number];
  readonly imf: number;
  readonly scaleStart: bigint;
  readonly depositBalance: bigint;
  readonly price: bigint;
  readonly twap5m: bigint;
  /** Unix s. */
  readonly twapAt: bigint;
}

export interface PerpMarketNumbers {
  readonly margins: readonly [initial: number, maintenance: number];
  readonly imf: number;
  readonly profitWeights: readonly [initial: number, maintenance: number];
  readonly profitImf: number;
  readonly maxImbalance: bigint;
  readonly netUserQuote: bigint;
  readonly netUserSize: bigint;
  readonly fundingLong: bigint;
  readonly fundingShort: bigint;
  readonly price: bigint;
  readonly isSettling: boolean;
  readonly expiryPrice: bigint;
}

export interface SpotNumbers {
  readonly kind: 'deposit' | 'borrow';
  readonly scaled: bigint;
  readonly openOrders: number;
  readonly openBids: bigint;
  readonly openAsks: bigint;
}

export interface PerpNumbers {
  readonly market: number;
  readonly size: bigint;
  readonly quote: bigint;
  readonly lastFunding: bigint;
  readonly openOrders: number;
  readonly openBids: bigint;
  readonly openAsks: bigint;
  readonly marginRatio: number;
  readonly isIsolated: boolean;
}

/** Everything that both sides are given. */
export interface AccountNumbers {
  readonly usdcMarket: SpotMarketNumbers;
  readonly solMarket: SpotMarketNumbers;
  readonly perpMarkets: readonly PerpMarketNumbers[];
  readonly usdc: SpotNumbers;
  readonly sol: SpotNumbers;
  readonly perps: readonly PerpNumbers[];
  readonly marginRatio: number;
}

const SPOT = [
  { name: 'USDC', decimals: 6 },
  { name: 'SOL', decimals: 9 },
] as const;
const PERPS = ['SOL', 'BTC', 'ETH'] as const;

const spotMarket = (marketIndex: 0 | 1, given: SpotMarketNumbers): SpotMarketAccount =>
  ({
    marketIndex,
    name: nameOf(SPOT[marketIndex].name),
    decimals: SPOT[marketIndex].decimals,
    mint: NONE,
    oracle: oracleOf(SPOT[marketIndex].name),
    oracleSource: OracleSource.PYTH,
    cumulativeDepositInterest: bn(given.depositInterest),
    cumulativeBorrowInterest: bn(given.borrowInterest),
    initialAssetWeight: given.assetWeights[0],
    maintenanceAssetWeight: given.assetWeights[1],
    initialLiabilityWeight: given.liabilityWeights[0],
    maintenanceLiabilityWeight: given.liabilityWeights[1],
    imfFactor: given.imf,
    scaleInitialAssetWeightStart: bn(given.scaleStart),
    depositBalance: bn(given.depositBalance),
    feeAdjustment: 0,
    orderStepSize: bn(1n),
    orderTickSize: bn(1n),
    minOrderSize: bn(1n),
    historicalOracleData: {
      lastOraclePriceTwap5Min: bn(given.twap5m),
      lastOraclePriceTwapTs: bn(given.twapAt),
    },
    status: MarketStatus.ACTIVE,
    pausedOperations: 0,
  }) as unknown as SpotMarketAccount;

const perpMarket = (marketIndex: number, given: PerpMarketNumbers): PerpMarketAccount =>
  ({
    marketIndex,
    name: nameOf(`${PERPS[marketIndex] ?? ''}-PERP`),
    quoteSpotMarketIndex: 0,
    contractType: ContractType.PERPETUAL,
    marginRatioInitial: given.margins[0],
    marginRatioMaintenance: given.margins[1],
    highLeverageMarginRatioInitial: 0,
    highLeverageMarginRatioMaintenance: 0,
    imfFactor: given.imf,
    unrealizedPnlInitialAssetWeight: given.profitWeights[0],
    unrealizedPnlMaintenanceAssetWeight: given.profitWeights[1],
    unrealizedPnlImfFactor: given.profitImf,
    unrealizedPnlMaxImbalance: bn(given.maxImbalance),
    pnlPool: { scaledBalance: bn(0n) },
    status: given.isSettling ? MarketStatus.SETTLEMENT : MarketStatus.ACTIVE,
    expiryPrice: bn(given.expiryPrice),
    pausedOperations: 0,
    feeAdjustment: 0,
    amm: {
      oracle: oracleOf(PERPS[marketIndex] ?? ''),
      oracleSource: OracleSource.PYTH,
      orderStepSize: bn(1n),
      orderTickSize: bn(1n),
      minOrderSize: bn(1n),
      cumulativeFundingRateLong: bn(given.fundingLong),
      cumulativeFundingRateShort: bn(given.fundingShort),
      lastFundingRate: bn(0n),
      lastFundingRateTs: bn(0n),
      fundingPeriod: bn(3600n),
      lastFundingOracleTwap: bn(given.price),
      baseAssetAmountWithAmm: bn(given.netUserSize),
      baseAssetAmountWithUnsettledLp: bn(0n),
      quoteAssetAmount: bn(given.netUserQuote),
      quoteAssetAmountWithUnsettledLp: bn(0n),
      netUnsettledFundingPnl: bn(0n),
      feePool: { scaledBalance: bn(0n) },
      historicalOracleData: { lastOraclePrice: bn(given.price) },
    },
  }) as unknown as PerpMarketAccount;

const spotPosition = (marketIndex: number, given: SpotNumbers): SpotPosition => ({
  marketIndex,
  balanceType: given.kind === 'deposit' ? SpotBalanceType.DEPOSIT : SpotBalanceType.BORROW,
  scaledBalance: bn(given.scaled),
  openOrders: given.openOrders,
  openBids: bn(given.openBids),
  openAsks: bn(given.openAsks),
  cumulativeDeposits: bn(0n),
});

const perpPosition = (given: PerpNumbers): PerpPosition =>
  ({
    marketIndex: given.market,
    baseAssetAmount: bn(given.size),
    quoteAssetAmount: bn(given.quote),
    quoteEntryAmount: bn(given.quote),
    quoteBreakEvenAmount: bn(given.quote),
    lastCumulativeFundingRate: bn(given.lastFunding),
    openOrders: given.openOrders,
    openBids: bn(given.openBids),
    openAsks: bn(given.openAsks),
    settledPnl: bn(0n),
    lpShares: bn(0n),
    isolatedPositionScaledBalance: bn(0n),
    maxMarginRatio: given.marginRatio,
    positionFlag: given.isIsolated ? 1 : 0,
  }) as unknown as PerpPosition;

const at = (price: bigint): OraclePriceData => ({
  price: bn(price),
  slot: bn(1n),
  confidence: bn(1n),
  hasSufficientNumberOfDataPoints: true,
});

/** The same account as the SDK has it and as this program has it. */
export interface Both {
  readonly user: User;
  readonly state: DriftState;
  readonly spot: readonly SpotMarketAccount[];
  readonly perps: readonly PerpMarketAccount[];
}

export function bothOf(given: AccountNumbers): Both {
  const spot = [spotMarket(0, given.usdcMarket), spotMarket(1, given.solMarket)];
  const perps = given.perpMarkets.map((market, i) => perpMarket(i, market));
  const spotOracles = [at(given.usdcMarket.price), at(given.solMarket.price)];
  const perpOracles = given.perpMarkets.map(({ price }) => at(price));
  const account = {
    authority: NONE,
    delegate: NONE,
    subAccountId: 0,
    name: nameOf('main'),
    spotPositions: [spotPosition(0, given.usdc), spotPosition(1, given.sol)],
    perpPositions: given.perps.map(perpPosition),
    orders: [],
    status: 0,
    marginMode: { default: {} },
    maxMarginRatio: given.marginRatio,
    nextOrderId: 1,
  } as unknown as UserAccount;
  const client = {
    getSpotMarketAccount: (i: number) => spot[i],
    getSpotMarketAccounts: () => spot,
    getQuoteSpotMarketAccount: () => spot[0],
    getPerpMarketAccount: (i: number) => perps[i],
    getPerpMarketAccounts: () => perps,
    getOracleDataForSpotMarket: (i: number) => spotOracles[i],
    getOracleDataForPerpMarket: (i: number) => perpOracles[i],
    getMMOracleDataForPerpMarket: (i: number) => perpOracles[i],
  };
  const user = new User({
    driftClient: client as unknown as DriftClient,
    userAccountPublicKey: NONE,
    accountSubscription: {
      type: 'custom',
      userAccountSubscriber: {
        getUserAccountAndSlot: () => ({ data: account, slot: 1 }),
      } as never,
    },
  });
  const NO_FEES = { takerNumerator: 0n, takerDenominator: 1n, makerNumerator: 0n, makerDenominator: 1n };
  const state: DriftState = {
    slot: 1,
    t: 0,
    user: userFrom(NONE.toString(), account),
    spot: spot.map((market, i) => spotMarketFrom(market, spotOracles[i] ?? at(0n))),
    perps: perps.map((market, i) => perpMarketFrom(market, perpOracles[i] ?? at(0n))),
    wallet: 0n,
    feeTiers: { perp: NO_FEES, spot: NO_FEES },
    pausedOperations: 0,
  };
  return { user, state, spot, perps };
}

/** Often a handful of smallest units, where roundings show; otherwise up to a bound. */
const upTo = (bound: bigint): fc.Arbitrary<bigint> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.bigInt({ min: 0n, max: 20n }) },
    { weight: 3, arbitrary: fc.bigInt({ min: 0n, max: bound }) },
  );
const around = (bound: bigint): fc.Arbitrary<bigint> =>
  fc.tuple(upTo(bound), fc.boolean()).map(([amount, isNegative]) => (isNegative ? -amount : amount));
const between = (min: bigint, max: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min, max });
const orZero = <T>(none: T, some: fc.Arbitrary<T>): fc.Arbitrary<T> => fc.oneof(fc.constant(none), some);

export const anySpotMarket = (least: bigint, most: bigint): fc.Arbitrary<SpotMarketNumbers> =>
  fc
    .record({
      depositInterest: between(10n ** 10n, 3n * 10n ** 10n),
      borrowInterest: between(10n ** 10n, 4n * 10n ** 10n),
      assetWeights: fc.tuple(fc.integer({ min: 0, max: 9_000 }), fc.integer({ min: 9_000, max: 10_000 })),
      liabilityWeights: fc.tuple(
        fc.integer({ min: 12_000, max: 15_000 }),
        fc.integer({ min: 10_000, max: 12_000 }),
      ),
      imf: orZero(0, fc.integer({ min: 1, max: 10_000 })),
      scaleStart: orZero(0n, between(1n, 10n ** 14n)),
      depositBalance: between(10n ** 9n, 10n ** 15n),
      price: between(least, most),
      twapPerMille: between(900n, 1_100n),
      // From just now to longer ago than the average is taken over.
      twapAge: between(0n, 400n),
    })
    .map(({ twapPerMille, twapAge, ...rest }) => ({
      ...rest,
      twap5m: (rest.price * twapPerMille) / 1_000n,
      twapAt: NOW_S - twapAge,
    }));

/** The moment at which the SDK looks at a clock, Unix s. */
export const NOW_S = 1_750_000_000n;

const PLAIN_DOLLAR = {
  assetWeights: [10_000, 10_000],
  liabilityWeights: [10_000, 10_000],
  imf: 0,
  scaleStart: 0n,
} as const;

const PRICES: readonly (readonly [bigint, bigint])[] = [
  [20_000_000n, 400_000_000n],
  [20_000_000_000n, 120_000_000_000n],
  [1_000_000_000n, 5_000_000_000n],
];

const anyPerpMarket = ([least, most]: readonly [bigint, bigint]): fc.Arbitrary<PerpMarketNumbers> =>
  fc.record({
    margins: fc.tuple(fc.integer({ min: 1_000, max: 2_500 }), fc.integer({ min: 200, max: 1_000 })),
    imf: orZero(0, fc.integer({ min: 1, max: 5_000 })),
    profitWeights: fc.tuple(fc.constantFrom(0, 5_000, 8_500, 10_000), fc.constantFrom(10_000, 9_000)),
    profitImf: fc.constant(0),
    maxImbalance: fc.constant(0n),
    netUserQuote: fc.constant(0n),
    netUserSize: fc.constant(0n),
    fundingLong: around(10n ** 13n),
    fundingShort: around(10n ** 13n),
    price: between(least, most),
    isSettling: fc.integer({ min: 0, max: 19 }).map((is) => is === 0),
    expiryPrice: between(least, most),
  });

const orders = (bound: bigint) =>
  fc.oneof(
    fc.constant({ openOrders: 0, openBids: 0n, openAsks: 0n }),
    fc
      .record({ openOrders: fc.integer({ min: 1, max: 8 }), openBids: upTo(bound), openAsks: upTo(bound) })
      .map((open) => ({ ...open, openAsks: -open.openAsks })),
  );

const anySpot = (bound: bigint, open: bigint): fc.Arbitrary<SpotNumbers> =>
  fc
    .record({
      kind: fc.constantFrom('deposit' as const, 'borrow' as const),
      scaled: orZero(0n, upTo(bound)),
      open: open === 0n ? fc.constant({ openOrders: 0, openBids: 0n, openAsks: 0n }) : orders(open),
    })
    .map(({ open: resting, ...held }) => ({ ...held, ...resting }));

/** From a satoshi's worth to a thousand of them, BTC as large as SOL in dollars. */
const SIZES = [10n ** 12n, 10n ** 9n, 3n * 10n ** 10n] as const;

const anyPerp = (market: number): fc.Arbitrary<PerpNumbers> =>
  fc
    .record({
      size: orZero(0n, around(SIZES[market] ?? 1n)),
      quote: around(10n ** 11n),
      lastFunding: around(10n ** 13n),
      open: orders(SIZES[market] ?? 1n),
      marginRatio: orZero(0, fc.integer({ min: 1, max: 5_000 })),
      isIsolated: fc.constant(false),
    })
    .map(({ open, ...held }) => ({ market, ...held, ...open }));

/** Any sub-account that the program could hold, with markets of sane parameters. */
export const anyAccountNumbers: fc.Arbitrary<AccountNumbers> = fc
  .record({
    usdcMarket: anySpotMarket(970_000n, 1_030_000n).map((market) => ({ ...market, ...PLAIN_DOLLAR })),
    solMarket: anySpotMarket(20_000_000n, 400_000_000n),
    perpMarkets: fc.tuple(...PRICES.map(anyPerpMarket)),
    usdc: anySpot(10n ** 15n, 0n),
    sol: anySpot(10n ** 13n, 10n ** 12n),
    perps: fc.subarray([0, 1, 2]).chain((markets) => fc.tuple(...markets.map(anyPerp))),
    marginRatio: orZero(0, fc.integer({ min: 1, max: 5_000 })),
  })
  .map((given) => ({
    ...given,
    // SOL and SOL-PERP have one oracle.
    perpMarkets: given.perpMarkets.map((market, i) =>
      i === 0 ? { ...market, price: given.solMarket.price } : market,
    ),
  }));
