import { big } from '../../driftAccounts.ts';
import type { Stage } from '../stage.ts';
import { SOL_UNIT, USDC_UNIT } from './orders.ts';

/** How much may leave a market within a day, where no amount is too small to be guarded. */
export async function withdrawLimits(stage: Stage): Promise<void> {
  const bank = await stage.join('bank', { depositUsdc: 3_000_000n * USDC_UNIT });
  const alice = await stage.join('alice', { depositUsdc: 10n * USDC_UNIT, depositSol: 20_000n * SOL_UNIT });
  const small = await stage.join('small', { depositUsdc: 30n * USDC_UNIT });
  stage.change('usdc', { withdrawGuardThreshold: `${100n * USDC_UNIT}` });
  const take = (step: string, actor: typeof bank, usdc: bigint): Promise<void> =>
    stage.send(step, actor, actor.client.getWithdrawIx(big(usdc * USDC_UNIT), 0, actor.usdcAccount));
  const accrue = (step: string): Promise<void> =>
    stage.send(step, bank, bank.client.updateSpotMarketCumulativeInterestIx(0));

  await take('borrows before anything is known', alice, 5_000n);
  stage.cluster.warp(3_600);
  await accrue('an hour on');
  for (const amount of [100_000n, 50_000n, 20_000n, 5_000n]) await take(`borrows ${amount}`, alice, amount);
  stage.cluster.warp(86_400);
  await accrue('a day on');
  for (const amount of [900_000n, 600_000n, 300_000n, 90n])
    await take(`borrows ${amount} then`, alice, amount);
  for (const amount of [2_900_000n, 1_200_000n, 600_000n, 300_000n, 100_000n, 10_000n])
    await take(`withdraws ${amount}`, bank, amount);
  await take('a small one takes its own', small, 5n);
  await take('a small one takes the rest', small, 25n);
  stage.cluster.warp(86_400);
  await accrue('another day on');
  for (const amount of [1_500_000n, 700_000n, 200_000n, 10_000n])
    await take(`withdraws ${amount} then`, bank, amount);
  for (const amount of [900_000n, 300_000n, 50_000n]) await take(`borrows ${amount} at last`, alice, amount);
}
