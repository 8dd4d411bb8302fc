import { PublicKey } from '@solana/web3.js';
import { PostOnlyParams, SettlePnlMode } from '@drift-labs/sdk';

import type { DriftActor } from '../../actors/driftActor.ts';
import { ORACLES } from '../../addresses.ts';
import { big } from '../../driftAccounts.ts';
import { userKey, type Stage } from '../stage.ts';
import { makerInfo, perp, SOL_UNIT, USDC_UNIT } from './orders.ts';

const SOL = SOL_UNIT;
const HOUR = 3_600;

/** Funding of many hours with either sign, and what has been won and lost settled between. */
export async function fundingHours(stage: Stage): Promise<void> {
  const maker = await stage.join('maker', { depositUsdc: 100_000n * USDC_UNIT });
  const taker = await stage.join('taker', { depositUsdc: 10_000n * USDC_UNIT, depositSol: 20n * SOL });
  const keeper = await stage.join('keeper', { depositUsdc: 1_000n * USDC_UNIT });
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
  const fund = (step: string): Promise<void> =>
    stage.send(step, keeper, keeper.client.getUpdateFundingRateIx(0, new PublicKey(ORACLES.SOL)));
  const toTheHour = (): void => cluster.warp(HOUR - (cluster.now() % HOUR));
  const settle = (step: string, by: DriftActor, of: DriftActor): Promise<void> =>
    stage.send(step, by, by.client.settlePNLIx(userKey(of), of.account, 0));

  await trade('short', 40n * SOL, 149_900_000n);
  await fund('is updated too early');
  for (let hour = 0; hour < 5; hour += 1) {
    toTheHour();
    await fund(`hour ${hour}`);
    if (hour === 2)
      await stage.send(
        'taker settles funding',
        taker,
        taker.client.getSettleFundingPaymentIx(userKey(taker)),
      );
    cluster.warp(900);
    await trade('short', SOL, 148_700_000n - BigInt(hour) * 300_000n);
  }
  cluster.warp(HOUR + 1_300);
  await fund('late');
  toTheHour();
  await fund('an hour is skipped');
  toTheHour();
  await fund('the hour after');
  await stage.send('maker settles funding', keeper, keeper.client.getSettleFundingPaymentIx(userKey(maker)));
  cluster.setOracle('SOL', 153_300_000n);
  cluster.warp(400);
  await settle('taker settles its loss', taker, taker);
  await settle('nothing more is to settle', taker, taker);
  await settle('keeper settles the gain of the maker', keeper, maker);
  for (let hour = 0; hour < 4; hour += 1) {
    cluster.warp(700);
    await trade('long', 3n * SOL, 154_500_000n + BigInt(hour) * 200_000n);
    toTheHour();
    await fund(`hour ${hour} with others paying`);
  }
  cluster.setOracle('SOL', 146_000_000n);
  cluster.warp(700);
  await settle('maker settles its loss', maker, maker);
  await settle('taker settles its gain', taker, taker);
  await trade('long', 40n * SOL, 146_300_000n);
  await stage.send(
    'tries to settle',
    keeper,
    keeper.client.settleMultiplePNLsIx(userKey(maker), maker.account, [0], SettlePnlMode.TRY_SETTLE),
  );
  await stage.send(
    'must settle',
    keeper,
    keeper.client.settleMultiplePNLsIx(userKey(taker), taker.account, [0], SettlePnlMode.MUST_SETTLE),
  );
  cluster.stopOracles();
  cluster.advance(60);
  await settle('settles under an old price', taker, taker);
  cluster.advance(200);
  await settle('settles under a very old price', maker, maker);
  await stage.send(
    'withdraws under a very old price',
    taker,
    taker.client.getWithdrawIx(big(USDC_UNIT), 0, taker.usdcAccount),
  );
}
