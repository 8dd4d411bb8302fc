import { OrderType, PostOnlyParams } from '@drift-labs/sdk';

import { userKey, type Stage } from '../stage.ts';
import { makerInfo, openOrder, perp, SOL_UNIT, spot, USDC_UNIT, type Wanted } from './orders.ts';

const SOL = SOL_UNIT;

/** Orders whose price moves: auctions by price and by offset, filled by a keeper on the way and at the end. */
export async function auctions(stage: Stage): Promise<void> {
  const maker = await stage.join('maker', { depositUsdc: 200_000n * USDC_UNIT, depositSol: 200n * SOL });
  const taker = await stage.join('taker', { depositUsdc: 50_000n * USDC_UNIT, depositSol: 50n * SOL });
  const keeper = await stage.join('keeper', { depositUsdc: 1_000n * USDC_UNIT });
  const { client } = taker;
  const place = (step: string, wanted: Wanted): Promise<void> =>
    stage.send(step, taker, client.getPlacePerpOrderIx(perp(wanted)));
  const placeSpot = (step: string, wanted: Wanted): Promise<void> =>
    stage.send(step, taker, client.getPlaceSpotOrderIx(spot(wanted)));
  const fill = (step: string): Promise<void> =>
    stage.send(
      step,
      keeper,
      keeper.client.getFillPerpOrderIx(userKey(taker), taker.account, openOrder(taker), makerInfo(maker)),
    );
  const fillSpot = (step: string): Promise<void> =>
    stage.send(
      step,
      keeper,
      keeper.client.getFillSpotOrderIx(
        userKey(taker),
        taker.account,
        openOrder(taker),
        undefined,
        makerInfo(maker),
      ),
    );
  const cancel = (): Promise<void> =>
    stage.send('cancels all', taker, client.getCancelOrdersIx(null, null, null));

  const buy = { side: 'long', base: 2n * SOL } as const;
  const sell = { side: 'short', base: 2n * SOL } as const;
  const ORACLE = { type: OrderType.ORACLE } as const;
  const MARKET = { type: OrderType.MARKET } as const;
  const rising = { start: 149_500_000n, end: 150_600_000n, slots: 10 };
  const offsets = { start: -300_000n, end: 400_000n, slots: 10 };

  await place('an oracle order runs backwards', {
    ...buy,
    ...ORACLE,
    auction: { start: 400_000n, end: -300_000n, slots: 10 },
  });
  await place('an oracle order ends beyond its offset', {
    ...buy,
    ...ORACLE,
    auction: offsets,
    offset: 300_000,
  });
  await place('an oracle order names a price', {
    ...buy,
    ...ORACLE,
    auction: offsets,
    price: 150_000_000n,
  });
  await place('an oracle order is post-only', {
    ...buy,
    ...ORACLE,
    auction: offsets,
    postOnly: PostOnlyParams.MUST_POST_ONLY,
  });
  await place('an oracle order is immediate', { ...buy, ...ORACLE, auction: offsets, isIoc: true });
  await place('an oracle order waits for a trigger', {
    ...buy,
    ...ORACLE,
    auction: offsets,
    trigger: { price: 150_000_000n, isAbove: true },
  });
  await place('an auction runs backwards', {
    ...buy,
    ...MARKET,
    auction: { start: 151_000_000n, end: 150_000_000n, slots: 10 },
  });
  await place('an auction ends beyond its price', {
    ...buy,
    ...MARKET,
    auction: rising,
    price: 150_500_000n,
  });
  await place('a limit order with an auction is post-only', {
    ...buy,
    price: 151_000_000n,
    auction: rising,
    postOnly: PostOnlyParams.MUST_POST_ONLY,
  });
  await place('a limit order with an auction follows the oracle', {
    ...buy,
    offset: 500_000,
    auction: rising,
  });
  await place('a market order follows an offset', { ...buy, ...MARKET, auction: rising, offset: 500_000 });
  await place('a market order is post-only', {
    ...buy,
    ...MARKET,
    auction: rising,
    postOnly: PostOnlyParams.MUST_POST_ONLY,
  });
  await place('a market order is immediate', { ...buy, ...MARKET, auction: rising, isIoc: true });
  await place('a market order waits for a trigger', {
    ...buy,
    ...MARKET,
    auction: rising,
    trigger: { price: 150_000_000n, isAbove: true },
  });
  await cancel();

  const quote = async (): Promise<void> => {
    await stage.send('maker cancels', maker, maker.client.getCancelOrdersIx(null, null, null));
    for (const [side, price] of [
      ['long', 149_800_000n],
      ['short', 150_200_000n],
    ] as const) {
      const wanted = { side, base: 20n * SOL, price, postOnly: PostOnlyParams.MUST_POST_ONLY } as const;
      await stage.send(`maker quotes ${side}`, maker, maker.client.getPlacePerpOrderIx(perp(wanted)));
      await stage.send(`maker quotes SOL ${side}`, maker, maker.client.getPlaceSpotOrderIx(spot(wanted)));
    }
  };
  await quote();
  const taken: readonly (readonly [string, Wanted])[] = [
    ['an oracle order', { ...buy, ...ORACLE, auction: offsets }],
    ['an oracle order with an offset', { ...buy, ...ORACLE, auction: offsets, offset: 500_000 }],
    [
      'an oracle order that sells',
      { ...sell, ...ORACLE, auction: { start: 350_000n, end: -350_000n, slots: 8 }, offset: -400_000 },
    ],
    ['a market order', { ...buy, ...MARKET, auction: rising }],
    [
      'a market order that sells',
      { ...sell, ...MARKET, auction: { start: 150_700_000n, end: 149_600_000n, slots: 12 } },
    ],
    ['a limit order', { ...buy, price: 150_700_000n, auction: rising }],
  ];
  for (const [name, wanted] of taken) {
    await place(`${name} begins`, wanted);
    await fill(`${name} is too early`);
    stage.cluster.advance(4);
    await fill(`${name} is on its way`);
    stage.cluster.advance(5);
    if (openOrderCount(taker) > 0) await fill(`${name} is further`);
    stage.cluster.advance(20);
    if (openOrderCount(taker) > 0) await fill(`${name} has ended`);
    await cancel();
  }
  await quote();
  for (const [name, wanted] of taken) {
    await placeSpot(`${name} of SOL begins`, wanted);
    if (openOrderCount(taker) === 0) continue;
    stage.cluster.advance(4);
    await fillSpot(`${name} of SOL is on its way`);
    stage.cluster.advance(20);
    if (openOrderCount(taker) > 0) await fillSpot(`${name} of SOL has ended`);
    await cancel();
  }
  await placeSpot('a sale waits', {
    ...sell,
    type: OrderType.TRIGGER_LIMIT,
    price: 145_000_000n,
    trigger: { price: 149_900_000n, isAbove: false },
  });
  const trigger = (step: string): Promise<void> =>
    stage.send(
      step,
      keeper,
      keeper.client.getTriggerOrderIx(userKey(taker), taker.account, openOrder(taker)),
    );
  await trigger('a sale is triggered too early');
  stage.cluster.setOracle('SOL', 149_850_000n);
  stage.cluster.advance(2);
  await trigger('a sale is triggered');
  stage.cluster.advance(3);
  await fillSpot('a triggered sale begins');
  stage.cluster.advance(40);
  if (openOrderCount(taker) > 0) await fillSpot('a triggered sale has ended');
}

const openOrderCount = (actor: Parameters<typeof openOrder>[0]): number =>
  actor.account.orders.filter(({ status }) => 'open' in status).length;
