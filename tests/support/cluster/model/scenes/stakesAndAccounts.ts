import { TransactionInstruction } from '@solana/web3.js';

import type { DriftActor } from '../../actors/driftActor.ts';
import { big } from '../../driftAccounts.ts';
import { userKey, type Stage } from '../stage.ts';
import { perp, SOL_UNIT, USDC_UNIT } from './orders.ts';

const DAYS_13 = 13 * 86_400;

/** Stakes in the insurance fund, delegates, and accounts that are made and deleted. */
export async function stakesAndAccounts(stage: Stage): Promise<void> {
  const owner = await stage.join('owner', { usdc: 5_000n * USDC_UNIT, depositUsdc: 1_000n * USDC_UNIT });
  const friend = await stage.join('friend', { depositUsdc: 100n * USDC_UNIT, depositSol: SOL_UNIT });
  const { client } = owner;
  const usdc = owner.usdcAccount;

  await stage.send('opens a stake', owner, client.getInitializeInsuranceFundStakeIx(0));
  await stage.send('stakes', owner, client.getAddInsuranceFundStakeIx(0, big(1_234_567_891n), usdc));
  await stage.send('stakes nothing', owner, client.getAddInsuranceFundStakeIx(0, big(0), usdc));
  await stage.send('stakes more', owner, client.getAddInsuranceFundStakeIx(0, big(700n * USDC_UNIT), usdc));
  await stage.call('asks for too much', owner, () =>
    client.requestRemoveInsuranceFundStake(0, big(9_000n * USDC_UNIT)),
  );
  await stage.call('asks for a part', owner, () =>
    client.requestRemoveInsuranceFundStake(0, big(500_000_001n)),
  );
  await stage.call('asks again', owner, () => client.requestRemoveInsuranceFundStake(0, big(1n)));
  await stage.call('takes it too early', owner, () => client.removeInsuranceFundStake(0, usdc));
  await stage.call('takes the request back', owner, () => client.cancelRequestRemoveInsuranceFundStake(0));
  await stage.call('asks anew', owner, () => client.requestRemoveInsuranceFundStake(0, big(400_000_003n)));
  stage.cluster.warp(DAYS_13 + 10);
  await stage.call('takes it', owner, () => client.removeInsuranceFundStake(0, usdc));

  await stage.send(
    'names a delegate',
    owner,
    client.getUpdateUserDelegateIx(friend.keypair.publicKey, { subAccountId: 0 }),
  );
  await stage.call('is renamed', owner, () => client.updateUserName('Another', 0));
  const order = await client.getPlacePerpOrderIx(perp({ side: 'long', base: SOL_UNIT, price: 149_000_000n }));
  await stage.send('the delegate places an order', friend, signedBy(friend, order));
  const out = await client.getWithdrawIx(big(USDC_UNIT), 0, usdc);
  await stage.send('the delegate may not withdraw', friend, signedBy(friend, out));
  await stage.send('may not be deleted while in use', owner, client.getUserDeletionIx(userKey(owner)));
  const [second] = await client.getInitializeUserAccountIxs(1, 'Second');
  await stage.send('opens a second account', owner, second);
  const [fourth] = await client.getInitializeUserAccountIxs(3, 'Fourth');
  await stage.send('opens a fourth account before the third', owner, fourth);
  await stage.send('opens a second account again', owner, second);
  await stage.send('deletes the second account', owner, client.getUserDeletionIx(userKey(owner, 1)));
  await stage.send('cancels', owner, client.getCancelOrdersIx(null, null, null));
  await stage.send('withdraws all', owner, client.getWithdrawIx(big(99_999n * USDC_UNIT), 0, usdc, true));
}

/** The same, with another signer. */
const signedBy = (
  { keypair }: DriftActor,
  { programId, data, keys }: TransactionInstruction,
): TransactionInstruction =>
  new TransactionInstruction({
    programId,
    data,
    keys: keys.map((key) => (key.isSigner ? { ...key, pubkey: keypair.publicKey } : key)),
  });
