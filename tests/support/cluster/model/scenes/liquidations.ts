import { PostOnlyParams } from '@drift-labs/sdk';

import { big } from '../../driftAccounts.ts';
import { userKey, type Stage } from '../stage.ts';
import { makerInfo, perp, SOL_UNIT, USDC_UNIT } from './orders.ts';

const SOL = SOL_UNIT;

/** Accounts whose margin is spent: their orders go, and a keeper takes over step by step. */
export async function liquidations(stage: Stage): Promise<void> {
  const maker = await stage.join('maker', { depositUsdc: 500_000n * USDC_UNIT });
  const taker = await stage.join('taker', { depositUsdc: 2_000n * USDC_UNIT });
  const keeper = await stage.join('keeper', { depositUsdc: 100_000n * USDC_UNIT });
  const { cluster } = stage;
  const trade = async (side: 'long' | 'short', base: bigint, price: bigint): Promise<void> => {
    const against = side === 'long' ? 'short' : 'long';
    await stage.send(
      `maker quotes ${against} ${base} at ${price}`,
      maker,
      maker.client.getPlacePerpOrderIx(
        perp({ side: against, base, price, postOnly: PostOnlyParams.MUST_POST_ONLY }),
      ),
    );
    await stage.send(
      `taker goes ${side} ${base}`,
      taker,
      taker.client.getPlaceAndTakePerpOrderIx(perp({ side, base, price, isIoc: true }), makerInfo(maker)),
    );
  };
  const liquidate = (step: string, base: bigint, limit?: bigint): Promise<void> =>
    stage.send(
      step,
      keeper,
      keeper.client.getLiquidatePerpIx(
        userKey(taker),
        taker.account,
        0,
        big(base),
        limit === undefined ? undefined : big(limit),
      ),
    );
  const at = (price: bigint): void => {
    cluster.setOracle('SOL', price);
    cluster.warp(60);
  };

  await trade('long', 120n * SOL, 150_100_000n);
  await stage.send(
    'rests a bid',
    taker,
    taker.client.getPlacePerpOrderIx(perp({ side: 'long', base: 3n * SOL, price: 139_000_000n })),
  );
  await liquidate('has enough', 10n * SOL);
  at(140_000_000n);
  await liquidate('takes over a part', 2n * SOL, 140_100_000n);
  await liquidate('would pay too little', 200n * SOL, 139_900_000n);
  await stage.send(
    'may not trade',
    taker,
    taker.client.getPlacePerpOrderIx(perp({ side: 'short', base: SOL, price: 145_000_000n })),
  );
  cluster.advance(30);
  await liquidate('takes over more', 5n * SOL + 1n);
  cluster.advance(80);
  await liquidate('takes over what it names', 2n * SOL);
  await liquidate('takes over the rest that is due', 200n * SOL);
  await liquidate('is done', 200n * SOL);
  await stage.send(
    'trades again',
    taker,
    taker.client.getPlaceAndTakePerpOrderIx(
      perp({ side: 'short', base: SOL, price: 135_000_000n, isIoc: true }),
      makerInfo(maker),
    ),
  );
  at(126_500_000n);
  await liquidate('falls far', 1_000n * SOL);
  cluster.advance(200);
  await liquidate('falls far, later', 1_000n * SOL);
  cluster.advance(200);
  await liquidate('falls far, at last', 1_000n * SOL);
  await stage.send('deposits', taker, taker.client.getDepositInstruction(big(1n), 0, taker.usdcAccount));
}
