import { OrderStatus, type PerpMarketAccount, type UserAccount } from '@drift-labs/sdk';
import { describe, expect, it } from 'vitest';

import { foreignHoldings, holdingsOf } from '../../../../src/main/venues/drift/driftAccount.ts';
import type { DriftState, DriftUser } from '../../../../src/main/venues/drift/driftState.ts';
import { orderFrom } from '../../../../src/main/venues/drift/orderFrom.ts';
import { nameFrom, perpMarketFrom, userFrom } from '../../../../src/main/venues/drift/stateFrom.ts';
import { bn, bothOf } from './driftAccounts.ts';
import { NO_SPOT, accountNumbers, perpHeld, solPerp } from './plainAccount.ts';

const stateOf = (given: Parameters<typeof accountNumbers>[0]): DriftState =>
  bothOf(accountNumbers(given)).state;
const accountOf = (given: Parameters<typeof accountNumbers>[0]): UserAccount =>
  bothOf(accountNumbers(given)).user.getUserAccount();

const order = {
  status: OrderStatus.OPEN,
  orderType: { limit: {} },
  marketType: { spot: {} },
  slot: bn(1n),
  orderId: 4,
  userOrderId: 0,
  marketIndex: 1,
  price: bn(150_000_000n),
  baseAssetAmount: bn(1n),
  quoteAssetAmount: bn(0n),
  baseAssetAmountFilled: bn(0n),
  quoteAssetAmountFilled: bn(0n),
  direction: { long: {} },
  reduceOnly: false,
  triggerPrice: bn(0n),
  triggerCondition: { triggeredAbove: {} },
  existingPositionDirection: { long: {} },
  postOnly: true,
  immediateOrCancel: false,
  oraclePriceOffset: 0,
  auctionDuration: 0,
  auctionStartPrice: bn(0n),
  auctionEndPrice: bn(0n),
  maxTs: bn(0n),
  bitFlags: 0,
  postedSlotTail: 0,
};

describe('what a sub-account holds', () => {
  it('is its tokens and positions to the last unit, a borrow negative, pending funding in its quote', () => {
    const state = {
      ...stateOf({
        usdc: { ...NO_SPOT, kind: 'borrow', scaled: 5_000_001n },
        sol: { ...NO_SPOT, scaled: 2_000_000_000n },
        perpMarkets: [solPerp({ fundingShort: 3_000_000_000n })],
        perps: [perpHeld({ size: -2_000_000_000n, quote: 300_000_000n, lastFunding: 1_000_000_000n })],
      }),
      wallet: 77n,
    };
    // Two coins short, two dollars a coin paid by longs since: four dollars more.
    expect(holdingsOf(state)).toEqual({
      wallet: 77n,
      account: {
        cash: -5_001n,
        spot: 2_000_000_000n,
        perps: [
          {
            market: 'SOL-PERP',
            asset: 'SOL',
            size: -2_000_000_000n,
            quote: 304_000_000n,
            entryQuote: 300_000_000n,
            settledPnl: 0n,
            fundingEarned: 0n,
          },
        ],
      },
    });
  });

  it('leaves out a position of which nothing is left but an order', () => {
    const state = stateOf({ perps: [perpHeld({ openOrders: 1, openBids: 5n })] });
    expect(state.user.perps).toHaveLength(1);
    expect(holdingsOf(state).account.perps).toEqual([]);
  });

  it('says what else is in it, which may not be counted', () => {
    const state = stateOf({});
    const [held] = stateOf({ perps: [perpHeld({ size: 1n })] }).user.perps;
    if (held === undefined) throw new RangeError('no position');
    const spot = { ...NO_SPOT, market: 5, scaled: 1n };
    const user: DriftUser = {
      ...state.user,
      spot: [spot, { ...spot, market: 0 }, { ...spot, market: 1 }, { ...spot, market: 6, scaled: 0n }],
      perps: [
        held,
        { ...held, market: 9 },
        { ...held, market: 8, size: 0n, quote: 0n },
        { ...held, lpShares: 1n },
        { ...held, isolated: 1n },
        { ...held, isIsolated: true },
      ],
    };
    expect(foreignHoldings({ ...state, user })).toEqual([
      { kind: 'asset', name: 'token 5', amount: '0.000000001' },
      { kind: 'market', name: 'perpetual 9', amount: '0.000000001' },
      { kind: 'market', name: 'SOL-PERP (shares)', amount: '0.000000001' },
      { kind: 'market', name: 'SOL-PERP (isolated)', amount: '0.000000001' },
      { kind: 'market', name: 'SOL-PERP (isolated)', amount: '0.000000001' },
    ]);
    expect(foreignHoldings(state)).toEqual([]);
  });
});

describe("the program's accounts as numbers", () => {
  it('a sub-account: nobody is no delegate, what is empty is left out, only open orders are orders', () => {
    const account = accountOf({ sol: { ...NO_SPOT, scaled: 5n } });
    const filled = { ...order, status: OrderStatus.FILLED, orderId: 5 };
    const user = userFrom('address', { ...account, orders: [order, filled] });
    expect(user).toMatchObject({
      address: 'address',
      delegate: null,
      name: 'main',
      isBeingLiquidated: false,
    });
    expect(user.spot.map(({ market }) => market)).toEqual([1]);
    expect(user.orders.map(({ orderId }) => orderId)).toEqual([4]);
    const delegate = bothOf(accountNumbers({})).perps[0]?.amm.oracle ?? account.delegate;
    expect(userFrom('', { ...account, delegate }).delegate).toBe(delegate.toString());
  });

  it.each([
    [0, false],
    [1, true],
    [2, true],
    [4, false],
    [8, false],
  ])('status %i is under liquidation or bankrupt: %s', (status, expected) => {
    expect(userFrom('', { ...accountOf({}), status }).isBeingLiquidated).toBe(expected);
  });

  it('a name ends where its spaces or zeros begin', () => {
    expect(nameFrom([...Buffer.from('SOL-PERP'.padEnd(32))])).toBe('SOL-PERP');
    expect(nameFrom([...Buffer.from('SOL-PERP'), ...Array.from({ length: 24 }, () => 0)])).toBe('SOL-PERP');
  });

  it('what a market owes to all traders: their coins at its own last price, and what they paid', () => {
    const [market] = bothOf(
      accountNumbers({
        perpMarkets: [solPerp({ netUserSize: -2_000_000_000n, netUserQuote: 320_000_000n })],
      }),
    ).perps;
    if (market === undefined) throw new RangeError('no market');
    const owing: PerpMarketAccount = {
      ...market,
      amm: { ...market.amm, netUnsettledFundingPnl: bn(-7n), quoteAssetAmountWithUnsettledLp: bn(5n) },
    };
    const oracle = { price: bn(1n), slot: bn(1n), confidence: bn(1n), hasSufficientNumberOfDataPoints: true };
    expect(perpMarketFrom(owing, oracle).netUserPnl).toBe(19_999_998n);
  });

  it('an order whose trigger has been pulled is triggered, and one of an unknown kind is refused', () => {
    expect(orderFrom(order)).toMatchObject({
      kind: 'spot',
      side: 'buy',
      trigger: 'triggered',
      postOnly: true,
    });
    expect(orderFrom({ ...order, triggerCondition: { above: {} } }).trigger).toBe('above');
    expect(() => orderFrom({ ...order, orderType: { iceberg: {} } })).toThrow(TypeError);
  });
});
