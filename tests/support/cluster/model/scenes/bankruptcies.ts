import { PostOnlyParams } from '@drift-labs/sdk';

import type { DriftActor } from '../../actors/driftActor.ts';
import { big } from '../../driftAccounts.ts';
import { userKey, type Stage } from '../stage.ts';
import { makerInfo, perp, SOL_UNIT, spot, USDC_UNIT } from './orders.ts';

const SOL = SOL_UNIT;

/** Accounts that owe more than they have, on either side, after their positions are gone. */
export async function bankruptcies(stage: Stage): Promise<void> {
  const maker = await stage.join('maker', { depositUsdc: 500_000n * USDC_UNIT });
  const bull = await stage.join('bull', { usdc: 500n * USDC_UNIT, depositUsdc: 3_000n * USDC_UNIT });
  const bear = await stage.join('bear', { depositUsdc: 3_000n * USDC_UNIT });
  const keeper = await stage.join('keeper', { depositUsdc: 100_000n * USDC_UNIT });
  const trade = async (taker: DriftActor, side: 'long' | 'short', price: bigint): Promise<void> => {
    const against = side === 'long' ? 'short' : 'long';
    const base = 120n * SOL;
    await stage.send(
      `maker quotes ${against} at ${price}`,
      maker,
      maker.client.getPlacePerpOrderIx(
        perp({ side: against, base, price, postOnly: PostOnlyParams.MUST_POST_ONLY }),
      ),
    );
    await stage.send(
      `a taker goes ${side}`,
      taker,
      taker.client.getPlaceAndTakePerpOrderIx(perp({ side, base, price, isIoc: true }), makerInfo(maker)),
    );
  };
  const liquidate = (step: string, user: DriftActor, base: bigint, by = keeper): Promise<void> =>
    stage.send(step, by, by.client.getLiquidatePerpIx(userKey(user), user.account, 0, big(base)));
  const settle = (step: string, user: DriftActor): Promise<void> =>
    stage.send(step, keeper, keeper.client.settlePNLIx(userKey(user), user.account, 0));

  await trade(bull, 'long', 150_100_000n);
  await trade(bear, 'short', 149_900_000n);
  await stage.send(
    'the bull rests a bid for SOL',
    bull,
    bull.client.getPlaceSpotOrderIx(spot({ side: 'long', base: SOL, price: 130_000_000n })),
  );
  // As a loss elsewhere would have done.
  stage.change('bull0', { 'spotPositions.0.scaledBalance': '0' });
  stage.cluster.setOracle('SOL', 142_000_000n);
  stage.cluster.warp(60);
  await liquidate('takes over a part', bull, 20n * SOL);
  await settle('the bull cannot settle', bull);
  await liquidate('takes over the rest', bull, 1_000n * SOL);
  stage.cluster.advance(200);
  await liquidate('takes over what is left', bull, 1_000n * SOL);
  await liquidate('the bull is bankrupt', bull, SOL);
  await settle('the bull may not settle', bull);
  await stage.send(
    'the bull may not trade',
    bull,
    bull.client.getPlacePerpOrderIx(perp({ side: 'long', base: SOL, price: 130_000_000n })),
  );
  await stage.send(
    'the bull may not deposit',
    bull,
    bull.client.getDepositInstruction(big(100n * USDC_UNIT), 0, bull.usdcAccount),
  );
  await stage.send(
    'the bull may not withdraw',
    bull,
    bull.client.getWithdrawIx(big(USDC_UNIT), 0, bull.usdcAccount),
  );
  await liquidate('a bankrupt may not liquidate', bear, SOL, bull);

  stage.change('bear0', { 'spotPositions.0.scaledBalance': '0' });
  stage.cluster.setOracle('SOL', 155_000_000n);
  stage.cluster.warp(300);
  await liquidate('takes over the position of the bear', bear, 1_000n * SOL);
  stage.cluster.advance(200);
  await liquidate('takes over what is left of it', bear, 1_000n * SOL);
  await liquidate('the bear is bankrupt', bear, SOL);
}
