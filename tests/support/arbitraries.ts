import fc from 'fast-check';

import { base, price, rate, usd, type Base, type Price, type Usd } from '../../src/shared/money/quantity.ts';
import type {
  Account,
  CollateralWeights,
  OraclePrices,
  PerpPosition,
} from '../../src/main/domain/account.ts';
import type { Holdings } from '../../src/main/domain/accountChange.ts';
import type { AccountEvent, AdjustedAmount, AssetAmount } from '../../src/main/domain/accountEvent.ts';
import type { Side } from '../../src/main/domain/market.ts';

export const PERPS = ['SOL-PERP', 'BTC-PERP', 'ETH-PERP'] as const;
export const ASSETS = ['SOL', 'BTC', 'ETH'] as const;

/** Often a handful of smallest units, where roundings show; otherwise up to a bound. */
const upTo = (bound: bigint): fc.Arbitrary<bigint> =>
  fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.bigInt({ min: 0n, max: bound }));
const around = (bound: bigint): fc.Arbitrary<bigint> =>
  fc.oneof(fc.bigInt({ min: -20n, max: 20n }), fc.bigInt({ min: -bound, max: bound }));

/** Up to ten million dollars either way. */
export const anyUsd = around(10n ** 13n).map(usd);
/** More than nothing, up to a million dollars. */
export const anyPrice = upTo(10n ** 15n).map((raw) => price(raw + 1n));
/** Up to a hundred thousand whole units either way. */
export const anyBase = around(10n ** 14n).map(base);
export const anyPositiveBase = upTo(10n ** 14n).map((raw) => base(raw + 1n));
/** From −100 % to 100 %. */
export const anyRate = around(10n ** 12n).map(rate);
/** From 0 to 100 %. */
export const anyShare = upTo(10n ** 12n).map(rate);
export const anySide: fc.Arbitrary<Side> = fc.constantFrom('buy', 'sell');

export const anyOracles: fc.Arbitrary<OraclePrices> = fc.record({
  SOL: anyPrice,
  BTC: anyPrice,
  ETH: anyPrice,
});

export const anyWeights: fc.Arbitrary<CollateralWeights> = fc.record({
  spotAssetInitial: anyShare,
  spotAssetMaintenance: anyShare,
  cashLiability: anyShare.map((share) => rate(share + 1n)),
});

export const anyPosition = (market: string, size: fc.Arbitrary<Base> = anyBase): fc.Arbitrary<PerpPosition> =>
  fc.record({
    market: fc.constant(market),
    asset: fc.constant(market.replace('-PERP', '')),
    size,
    quote: anyUsd,
    entryQuote: anyUsd,
    settledPnl: anyUsd,
    fundingEarned: anyUsd,
  });

export const anyAccount: fc.Arbitrary<Account> = fc.subarray([...PERPS]).chain((markets) =>
  fc.record({
    cash: anyUsd,
    spot: upTo(10n ** 14n).map(base),
    perps: fc.tuple(...markets.map((market) => anyPosition(market))),
  }),
);

export const anyHoldings: fc.Arbitrary<Holdings> = fc.record({
  account: anyAccount,
  wallet: upTo(10n ** 12n).map(base),
});

/**
 * A size and a price whose product is a whole number of millionths of a dollar, as on every grid of the paper venue:
 * thousandths of a unit at thousandths of a dollar.
 */
const onGrid: fc.Arbitrary<{ size: Base; price: Price }> = fc.record({
  size: fc.bigInt({ min: 1n, max: 10n ** 8n }).map((lots) => base(lots * 1_000_000n)),
  price: fc.bigInt({ min: 1n, max: 10n ** 9n }).map((ticks) => price(ticks * 1_000_000n)),
});

const anyAmount = (usdc: fc.Arbitrary<Usd>, sol: fc.Arbitrary<Base>): fc.Arbitrary<AssetAmount> =>
  fc.oneof(
    usdc.map((amount): AssetAmount => ({ asset: 'USDC', amount })),
    sol.map((amount): AssetAmount => ({ asset: 'SOL', amount })),
  );

const anyPositiveUsd = upTo(10n ** 13n).map(usd);
const positiveAmount = anyAmount(upTo(10n ** 10n).map(usd), upTo(10n ** 10n).map(base));

const anyAdjustedDollars: fc.Arbitrary<AdjustedAmount> = fc
  .record({ market: fc.option(fc.constantFrom(...PERPS)), amount: anyUsd })
  .map(({ market, amount }) =>
    market === null ? { account: 'cash', amount } : { account: 'quote', market, amount },
  );
const anyAdjustedCoins: fc.Arbitrary<AdjustedAmount> = fc
  .record({ where: fc.constantFrom('spot', 'wallet', ...PERPS), amount: anyBase })
  .map(({ where, amount }) =>
    where === 'spot' || where === 'wallet'
      ? { account: where, amount }
      : { account: 'position', market: where, amount },
  );

/** Any event at all: fills on the grid of a venue, everything else as it comes. */
export const anyEvent: fc.Arbitrary<AccountEvent> = fc.oneof(
  fc
    .record({
      grid: onGrid,
      market: fc.constantFrom('SOL', ...PERPS),
      side: anySide,
      oracle: anyPrice,
      fee: anyUsd,
      quote: fc.option(anyPositiveUsd),
      isFeeOwed: fc.boolean(),
    })
    .map(({ grid, quote, isFeeOwed, ...fill }): AccountEvent => ({
      type: 'FILL',
      t: 0,
      orderId: 'order',
      liquidity: 'taker',
      ...grid,
      ...fill,
      ...(quote === null ? {} : { quote }),
      ...(isFeeOwed && fill.market !== 'SOL' ? { feeFrom: 'position' as const } : {}),
    })),
  fc
    .record({
      market: fc.constantFrom(...PERPS),
      size: anyBase,
      price: anyPrice,
      rate: anyRate,
      amount: anyUsd,
    })
    .map((funding): AccountEvent => ({ type: 'FUNDING', t: 0, ...funding })),
  fc
    .record({ paid: anyAmount(anyUsd, anyBase), oracle: anyPrice })
    .map((interest): AccountEvent => ({ type: 'INTEREST', t: 0, ...interest })),
  fc
    .record({
      kind: fc.constantFrom('gas', 'tip', 'liquidation', 'keeper'),
      paid: positiveAmount,
      oracle: anyPrice,
      market: fc.option(fc.constantFrom(...PERPS)),
    })
    .map(({ market, ...cost }): AccountEvent => ({
      type: 'COST',
      t: 0,
      ...cost,
      ...(market === null || cost.paid.asset === 'SOL' ? {} : { market }),
    })),
  fc
    .record({ moved: anyAmount(anyUsd, anyBase), oracle: anyPrice, isOfWallet: fc.boolean() })
    .map(({ isOfWallet, ...transfer }): AccountEvent => ({
      type: 'TRANSFER',
      t: 0,
      ...transfer,
      ...(isOfWallet && transfer.moved.asset === 'SOL' ? { of: 'wallet' as const } : {}),
    })),
  fc
    .record({ market: fc.constantFrom(...PERPS), amount: anyUsd, oracle: anyPrice })
    .map((settlement): AccountEvent => ({ type: 'SETTLEMENT', t: 0, ...settlement })),
  fc
    .record({ adjusted: fc.oneof(anyAdjustedDollars, anyAdjustedCoins), oracle: anyPrice })
    .map(({ adjusted, oracle }): AccountEvent => ({
      type: 'ADJUSTMENT',
      t: 0,
      adjusted,
      oracle: adjusted.account === 'cash' || adjusted.account === 'quote' ? price(10n ** 9n) : oracle,
    })),
);
