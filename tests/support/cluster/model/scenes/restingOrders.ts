import { ModifyOrderPolicy, OrderType, PositionDirection, PostOnlyParams, MarketType } from '@drift-labs/sdk';

import { big } from '../../driftAccounts.ts';
import { userKey, type Stage } from '../stage.ts';
import { openOrder, perp, SOL_UNIT, spot, USDC_UNIT } from './orders.ts';

const SOL = SOL_UNIT;

/** Orders that are placed, changed, cancelled, triggered and refused. */
export async function restingOrders(stage: Stage): Promise<void> {
  const owner = await stage.join('owner', { depositUsdc: 20_000n * USDC_UNIT, depositSol: 50n * SOL });
  const keeper = await stage.join('keeper', { depositUsdc: 1_000n * USDC_UNIT });
  const { client } = owner;
  const place = (step: string, wanted: Parameters<typeof perp>[0]): Promise<void> =>
    stage.send(step, owner, client.getPlacePerpOrderIx(perp(wanted)));
  const bid = { side: 'long', base: SOL, price: 148_000_000n } as const;

  await place('rests', { ...bid, userOrderId: 7 });
  await place('uses its number twice', { ...bid, userOrderId: 7 });
  await place('is below a step', { ...bid, base: 1_000_000n });
  await place('is off its step and its tick', { ...bid, base: SOL + 5n, price: 148_000_077n });
  await place('sells off its tick', { side: 'short', base: SOL, price: 152_000_033n });
  await place('has no price', { side: 'long', base: SOL });
  await place('may not be immediate', { ...bid, isIoc: true });
  await place('is too large', { ...bid, base: 5_000n * SOL });
  await place('crosses post-only', { ...bid, price: 151_000_000n, postOnly: PostOnlyParams.MUST_POST_ONLY });
  await place('tries post-only', { ...bid, price: 151_000_000n, postOnly: PostOnlyParams.TRY_POST_ONLY });
  await place('slides', { ...bid, price: 151_000_000n, postOnly: PostOnlyParams.SLIDE });
  await place('slides from the other side', {
    side: 'short',
    base: SOL,
    price: 149_000_000n,
    postOnly: PostOnlyParams.SLIDE,
  });
  await place('has ended already', { ...bid, maxTs: stage.cluster.now() - 5 });
  await place('ends soon', { ...bid, price: 147_000_000n, maxTs: stage.cluster.now() + 20 });
  await place('reduces nothing', { ...bid, reduceOnly: true });
  await place('follows the oracle', { side: 'long', base: SOL, offset: -500_000 });
  await place('follows and names a price', { ...bid, offset: -500_000 });
  await place('waits to buy', {
    side: 'long',
    base: SOL,
    type: OrderType.TRIGGER_MARKET,
    trigger: { price: 155_000_000n, isAbove: true },
  });
  await place('waits to sell at a limit', {
    side: 'short',
    base: SOL,
    price: 140_000_000n,
    type: OrderType.TRIGGER_LIMIT,
    trigger: { price: 145_000_000n, isAbove: false },
  });
  await place('waits without a condition', { side: 'long', base: SOL, type: OrderType.TRIGGER_MARKET });
  await place('goes by the market', { side: 'long', base: SOL, type: OrderType.MARKET });
  await place('goes by the market within a limit', {
    side: 'short',
    base: SOL,
    type: OrderType.MARKET,
    price: 149_900_000n,
  });
  await place('is an oracle order without offsets', { side: 'long', base: SOL, type: OrderType.ORACLE });
  await stage.send(
    'places three at once',
    owner,
    client.getPlaceOrdersIx([
      perp({ ...bid, price: 146_000_000n }),
      spot({ side: 'short', base: SOL, price: 160_000_000n }),
      perp({ side: 'short', base: 2n * SOL, price: 156_000_000n, postOnly: PostOnlyParams.MUST_POST_ONLY }),
    ]),
  );
  stage.cluster.warp(40);
  await place('lets what has ended go', { ...bid, price: 145_500_000n });
  await stage.send(
    'modifies',
    owner,
    client.getModifyOrderIx({ orderId: 1, newLimitPrice: big(147_500_000n), newBaseAmount: big(3n * SOL) }),
  );
  await stage.send(
    'modifies by its own number',
    owner,
    client.getModifyOrderByUserIdIx({
      userOrderId: 7,
      newDirection: PositionDirection.SHORT,
      newLimitPrice: big(153_000_000n),
    }),
  );
  await stage.send(
    'modifies nothing',
    owner,
    client.getModifyOrderIx({ orderId: 999, newLimitPrice: big(1n) }),
  );
  await stage.send(
    'must modify',
    owner,
    client.getModifyOrderIx({ orderId: 999, newLimitPrice: big(1n), policy: ModifyOrderPolicy.MustModify }),
  );
  await stage.send('cancels by its own number', owner, client.getCancelOrderByUserIdIx(7));
  await stage.send('cancels one', owner, client.getCancelOrderIx(openOrder(owner).orderId));
  await stage.send('cancels what it names', owner, client.getCancelOrdersByIdsIx([2, 3, 400]));
  const trigger = (step: string, orderId: number): Promise<void> => {
    const order = owner.account.orders.find((one) => one.orderId === orderId);
    if (order === undefined) throw new Error(`no order ${orderId}`);
    return stage.send(step, keeper, keeper.client.getTriggerOrderIx(userKey(owner), owner.account, order));
  };
  const waiting = owner.account.orders
    .filter(({ triggerPrice }) => !triggerPrice.isZero())
    .map(({ orderId }) => orderId);
  await trigger('triggers too early', waiting[0] ?? 0);
  stage.cluster.setOracle('SOL', 155_500_000n);
  stage.cluster.advance(3);
  await trigger('triggers above', waiting[0] ?? 0);
  stage.cluster.setOracle('SOL', 144_800_000n);
  stage.cluster.advance(3);
  await trigger('triggers below', waiting[1] ?? 0);
  await trigger('triggers twice', waiting[1] ?? 0);
  await stage.send(
    'cancels bids',
    owner,
    client.getCancelOrdersIx(MarketType.PERP, 0, PositionDirection.LONG),
  );
  await stage.send('cancels SOL', owner, client.getCancelOrdersIx(MarketType.SPOT, 1, null));
  await stage.send('cancels all', owner, client.getCancelOrdersIx(null, null, null));
  for (let count = 0; count < 4; count += 1)
    await stage.send(
      `fills its places, ${count}`,
      owner,
      client.getPlaceOrdersIx(
        Array.from({ length: 8 }, (_, at) =>
          perp({ ...bid, base: 10_000_000n, price: 140_000_000n + BigInt(at) * 100n }),
        ),
      ),
    );
  await place('has no place left', bid);
  await stage.send('sets a ratio of its own', owner, client.getUpdateUserCustomMarginRatioIx(5_000));
  await stage.send('cancels all again', owner, client.getCancelOrdersIx(null, null, null));
  await place('is too large for its ratio', { ...bid, base: 350n * SOL });
  await place('is as large as may be', { ...bid, base: 2n ** 64n - 1n });
}
