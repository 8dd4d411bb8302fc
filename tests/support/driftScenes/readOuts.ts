import { ComputeBudgetProgram, Keypair, PublicKey, SystemProgram, TransactionMessage } from '@solana/web3.js';
import { expect, it } from 'vitest';

import { readInsuranceFunds } from '../../../src/main/venues/drift/insuranceFund.ts';
import { openForTrading, type TradingState } from '../../../src/main/venues/drift/openForTrading.ts';
import type { SharedClient } from '../../../src/main/venues/drift/sharedClient.ts';
import { DriftActor } from '../cluster/actors/driftActor.ts';
import {
  big,
  decodeAccount,
  driftAddress,
  encodeAccount,
  type DriftAccountName,
  type Fields,
} from '../cluster/driftAccounts.ts';
import { LocalCluster } from '../cluster/localCluster.ts';
import { INSURANCE_STAKE } from '../cluster/marketTerms.ts';
import { DriftRig } from '../driftRig.ts';
import type { Scene } from './scene.ts';

const web3 = { ComputeBudgetProgram, PublicKey, SystemProgram, TransactionMessage };
const ALL_PAUSED = 255;
const FILLS_PAUSED = 8;
const PERP_FILL_PAUSED = 4;
const STAKE = 2_500_000_000n;

/** What the exchange says of itself, and whether it trades. */
export function describeReadOuts(given: () => Scene): void {
  const asked = (rig: DriftRig, subAccount = 0): Promise<TradingState> =>
    openForTrading({ chain: rig.chain, web3, open: () => Promise.resolve(rig.client), subAccount });
  const change = (name: DriftAccountName, address: string, changed: Fields): void => {
    const { cluster } = given().place;
    const account = cluster.account(address);
    if (account === undefined) throw new Error(`no account ${name}`);
    const fields = { ...decodeAccount(name, account.data), ...changed };
    cluster.setAccount(address, { ...account, data: encodeAccount(name, fields) });
  };

  it('is open where the program looks at an order, and nothing of it has happened', async () => {
    const { venue, place } = given();
    const { slot } = place.cluster;
    expect(await asked(place.rig)).toEqual({ kind: 'open' });
    expect(place.cluster.slot).toBe(slot);
    await venue.sync();
    expect(venue.takeEvents()).toEqual([]);
    expect(venue.paused).toEqual([]);
  });

  it('is open to who has no sub-account yet, or nothing in it', async () => {
    const { cluster } = given().place;
    const wallet = Keypair.generate();
    cluster.airdrop(wallet.publicKey.toBase58(), 1_000_000_000n);
    const rig = await DriftRig.start(cluster, wallet);
    expect(await asked(rig)).toEqual({ kind: 'open' });
    await rig.subAccounts.create(0, 'empty');
    expect(await asked(rig)).toEqual({ kind: 'open' });
    await rig.close();
  });

  it('cannot be asked for a wallet without any SOL, which says so', async () => {
    const rig = await DriftRig.start(given().place.cluster);
    await expect(asked(rig)).rejects.toMatchObject({ code: 'INSUFFICIENT_GAS' });
    await rig.close();
  });

  it.each([
    ['everything', ALL_PAUSED, 'deposits'],
    ['fills alone', FILLS_PAUSED, 'fills'],
  ])('has paused where the exchange has paused %s', async (_, exchangeStatus, what) => {
    const { venue, place } = given();
    change('State', driftAddress('drift_state'), { exchangeStatus });
    const found = await asked(place.rig);
    expect(found.kind === 'paused' ? found.answer : '').toContain('paused');
    expect(await asked(place.rig, 9)).toMatchObject({ kind: 'paused' });
    await venue.sync();
    expect(venue.paused).toContain(what);
  });

  it('has paused where its market fills nothing', async () => {
    change('PerpMarket', driftAddress('perp_market', 0), { pausedOperations: PERP_FILL_PAUSED });
    expect(await asked(given().place.rig)).toMatchObject({ kind: 'paused' });
  });

  it('is closed where the chain has no such program any more', async () => {
    const empty = await LocalCluster.start();
    const wallet = Keypair.generate();
    const starting = DriftRig.start(empty, wallet);
    const open = async (): Promise<SharedClient> => (await starting).client;
    const { chain } = given().place.rig;
    expect(await openForTrading({ chain, web3, open, subAccount: 0 })).toMatchObject({ kind: 'closed' });
    await empty.close();
  });

  it('shows its insurance funds, and what of them is ours', async () => {
    const { venue, place } = given();
    const [usdc, sol] = await venue.insuranceFunds();
    expect(usdc).toMatchObject({ asset: 'USDC', balance: INSURANCE_STAKE, stake: null });
    expect(usdc?.userShares).toBe(usdc?.shares);
    expect(sol).toMatchObject({ asset: 'SOL', balance: 0n, shares: 0n, stake: null });

    const staker = await DriftActor.join(place.cluster, { usdc: STAKE });
    await staker.client.addInsuranceFundStake({
      marketIndex: 0,
      amount: big(STAKE),
      collateralAccountPublicKey: staker.usdcAccount,
      initializeStakeAccount: true,
    });
    const rig = await DriftRig.start(place.cluster, staker.keypair);
    const [staked] = await readInsuranceFunds(rig.client, rig.chain);
    expect(staked).toMatchObject({
      balance: INSURANCE_STAKE + STAKE,
      stake: { shares: STAKE, worth: STAKE, leaving: null },
    });
    await staker.client.requestRemoveInsuranceFundStake(0, big(STAKE / 2n));
    const [leaving] = await readInsuranceFunds(rig.client, rig.chain);
    expect(leaving?.stake).toMatchObject({ worth: STAKE, leaving: { worth: STAKE / 2n } });
    expect(leaving?.stake?.leaving?.availableAt).toBeGreaterThanOrEqual(0);
    await rig.close();
    await staker.leave();
  });
}
