import { big } from '../../driftAccounts.ts';
import type { Stage } from '../stage.ts';
import { SOL_UNIT, USDC_UNIT } from './orders.ts';

const DAY = 86_400;

/** Deposits, withdrawals and transfers, with a borrow that costs interest over weeks. */
export async function collateral(stage: Stage): Promise<void> {
  const bank = await stage.join('bank', { depositUsdc: 50_000n * USDC_UNIT, depositSol: 400n * SOL_UNIT });
  const alice = await stage.join('alice', {
    usdc: 5_000n * USDC_UNIT,
    depositUsdc: 1_000n * USDC_UNIT,
    depositSol: 100n * SOL_UNIT,
  });
  const { client } = alice;
  const usdc = alice.usdcAccount;

  await stage.send('deposits more', alice, client.getDepositInstruction(big(777_777_777n), 0, usdc));
  await stage.send('deposits nothing', alice, client.getDepositInstruction(big(0), 0, usdc));
  await stage.send(
    'deposits more than it has',
    alice,
    client.getDepositInstruction(big(99_999n * USDC_UNIT), 0, usdc),
  );
  const [second] = await client.getInitializeUserAccountIxs(1, 'Second');
  await stage.send('opens a second account', alice, second);
  await client.addUser(1);
  await stage.send('transfers', alice, client.getTransferDepositIx(big(300_000_001n), 0, 0, 1));
  await stage.send('transfers SOL', alice, client.getTransferDepositIx(big(10n * SOL_UNIT + 1n), 1, 0, 1));
  await stage.send(
    'transfers back what it has not',
    alice,
    client.getTransferDepositIx(big(90_000n * USDC_UNIT), 0, 1, 0),
  );
  await stage.send('withdraws', alice, client.getWithdrawIx(big(123_456_789n), 0, usdc));
  await stage.send('borrows', alice, client.getWithdrawIx(big(6_000n * USDC_UNIT), 0, usdc));
  await stage.send('borrows too much', alice, client.getWithdrawIx(big(40_000n * USDC_UNIT), 0, usdc));
  for (const days of [1, 3, 10]) {
    stage.cluster.warp(days * DAY);
    await stage.send(`accrues after ${days} days`, bank, bank.client.updateSpotMarketCumulativeInterestIx(0));
    await stage.send(
      'repays a part',
      alice,
      client.getDepositInstruction(big(500n * USDC_UNIT + 1n), 0, usdc),
    );
  }
  stage.cluster.setOracle('SOL', 171_234_567n);
  stage.cluster.warp(600);
  await stage.send(
    'withdraws SOL at another price',
    bank,
    bank.client.getWithdrawIx(big(5n * SOL_UNIT), 0, bank.usdcAccount),
  );
  await stage.send(
    'repays all, and no more',
    alice,
    client.getDepositInstruction(big(9_000n * USDC_UNIT), 0, usdc, 0, true),
  );
  await stage.send('withdraws all', alice, client.getWithdrawIx(big(99_999n * USDC_UNIT), 0, usdc, true));
  await stage.send('accrues SOL', bank, bank.client.updateSpotMarketCumulativeInterestIx(1));
}
