import { OrderType, PostOnlyParams } from '@drift-labs/sdk';

import { userKey, type Stage } from '../stage.ts';
import { makerInfo, openOrder, perp, SOL_UNIT, USDC_UNIT } from './orders.ts';

const SOL = SOL_UNIT;

/** Takers of SOL-PERP against a maker: whole and partial fills, turns, reduce-only, immediate or cancel, fills by a keeper. */
export async function perpTakers(stage: Stage): Promise<void> {
  const maker = await stage.join('maker', { depositUsdc: 200_000n * USDC_UNIT });
  const taker = await stage.join('taker', { depositUsdc: 20_000n * USDC_UNIT });
  const keeper = await stage.join('keeper', { depositUsdc: 1_000n * USDC_UNIT });
  const quote = (
    side: 'long' | 'short',
    price: bigint,
    base: bigint,
    postOnly = PostOnlyParams.MUST_POST_ONLY,
  ): Promise<void> =>
    stage.send(
      `maker quotes ${side} ${base} at ${price}`,
      maker,
      maker.client.getPlacePerpOrderIx(perp({ side, base, price, postOnly })),
    );
  const take = (step: string, wanted: Parameters<typeof perp>[0]): Promise<void> =>
    stage.send(step, taker, taker.client.getPlaceAndTakePerpOrderIx(perp(wanted), makerInfo(maker)));

  await quote('short', 150_300_000n, 20n * SOL);
  await quote('short', 150_500_000n, 20n * SOL);
  await quote('short', 150_300_000n, 5n * SOL);
  await quote('long', 149_700_000n, 30n * SOL);
  await take('takes a part', { side: 'long', base: 7n * SOL + 30_000_000n, price: 150_400_000n });
  await take('takes over two prices', { side: 'long', base: 25n * SOL, price: 150_600_000n, isIoc: true });
  await take('finds nothing at its price', { side: 'long', base: SOL, price: 150_010_000n, isIoc: true });
  await take('leaves a rest', { side: 'long', base: 40n * SOL, price: 150_500_000n });
  await take('cancels a rest', { side: 'long', base: 40n * SOL, price: 150_700_000n, isIoc: true });
  await stage.send('cancels its orders', taker, taker.client.getCancelOrdersIx(null, null, null));
  await take('reduces', {
    side: 'short',
    base: 12n * SOL,
    price: 149_500_000n,
    reduceOnly: true,
    isIoc: true,
  });
  await take('may not reduce by buying', {
    side: 'long',
    base: SOL,
    price: 151_000_000n,
    reduceOnly: true,
    isIoc: true,
  });
  await quote('long', 149_900_000n, 100n * SOL);
  await take('turns', { side: 'short', base: 60n * SOL, price: 149_600_000n, isIoc: true });
  await take('reduces no more than it has', {
    side: 'long',
    base: 90n * SOL,
    price: 151_000_000n,
    reduceOnly: true,
    isIoc: true,
  });
  await quote('short', 150_200_000n, 90n * SOL);
  await take('closes by reducing', {
    side: 'long',
    base: 90n * SOL,
    price: 151_000_000n,
    reduceOnly: true,
    isIoc: true,
  });
  await take('sells at the market', { side: 'short', base: 3n * SOL, type: OrderType.MARKET });
  await take('may not take as a market order at once', {
    side: 'short',
    base: SOL,
    type: OrderType.MARKET,
    isIoc: true,
  });
  await take('may not take post-only', {
    side: 'long',
    base: SOL,
    price: 150_400_000n,
    postOnly: PostOnlyParams.MUST_POST_ONLY,
  });
  await stage.send(
    'rests and waits for a keeper',
    taker,
    taker.client.getPlacePerpOrderIx(perp({ side: 'long', base: 4n * SOL, price: 150_250_000n })),
  );
  stage.cluster.advance(5);
  const fill = async (step: string): Promise<void> => {
    const order = openOrder(taker);
    await stage.send(
      step,
      keeper,
      keeper.client.getFillPerpOrderIx(userKey(taker), taker.account, order, makerInfo(maker)),
    );
  };
  await fill('keeper fills');
  await quote('short', 150_240_000n, 2n * SOL);
  await stage.send(
    'rests with an end',
    taker,
    taker.client.getPlacePerpOrderIx(
      perp({ side: 'long', base: 2n * SOL, price: 149_000_000n, maxTs: stage.cluster.now() + 60 }),
    ),
  );
  stage.cluster.warp(70);
  await fill('keeper may not expire yet');
  stage.cluster.warp(30);
  await fill('keeper expires');
  await stage.send(
    'follows the oracle',
    maker,
    maker.client.getPlacePerpOrderIx(
      perp({ side: 'short', base: 5n * SOL, offset: 100_000, postOnly: PostOnlyParams.MUST_POST_ONLY }),
    ),
  );
  stage.cluster.setOracle('SOL', 150_900_000n);
  stage.cluster.warp(30);
  await take('takes the order that follows the oracle', {
    side: 'long',
    base: 6n * SOL,
    price: 151_100_000n,
    isIoc: true,
  });
  stage.cluster.setOracle('SOL', 149_000_000n);
  stage.cluster.warp(3);
  await take('sells to bids above the oracle', {
    side: 'short',
    base: 20n * SOL,
    price: 149_000_000n,
    isIoc: true,
  });
}
