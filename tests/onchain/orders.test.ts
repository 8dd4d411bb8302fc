import {
  getOrderParams,
  isVariant,
  MarketType,
  OrderTriggerCondition,
  OrderType,
  PlaceAndTakeOrderSuccessCondition,
  PositionDirection,
  PostOnlyParams,
  type OptionalOrderParams,
  type Order,
} from '@drift-labs/sdk';
import { afterEach, beforeAll, beforeEach, afterAll, describe, expect, it } from 'vitest';

import { DriftActor } from '../support/cluster/actors/driftActor.ts';
import { big } from '../support/cluster/driftAccounts.ts';
import type { ClusterSnapshot } from '../support/cluster/localCluster.ts';
import { int } from './bigints.ts';
import { whySkipped } from './driftBinary.ts';
import { atSnapshot, closeRealMarket, openRealMarket, QUOTES, type RealMarket } from './realMarket.ts';

const SOL = 1_000_000_000n;
const { LONG, SHORT } = PositionDirection;
const IMMEDIATE_OR_CANCEL = 1;

describe.skipIf(whySkipped())('an order on the real program', () => {
  let market: RealMarket;
  let start: ClusterSnapshot;
  let trader: DriftActor;
  let keypair: DriftActor['keypair'];
  beforeAll(async () => {
    market = await openRealMarket();
    const means = { depositUsdc: 10_000_000_000n, depositSol: 100n * SOL };
    const first = await DriftActor.join(market.cluster, means);
    ({ keypair } = first);
    await first.leave();
    start = market.cluster.snapshot();
  });
  beforeEach(async () => {
    market = await atSnapshot(market, start);
    trader = await DriftActor.rejoin(market.cluster, keypair);
  });
  afterEach(() => trader.leave());
  afterAll(() => closeRealMarket(market));

  const perp = (
    direction: PositionDirection,
    base: bigint,
    price: bigint,
    more: object = {},
  ): OptionalOrderParams =>
    getOrderParams({
      orderType: OrderType.LIMIT,
      marketType: MarketType.PERP,
      marketIndex: 0,
      direction,
      baseAssetAmount: big(base),
      price: big(price),
      ...more,
    });
  const spot = (
    direction: PositionDirection,
    base: bigint,
    price: bigint,
    more: object = {},
  ): OptionalOrderParams => ({
    ...perp(direction, base, price, more),
    marketType: MarketType.SPOT,
    marketIndex: 1,
  });
  const open = async (): Promise<Order[]> => {
    await trader.refresh();
    return trader.account.orders.filter(({ status }) => isVariant(status, 'open'));
  };
  const onlyOpen = async (): Promise<Order> => {
    const [order, ...others] = await open();
    if (!order || others.length > 0) throw new Error('one open order was expected');
    return order;
  };
  const position = async (): Promise<{ base: bigint; quote: bigint }> => {
    await trader.refresh();
    const held = trader.user().getPerpPosition(0);
    return { base: held ? int(held.baseAssetAmount) : 0n, quote: held ? int(held.quoteAssetAmount) : 0n };
  };
  const tokens = async (): Promise<{ usdc: bigint; sol: bigint }> => {
    await trader.refresh();
    return { usdc: int(trader.user().getTokenAmount(0)), sol: int(trader.user().getTokenAmount(1)) };
  };
  const ioc = { bitFlags: IMMEDIATE_OR_CANCEL };

  it('rests at its limit with its own number, is modified, and is cancelled', async () => {
    await trader.client.placePerpOrder(perp(LONG, SOL, 140_000_000n, { userOrderId: 7 }));
    expect(await onlyOpen()).toMatchObject({ orderId: 1, userOrderId: 7 });

    await trader.client.modifyOrder({ orderId: 1, newLimitPrice: big(141_000_000n) });
    const modified = await onlyOpen();
    expect(int(modified.price)).toBe(141_000_000n);
    // The program cancels and places anew.
    expect(modified.orderId).toBe(2);

    await trader.client.cancelOrder(2);
    expect(await open()).toEqual([]);
  });

  it('of many is placed and cancelled at once, by market too', async () => {
    await trader.client.placeOrders([
      getOrderParams(perp(LONG, SOL, 140_000_000n)),
      getOrderParams(perp(SHORT, SOL, 160_000_000n)),
      getOrderParams(spot(LONG, SOL, 140_000_000n)),
    ]);
    expect(await open()).toHaveLength(3);

    await trader.client.cancelOrders(MarketType.PERP, 0);
    expect((await onlyOpen()).marketIndex).toBe(1);
    await trader.client.cancelOrders();
    expect(await open()).toEqual([]);
  });

  it('that must only make rests, or is refused where the AMM would take it, paused as it is', async () => {
    const makes = { postOnly: PostOnlyParams.MUST_POST_ONLY };
    await trader.client.placePerpOrder(perp(LONG, SOL, 149_000_000n, makes));
    expect(await onlyOpen()).toMatchObject({ postOnly: true });

    const crossing = perp(LONG, SOL, 151_000_000n, makes);
    await expect(trader.client.placePerpOrder(crossing)).rejects.toThrow('PlacePostOnlyLimitFailure');
    await trader.client.placePerpOrder({ ...crossing, postOnly: PostOnlyParams.TRY_POST_ONLY });
    expect(await open()).toHaveLength(1);
  });

  it('that is immediate takes what the maker offers on SOL-PERP, at its price and 10 bp', async () => {
    const maker = await market.maker.maker('SOL-PERP', 'bid');
    await trader.client.placeAndTakePerpOrder(perp(SHORT, 10n * SOL, 149_000_000n, ioc), maker);

    // 10 × $149.90, less 10 bp.
    expect(await position()).toEqual({ base: -10n * SOL, quote: 1_497_501_000n });
    expect(await open()).toEqual([]);
  });

  it('that is immediate takes what the maker offers on SOL, at its price and 10 bp', async () => {
    const before = await tokens();
    const buy = spot(LONG, SOL, 151_000_000n, ioc);
    await trader.client.placeAndTakeSpotOrder(buy, undefined, await market.maker.maker('SOL', 'ask'));
    const bought = await tokens();
    expect(bought.sol - before.sol).toBe(SOL);
    // 1 × $150.20, and 10 bp.
    expect(before.usdc - bought.usdc).toBe(150_350_200n);

    const sell = spot(SHORT, SOL, 149_000_000n, ioc);
    await trader.client.placeAndTakeSpotOrder(sell, undefined, await market.maker.maker('SOL', 'bid'));
    const sold = await tokens();
    expect(sold.usdc - bought.usdc).toBe(149_650_200n);
    expect(await open()).toEqual([]);
  });

  it('that is immediate leaves unfilled what nobody offers at its limit, and rests nothing', async () => {
    const maker = await market.maker.maker('SOL-PERP', 'bid');
    await trader.client.placeAndTakePerpOrder(perp(SHORT, SOL, 149_950_000n, ioc), maker);

    expect(await position()).toEqual({ base: 0n, quote: 0n });
    expect(await open()).toEqual([]);
  });

  it('that is immediate is filled in part where the maker has less', async () => {
    const maker = await market.maker.maker('SOL-PERP', 'bid');
    await trader.client.deposit(big(5_000_000_000n), 1, trader.keypair.publicKey);
    await trader.client.placeAndTakePerpOrder(perp(SHORT, 120n * SOL, 149_000_000n, ioc), maker);

    expect((await position()).base).toBe(-100n * SOL);
  });

  it('that is to fill whole or not at all is filled in part: the condition is not known yet', async () => {
    const maker = await market.maker.maker('SOL-PERP', 'bid');
    await trader.client.deposit(big(5_000_000_000n), 1, trader.keypair.publicKey);
    const order = perp(SHORT, 120n * SOL, 149_000_000n, ioc);
    await trader.client.placeAndTakePerpOrder(
      order,
      maker,
      undefined,
      PlaceAndTakeOrderSuccessCondition.FullFill,
    );

    expect((await position()).base).toBe(-100n * SOL);
  });

  it('that only reduces takes back a position and never turns it', async () => {
    const bid = await market.maker.maker('SOL-PERP', 'bid');
    await trader.client.placeAndTakePerpOrder(perp(SHORT, 2n * SOL, 149_000_000n, ioc), bid);
    const ask = await market.maker.maker('SOL-PERP', 'ask');
    const more = { ...ioc, reduceOnly: true };
    await trader.client.placeAndTakePerpOrder(perp(LONG, 5n * SOL, 151_000_000n, more), ask);

    expect((await position()).base).toBe(0n);
  });

  it('that is triggered waits for its price, and is filled after its auction', async () => {
    const { cluster, keeper, maker } = market;
    await trader.client.placeAndTakePerpOrder(
      perp(SHORT, 10n * SOL, 149_000_000n, ioc),
      await maker.maker('SOL-PERP', 'bid'),
    );
    await trader.client.placePerpOrder(
      perp(LONG, 10n * SOL, 156_000_000n, {
        orderType: OrderType.TRIGGER_LIMIT,
        triggerPrice: big(152_000_000n),
        triggerCondition: OrderTriggerCondition.ABOVE,
        reduceOnly: true,
      }),
    );
    const { orderId } = await onlyOpen();
    await expect(keeper.trigger(trader.userKey, orderId)).rejects.toThrow('0x');

    cluster.setOracle('SOL', 153_000_000n);
    await keeper.trigger(trader.userKey, orderId);
    expect(isVariant((await onlyOpen()).triggerCondition, 'triggeredAbove')).toBe(true);
    await maker.quote(QUOTES);
    const ask = await maker.maker('SOL-PERP', 'ask');
    await keeper.fill(trader.userKey, orderId, ask);
    expect((await position()).base).toBe(-10n * SOL);

    cluster.advance(40);
    await keeper.fill(trader.userKey, orderId, ask);
    expect((await position()).base).toBe(0n);
    expect(await open()).toEqual([]);
  });

  it('resting across the book is filled by a keeper', async () => {
    await trader.client.placePerpOrder(perp(LONG, SOL, 151_000_000n));
    const { orderId } = await onlyOpen();
    const ask = await market.maker.maker('SOL-PERP', 'ask');

    await market.keeper.fill(trader.userKey, orderId, ask);

    expect((await position()).base).toBe(SOL);
  });

  it('past its time is filled no more, and taken away from 15 s after it', async () => {
    const maxTs = big(market.cluster.now() + 20);
    await trader.client.placePerpOrder(perp(LONG, SOL, 151_000_000n, { maxTs }));
    const { orderId } = await onlyOpen();
    const ask = await market.maker.maker('SOL-PERP', 'ask');
    market.cluster.warp(30);
    await expect(market.keeper.fill(trader.userKey, orderId, ask)).rejects.toThrow('ImpossibleFill');

    market.cluster.warp(10);
    await market.keeper.fill(trader.userKey, orderId, ask);

    expect((await position()).base).toBe(0n);
    expect(await open()).toEqual([]);
  });
});
