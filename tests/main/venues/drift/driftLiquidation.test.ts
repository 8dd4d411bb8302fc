import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { liquidationPrices } from '../../../../src/main/domain/liquidation.ts';
import { liquidatable } from '../../../../src/main/domain/margin.ts';
import { holdingsOf } from '../../../../src/main/venues/drift/driftAccount.ts';
import { driftLiquidations } from '../../../../src/main/venues/drift/driftLiquidation.ts';
import { marginOf, termsOf } from '../../../../src/main/venues/drift/driftMargin.ts';
import type { DriftState } from '../../../../src/main/venues/drift/driftState.ts';
import { parseRate } from '../../../../src/shared/money/decimal.ts';
import { price, rate, type Price } from '../../../../src/shared/money/quantity.ts';
import { magnitude } from '../../../../src/shared/money/rounding.ts';
import { anyAccountNumbers, big, bothOf, type AccountNumbers } from './driftAccounts.ts';
import { NO_SPOT, accountNumbers, perpHeld, solPerp } from './plainAccount.ts';

/** What fails is not made smaller for minutes. */
const RUNS = { numRuns: 150, plugins: [fc.interruptAfterTimeLimit(60_000)] };
const CHAIN = 1_000n;
const ASSETS = ['SOL', 'BTC', 'ETH'];
const MOST = 10n ** 15n;

/** The state with the oracle of one asset at another price, told from its figures by hand. */
const given = (numbers: AccountNumbers, asset: string, at: bigint): AccountNumbers => ({
  ...numbers,
  solMarket: asset === 'SOL' ? { ...numbers.solMarket, price: at } : numbers.solMarket,
  perpMarkets: numbers.perpMarkets.map((market, i) =>
    ASSETS[i] === asset ? { ...market, price: at } : market,
  ),
});
const isSafe = (state: DriftState): boolean => !liquidatable(termsOf(marginOf(state, 'maintenance')));
const isSafeAt = (numbers: AccountNumbers, asset: string, at: bigint): boolean =>
  isSafe(bothOf(given(numbers, asset, at)).state);
const todayOf = (numbers: AccountNumbers, asset: string): bigint =>
  numbers.perpMarkets[ASSETS.indexOf(asset)]?.price ?? 0n;

/** What is left changes by, in millionths for a dollar of the oracle. */
function slopeOf(numbers: AccountNumbers, asset: string): bigint {
  const left = (at: bigint): bigint => {
    const { collateral, requirement } = marginOf(bothOf(given(numbers, asset, at)).state, 'maintenance');
    return collateral - requirement;
  };
  const today = todayOf(numbers, asset);
  return (left(today + 1_000_000n) - left(today - 1_000_000n)) / 2n;
}

const near = (ours: Price, other: bigint, slack: bigint): void => {
  expect(magnitude(ours / CHAIN - other)).toBeLessThanOrEqual(slack);
};
/** Neither so small that a rounding makes it none, nor beyond what is searched. */
const isInReach = (at: bigint): boolean => at > 1_000_000n && at < MOST / 2n;
/** Roundings of ten parts of an account, and of a slope that is a whole number, seen as a price. */
const slackOf = (slope: bigint, distance: bigint): bigint =>
  2n + (10n * 1_000_000n + 6n * distance) / magnitude(slope);

describe("the liquidation price by Drift's own margin", () => {
  it('liquidates, and not a millionth of a dollar before', () => {
    fc.assert(
      fc.property(anyAccountNumbers, fc.bigInt({ min: 0n, max: 1_000n }), (numbers, part) => {
        const { state } = bothOf(numbers);
        for (const { asset, above, below, already } of driftLiquidations(state)) {
          expect(already).toBe(!isSafe(state));
          const today = todayOf(numbers, asset);
          for (const [border, away] of [
            [above, -1n],
            [below, 1n],
          ] as const) {
            if (border === null) continue;
            const at = border / CHAIN;
            expect(isSafeAt(numbers, asset, at)).toBe(false);
            expect(isSafeAt(numbers, asset, at + away)).toBe(true);
            // All the way from there to today it is what it is today, but for roundings right at the border.
            const between = at + ((today - at) * part) / 1_000n;
            if (magnitude(between - at) > 1_000n) expect(isSafeAt(numbers, asset, between)).toBe(!already);
          }
        }
      }),
      RUNS,
    );
  });

  it('there is none where neither end of the prices liquidates, and none back where no price saves', () => {
    fc.assert(
      fc.property(anyAccountNumbers, fc.bigInt({ min: 1n, max: MOST }), (numbers, anywhere) => {
        for (const { asset, above, below, already } of driftLiquidations(bothOf(numbers).state)) {
          if (above !== null || below !== null) continue;
          expect(isSafeAt(numbers, asset, 1n)).toBe(!already);
          expect(isSafeAt(numbers, asset, MOST)).toBe(!already);
          expect(isSafeAt(numbers, asset, anywhere)).toBe(!already);
        }
      }),
      RUNS,
    );
  });

  /** Without orders, and profits that count in full: what both other formulas know. */
  const anyPlain = anyAccountNumbers.map(({ usdc, sol, perps, perpMarkets, ...rest }) => ({
    ...rest,
    usdcMarket: { ...rest.usdcMarket, price: 1_000_000n },
    usdc,
    sol: { ...sol, openOrders: 0, openBids: 0n, openAsks: 0n },
    perps: perps.map((held) => ({ ...held, openOrders: 0, openBids: 0n, openAsks: 0n })),
    perpMarkets: perpMarkets.map((market) => ({
      ...market,
      isSettling: false,
      profitWeights: [10_000, 10_000] as const,
    })),
  }));

  it("is the SDK's but for its whole slope: the SDK divides what is left by what it loses for a dollar, cut", () => {
    fc.assert(
      fc.property(anyPlain, (numbers) => {
        const { state, user } = bothOf(numbers);
        fc.pre(isSafe(state));
        for (const { asset, above, below } of driftLiquidations(state)) {
          const market = ASSETS.indexOf(asset);
          const size = state.user.perps.find((held) => held.market === market)?.size ?? 0n;
          const border = above ?? below;
          const slope = slopeOf(numbers, asset);
          // The SDK has one for a position; and what hardly moves an account has no price that is worth comparing.
          if (size === 0n || magnitude(slope) < 100_000n) continue;
          const sdk = big(user.liquidationPrice(market));
          if (isInReach(sdk)) expect(border).not.toBeNull();
          if (border === null) continue;
          near(border, sdk, slackOf(slope, magnitude(border / CHAIN - todayOf(numbers, asset))));
        }
      }),
      RUNS,
    );
  });

  it("of a deposit alone is the SDK's, too", () => {
    fc.assert(
      fc.property(anyPlain, (rest) => {
        const numbers = { ...rest, perps: [] };
        const { state, user } = bothOf(numbers);
        fc.pre(isSafe(state));
        const [found] = driftLiquidations(state);
        const border = found?.above ?? found?.below ?? null;
        const slope = slopeOf(numbers, 'SOL');
        fc.pre(border !== null && magnitude(slope) >= 100_000n);
        if (border === null) return;
        const distance = magnitude(border / CHAIN - todayOf(numbers, 'SOL'));
        near(border, big(user.spotLiquidationPrice(1)), slackOf(slope, distance));
      }),
      RUNS,
    );
  });

  it("is the plain formula's where no size weighs more", () => {
    const plain = anyPlain.map(({ perpMarkets, ...rest }) => ({
      ...rest,
      solMarket: { ...rest.solMarket, imf: 0 },
      sol: { ...rest.sol, kind: 'deposit' as const },
      perpMarkets: perpMarkets.map((market) => ({ ...market, imf: 0 })),
    }));
    fc.assert(
      fc.property(plain, (numbers) => {
        const { state } = bothOf(numbers);
        fc.pre(isSafe(state));
        const { account } = holdingsOf(state);
        const oracles = Object.fromEntries(
          state.perps.map(({ symbol, oracle }) => [symbol.replace('-PERP', ''), price(oracle.price * CHAIN)]),
        );
        const weight = rate(BigInt(numbers.solMarket.assetWeights[1]) * 100_000_000n);
        const expected = liquidationPrices(
          account,
          oracles,
          (symbol) =>
            rate((state.perps.find((one) => one.symbol === symbol)?.maintenanceMargin ?? 0n) * 100_000_000n),
          { spotAssetInitial: weight, spotAssetMaintenance: weight, cashLiability: parseRate('1') },
        );
        for (const { asset, above, below } of driftLiquidations(state)) {
          const other = expected.find((one) => one.asset === asset);
          const [ours, theirs] = [above ?? below, other?.above ?? other?.below ?? null];
          const slope = slopeOf(numbers, asset);
          if (magnitude(slope) < 100_000n) continue;
          if (theirs !== null && isInReach(theirs / CHAIN)) expect(ours).not.toBeNull();
          if (ours !== null && isInReach(ours / CHAIN)) expect(theirs).not.toBeNull();
          if (ours === null || theirs === null) continue;
          expect(above !== null).toBe(other?.above !== null);
          const distance = magnitude(ours / CHAIN - todayOf(numbers, asset));
          near(ours, theirs / CHAIN, slackOf(slope, distance));
        }
      }),
      RUNS,
    );
  });

  it('of a hedge in round numbers', () => {
    // 10 SOL and 10 short from 150: 1500 + 9 p − 10 p stand against 0.05 × 10 p; equal at 1000 dollars.
    const hedge = accountNumbers({
      sol: { ...NO_SPOT, scaled: 10_000_000_000n },
      perps: [perpHeld({ size: -10_000_000_000n, quote: 1_500_000_000n })],
    });
    expect(driftLiquidations(bothOf(hedge).state)).toEqual([
      { asset: 'SOL', above: price(1_000_000_000_000n), below: null, already: false },
    ]);
  });

  it('says where the price has to go back to while it liquidates, and that none would help', () => {
    // 10 long from 150 with 50 dollars: 10 p − 1450 against 0.5 p; equal at 152.63, safe over it.
    const long = perpHeld({ size: 10_000_000_000n, quote: -1_500_000_000n });
    const usdc = { ...NO_SPOT, scaled: 50_000_000_000n };
    expect(driftLiquidations(bothOf(accountNumbers({ usdc, perps: [long] })).state)).toEqual([
      { asset: 'SOL', above: null, below: price(152_631_578_000n), already: true },
    ]);
    const owing = { ...NO_SPOT, kind: 'borrow' as const, scaled: 50_000_000_000n };
    const small = perpHeld({ size: -1_000_000_000n, quote: 10_000_000n });
    expect(driftLiquidations(bothOf(accountNumbers({ usdc: owing, perps: [small] })).state)).toEqual([
      { asset: 'SOL', above: null, below: null, already: true },
    ]);
  });

  it('both ways, where a profit weighs less than what is owed grows', () => {
    // 96 dollars, 0.8 SOL owed, 1 long from 100 with profit at 0.9. Left over: 0.07 p − 4 up to 100, and
    // 3 − 0.03 (p − 100) over it: nothing at 4 / 0.07 and at 200.
    const numbers = accountNumbers({
      usdc: { ...NO_SPOT, scaled: 96_000_000_000n },
      sol: { ...NO_SPOT, kind: 'borrow', scaled: 800_000_000n },
      perpMarkets: [solPerp({ profitWeights: [10_000, 9_000] })],
      perps: [perpHeld({ size: 1_000_000_000n, quote: -100_000_000n })],
    });
    const [found] = driftLiquidations(bothOf(numbers).state);
    expect(found?.already).toBe(false);
    expect(Number(found?.below) / 1e9).toBeCloseTo(4 / 0.07, 3);
    expect(Number(found?.above) / 1e9).toBeCloseTo(200, 3);
  });

  it('of an account that holds nothing is none', () => {
    expect(driftLiquidations(bothOf(accountNumbers({})).state)).toEqual([]);
  });
});
