import { OrderType, PostOnlyParams } from '@drift-labs/sdk';

import { userKey, type Stage } from '../stage.ts';
import { makerInfo, openOrder, SOL_UNIT, spot, USDC_UNIT } from './orders.ts';

const SOL = SOL_UNIT;

/** Takers of SOL against a maker, with and without a loan. */
export async function spotTakers(stage: Stage): Promise<void> {
  const maker = await stage.join('maker', { depositUsdc: 200_000n * USDC_UNIT, depositSol: 500n * SOL });
  const taker = await stage.join('taker', { depositUsdc: 10_000n * USDC_UNIT, depositSol: 5n * SOL });
  const keeper = await stage.join('keeper', { depositUsdc: 1_000n * USDC_UNIT });
  const quote = (side: 'long' | 'short', price: bigint, base: bigint): Promise<void> =>
    stage.send(
      `maker quotes ${side} ${base} at ${price}`,
      maker,
      maker.client.getPlaceSpotOrderIx(spot({ side, base, price, postOnly: PostOnlyParams.MUST_POST_ONLY })),
    );
  const take = (step: string, wanted: Parameters<typeof spot>[0]): Promise<void> =>
    stage.send(
      step,
      taker,
      taker.client.getPlaceAndTakeSpotOrderIx(spot(wanted), undefined, makerInfo(maker)),
    );

  await quote('short', 150_100_000n, 20n * SOL);
  await quote('short', 150_400_000n, 20n * SOL);
  await quote('long', 149_900_000n, 30n * SOL);
  await take('buys', { side: 'long', base: 3n * SOL + 10_000_000n, price: 150_200_000n, isIoc: true });
  await take('buys over two prices', { side: 'long', base: 20n * SOL, price: 150_500_000n, isIoc: true });
  await take('may not borrow', { side: 'long', base: 50n * SOL, price: 150_500_000n, isIoc: true });
  await take('sells a part and leaves the rest', { side: 'short', base: 28n * SOL, price: 149_800_000n });
  await take('may not sell what it has not', { side: 'short', base: 90n * SOL, price: 149_800_000n });
  await stage.send('cancels', taker, taker.client.getCancelOrdersIx(null, null, null));
  await stage.send('allows loans', taker, taker.client.getUpdateUserMarginTradingEnabledIx(true));
  await quote('long', 149_850_000n, 60n * SOL);
  await take('sells on loan', { side: 'short', base: 20n * SOL, price: 149_800_000n, isIoc: true });
  stage.cluster.warp(86_400);
  await quote('short', 150_050_000n, 100n * SOL);
  await take('buys back by reducing', {
    side: 'long',
    base: 60n * SOL,
    price: 150_200_000n,
    reduceOnly: true,
    isIoc: true,
  });
  await take('buys on loan', { side: 'long', base: 70n * SOL, price: 150_200_000n, isIoc: true });
  await stage.send('forbids loans', taker, taker.client.getUpdateUserMarginTradingEnabledIx(false));
  await take('asks for too much', { side: 'long', base: 900n * SOL, price: 150_200_000n, isIoc: true });
  await stage.send(
    'rests a sale',
    taker,
    taker.client.getPlaceSpotOrderIx(spot({ side: 'short', base: 5n * SOL, price: 149_800_000n })),
  );
  stage.cluster.advance(4);
  await stage.send(
    'keeper fills the sale',
    keeper,
    keeper.client.getFillSpotOrderIx(
      userKey(taker),
      taker.account,
      openOrder(taker),
      undefined,
      makerInfo(maker),
    ),
  );
  await take('takes at the market', { side: 'short', base: SOL, type: OrderType.MARKET });
  await stage.send(
    'waits for a price',
    taker,
    taker.client.getPlaceSpotOrderIx(
      spot({
        side: 'short',
        base: SOL,
        type: OrderType.TRIGGER_MARKET,
        trigger: { price: 149_000_000n, isAbove: false },
      }),
    ),
  );
  const trigger = (step: string): Promise<void> =>
    stage.send(
      step,
      keeper,
      keeper.client.getTriggerOrderIx(userKey(taker), taker.account, openOrder(taker)),
    );
  await trigger('triggers too early');
  stage.cluster.setOracle('SOL', 148_900_000n);
  stage.cluster.advance(2);
  await trigger('triggers');
  await trigger('triggers twice');
}
