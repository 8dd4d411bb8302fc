import { FIVE_MINUTE, calculateLiveOracleTwap, calculateUnsettledFundingPnl } from '@drift-labs/sdk';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { healthPct } from '../../../../src/main/domain/margin.ts';
import { marginOf, termsOf, type DriftMargin } from '../../../../src/main/venues/drift/driftMargin.ts';
import type { DriftState, SpotMarketState } from '../../../../src/main/venues/drift/driftState.ts';
import type { MarginKind } from '../../../../src/main/venues/drift/marginWeights.ts';
import { pendingFunding } from '../../../../src/main/venues/drift/pendingFunding.ts';
import { magnitude } from '../../../../src/shared/money/rounding.ts';
import {
  NOW_S,
  anyAccountNumbers,
  big,
  bn,
  bothOf,
  type AccountNumbers,
  type Both,
  type PerpNumbers,
  type SpotNumbers,
} from './driftAccounts.ts';
import { NO_SPOT, accountNumbers, perpHeld, solPerp } from './plainAccount.ts';

/** What fails is not made smaller for minutes. */
const PLENTY = { numRuns: 300, plugins: [fc.interruptAfterTimeLimit(60_000)] };
const SOL_SLACK = 8n;
const MOST_PROFIT = 100_000_000n;

/** What the SDK says, whose strict prices are of this moment. */
const sdkMargin = ({ user }: Both, kind: MarginKind): DriftMargin =>
  kind === 'maintenance'
    ? {
        requirement: big(user.getMaintenanceMarginRequirement()),
        collateral: big(user.getTotalCollateral('Maintenance')),
      }
    : {
        requirement: big(user.getInitialMarginRequirement()),
        collateral: big(user.getTotalCollateral('Initial', true)),
      };

/**
 * The SDK takes an average of a spot market up to this moment by the clock of the machine, where the program takes it as
 * the market has it: both are given the SDK's.
 */
function asOfNow({ state, spot, user }: Both): DriftState {
  const live = (market: SpotMarketState): SpotMarketState => {
    const account = spot[market.market];
    if (account === undefined) throw new RangeError('no such market');
    const oracle = user.driftClient.getOracleDataForSpotMarket(market.market);
    const twap = calculateLiveOracleTwap(account.historicalOracleData, oracle, bn(NOW_S), FIVE_MINUTE);
    return { ...market, oracleTwap5m: big(twap) };
  };
  return { ...state, spot: state.spot.map(live) };
}

/**
 * Units by which the SDK's roundings may differ from the program's: the SDK cuts what is owed towards zero where the
 * program rounds it up (twice where there are orders, each times a weight of up to four), and puts the price of the dollar
 * on a profit before its weight where the program does after.
 */
function slackOf(given: AccountNumbers, kind: MarginKind): bigint {
  const isSolOwed = given.sol.kind === 'borrow' || given.sol.openBids !== 0n || given.sol.openAsks !== 0n;
  const weighed = given.perps.filter(({ market }) => {
    const weights = given.perpMarkets[market]?.profitWeights ?? [0, 0];
    return weights[kind === 'initial' ? 0 : 1] % 10_000 !== 0;
  });
  return (given.usdc.kind === 'borrow' ? 1n : 0n) + (isSolOwed ? SOL_SLACK : 0n) + BigInt(weighed.length);
}

function expectWithin(ours: DriftMargin, sdk: DriftMargin, slack: bigint): void {
  if (slack === 0n) {
    expect(ours).toEqual(sdk);
    return;
  }
  expect(magnitude(surplusOf(ours) - surplusOf(sdk))).toBeLessThanOrEqual(slack);
  const isSameSide = magnitude(ours.requirement - sdk.requirement) <= slack;
  // Where bids and asks are equally bad, the program takes the asks and the SDK the bids.
  if (slack < SOL_SLACK) expect(isSameSide).toBe(true);
}

const surplusOf = ({ requirement, collateral }: DriftMargin): bigint => collateral - requirement;

/** The program counts a profit up to 100 dollars towards new positions, the SDK all of it. */
function overMost(given: AccountNumbers): bigint {
  return given.perps.reduce((over, held) => {
    const alone = bothOf({ ...given, usdc: NO_SPOT, sol: NO_SPOT, perps: [held] });
    const worth = big(alone.user.getTotalCollateral('Initial', true));
    return over + (worth > MOST_PROFIT ? worth - MOST_PROFIT : 0n);
  }, 0n);
}

const closed = (held: SpotNumbers): SpotNumbers => ({ ...held, openBids: 0n, openAsks: 0n });

describe('the margin of a Drift sub-account', () => {
  beforeAll(() => vi.useFakeTimers({ toFake: ['Date'], now: Number(NOW_S) * 1_000 }));
  afterAll(() => vi.useRealTimers());

  it("its maintenance requirement and collateral are the SDK's", () => {
    fc.assert(
      fc.property(anyAccountNumbers, (given) => {
        const both = bothOf(given);
        const slack = slackOf(given, 'maintenance');
        expectWithin(marginOf(both.state, 'maintenance'), sdkMargin(both, 'maintenance'), slack);
      }),
      PLENTY,
    );
  });

  it("its health is the SDK's, after its rounding", () => {
    fc.assert(
      fc.property(anyAccountNumbers, (given) => {
        const both = bothOf(given);
        const margin = marginOf(both.state, 'maintenance');
        const ours = Math.round(healthPct(termsOf(margin)));
        // Without an index: the SDK takes the index of SOL-PERP, 0, for none.
        const theirs = both.user.getHealth();
        if (slackOf(given, 'maintenance') === 0n) {
          expect(ours).toBe(theirs);
          return;
        }
        const sdk = sdkMargin(both, 'maintenance');
        // Where bids and asks are equally bad, the program takes the asks and the SDK the bids.
        const isSameSide = magnitude(margin.requirement - sdk.requirement) <= SOL_SLACK;
        // A unit is a percent only of a collateral that is next to nothing.
        if (isSameSide && magnitude(margin.collateral) > 1_000_000n)
          expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1);
      }),
      PLENTY,
    );
  });

  it("its initial requirement and collateral are the SDK's, up to 100 dollars of a profit", () => {
    fc.assert(
      fc.property(anyAccountNumbers, ({ sol, ...rest }) => {
        // The SDK takes the average of the dollar up to this moment for a deposit, and as it stands for positions.
        const usdcMarket = { ...rest.usdcMarket, twapAt: NOW_S };
        const twap5m = usdcMarket.price - (usdcMarket.twap5m % 300n);
        const given = { ...rest, usdcMarket: { ...usdcMarket, twap5m }, sol: closed(sol) };
        const both = bothOf(given);
        const sdk = sdkMargin(both, 'initial');
        const most = { ...sdk, collateral: sdk.collateral - overMost(given) };
        expectWithin(marginOf(asOfNow(both), 'initial'), most, slackOf(given, 'initial'));
      }),
      PLENTY,
    );
  });

  it("positions take the average of the dollar as the SDK's do, wherever it stands", () => {
    fc.assert(
      fc.property(anyAccountNumbers, (rest) => {
        const given = { ...rest, usdc: NO_SPOT, sol: NO_SPOT };
        const both = bothOf(given);
        const sdk = sdkMargin(both, 'initial');
        const most = { ...sdk, collateral: sdk.collateral - overMost(given) };
        expectWithin(marginOf(both.state, 'initial'), most, slackOf(given, 'initial'));
      }),
      PLENTY,
    );
  });

  it("orders for SOL weigh as the SDK's do while its price stands at its average", () => {
    fc.assert(
      fc.property(anyAccountNumbers, (rest) => {
        const { price } = rest.solMarket;
        const solMarket = { ...rest.solMarket, twap5m: price };
        // With a ratio of the user's own, the SDK lets it choose the worse side, which the program does not.
        const given = { ...rest, solMarket, usdc: NO_SPOT, perps: [], marginRatio: 0 };
        const both = bothOf(given);
        expectWithin(marginOf(both.state, 'initial'), sdkMargin(both, 'initial'), slackOf(given, 'initial'));
      }),
      PLENTY,
    );
  });

  it("free collateral is the SDK's while no profit is over 100 dollars", () => {
    fc.assert(
      fc.property(anyAccountNumbers, (rest) => {
        const usdcMarket = { ...rest.usdcMarket, twap5m: rest.usdcMarket.price };
        const given = { ...rest, usdcMarket, sol: closed(rest.sol) };
        fc.pre(overMost(given) === 0n);
        const both = bothOf(given);
        const surplus = surplusOf(marginOf(asOfNow(both), 'initial'));
        const ours = surplus > 0n ? surplus : 0n;
        const sdk = big(both.user.getFreeCollateral());
        expect(magnitude(ours - sdk)).toBeLessThanOrEqual(slackOf(given, 'initial'));
      }),
      PLENTY,
    );
  });

  it("funding that is not settled yet is the SDK's", () => {
    fc.assert(
      fc.property(anyAccountNumbers, (given) => {
        const { state, perps } = bothOf(given);
        for (const held of state.user.perps) {
          const [market, theirs] = [state.perps[held.market], perps[held.market]];
          const position = bothOf(given).user.getPerpPosition(held.market);
          if (market === undefined || theirs === undefined || position === undefined) continue;
          expect(pendingFunding(held, market)).toBe(big(calculateUnsettledFundingPnl(theirs, position)));
        }
      }),
      PLENTY,
    );
  });
});

describe('where the program and its SDK differ, the program is followed', () => {
  const initial = (given: AccountNumbers): DriftMargin => marginOf(bothOf(given).state, 'initial');
  const maintenance = (given: AccountNumbers): DriftMargin => marginOf(bothOf(given).state, 'maintenance');

  it('a profit counts towards new positions up to 100 dollars, and all of it against liquidation', () => {
    const given = accountNumbers({ perps: [perpHeld({ quote: 500_000_000n })] });
    expect(initial(given).collateral).toBe(100_000_000n);
    expect(maintenance(given).collateral).toBe(500_000_000n);
    expect(initial(accountNumbers({ perps: [perpHeld({ quote: -500_000_000n })] })).collateral).toBe(
      -500_000_000n,
    );
  });

  it('what is owed is rounded up: of a millionth of a dollar, however little', () => {
    const given = accountNumbers({ sol: { ...NO_SPOT, kind: 'borrow', scaled: 1n } });
    // A billionth of a coin at 150 dollars is 0.15 millionths: one, times 1.1, cut.
    expect(maintenance(given).requirement).toBe(1n);
    expect(sdkMargin(bothOf(given), 'maintenance').requirement).toBe(0n);
  });

  it("a position's own ratio is for new positions alone", () => {
    const given = accountNumbers({ perps: [perpHeld({ size: 1_000_000_000n, marginRatio: 5_000 })] });
    expect(initial(given).requirement).toBe(75_000_000n);
    expect(maintenance(given).requirement).toBe(7_500_000n);
  });

  it('a market that is wound up is valued at its last price, and asks for nothing', () => {
    const market = solPerp({ isSettling: true, expiryPrice: 120_000_000n });
    const held = perpHeld({ size: 1_000_000_000n, quote: -110_000_000n });
    const given = accountNumbers({ perpMarkets: [market], perps: [held] });
    expect(maintenance(given)).toEqual({ requirement: 0n, collateral: 10_000_000n });
  });

  it('a profit weighs less the larger it is, in the unit of sizes', () => {
    // √(50 × 1e9 × 10 + 1) = 707106; 1.1 / (1 + 7.07106 × 0.5) = 0.2425.
    const market = solPerp({ profitImf: 500_000 });
    const given = accountNumbers({ perpMarkets: [market], perps: [perpHeld({ quote: 50_000_000n })] });
    expect(initial(given).collateral).toBe((50_000_000n * 2_425n) / 10_000n);
    expect(maintenance(given).collateral).toBe(50_000_000n);
  });

  it('a profit weighs less where the market owes more to all traders than it may', () => {
    // 10 SOL at 150, for 1,000 dollars: 500 owed where 250 may be.
    const market = solPerp({
      maxImbalance: 250_000_000n,
      netUserSize: 10_000_000_000n,
      netUserQuote: -1_000_000_000n,
    });
    const given = accountNumbers({ perpMarkets: [market], perps: [perpHeld({ quote: 50_000_000n })] });
    expect(initial(given).collateral).toBe(25_000_000n);
  });

  it('orders for SOL are valued as filled at the worse price, and weighed as they then stand', () => {
    // 2 SOL held at 140 (the average), 1 offered: 280 − 150 = 130 at 0.8, and 150 for what is sold; bids: 280 at 0.8.
    const solMarket = { ...accountNumbers({}).solMarket, twap5m: 140_000_000n };
    const sol = { ...NO_SPOT, scaled: 2_000_000_000n, openOrders: 1, openAsks: -1_000_000_000n };
    const given = accountNumbers({ solMarket, sol });
    expect(initial(given)).toEqual({ requirement: 10_000n, collateral: 224_000_000n });
    // Bid for, it is the other way round: (280 + 150) × 0.8 stand against 150.
    const bid = { ...sol, openAsks: 0n, openBids: 1_000_000_000n };
    expect(initial(accountNumbers({ solMarket, sol: bid }))).toEqual({
      requirement: 150_010_000n,
      collateral: 344_000_000n,
    });
  });

  it('a position with collateral of its own is no part of the cross margin', () => {
    const held: PerpNumbers = perpHeld({ size: 1_000_000_000n, quote: -150_000_000n, isIsolated: true });
    expect(maintenance(accountNumbers({ perps: [held] }))).toEqual({ requirement: 0n, collateral: 0n });
  });
});
