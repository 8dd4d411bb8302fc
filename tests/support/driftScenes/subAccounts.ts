import { Keypair } from '@solana/web3.js';
import { expect, it } from 'vitest';

import { usd } from '../../../src/shared/money/quantity.ts';
import { parseBase } from '../../../src/shared/money/decimal.ts';
import { DriftRig } from '../driftRig.ts';
import type { Scene } from './scene.ts';

const HUNDRED = usd(100_000_000n);

/** Sub-accounts, and whom their owner lets trade them. */
export function describeSubAccounts(given: () => Scene): void {
  it('are opened, listed, named and closed, and what was laid by for one comes back', async () => {
    const { subAccounts, address } = given().place.rig;
    const sol = (): bigint => given().place.cluster.account(address)?.lamports ?? 0n;
    await subAccounts.create(1, 'second');
    expect((await subAccounts.list()).map(({ subAccount, name }) => [subAccount, name])).toEqual([
      [0, 'engine'],
      [1, 'second'],
    ]);
    await subAccounts.rename(1, 'Reserve');
    expect((await subAccounts.list())[1]).toMatchObject({
      name: 'Reserve',
      delegate: null,
      authority: address,
    });

    const before = sol();
    await subAccounts.remove(1);
    expect((await subAccounts.list()).map(({ subAccount }) => subAccount)).toEqual([0]);
    expect(await subAccounts.next()).toBe(2);
    expect(sol()).toBeGreaterThan(before);
  });

  it('that hold something are not closed, until it is elsewhere', async () => {
    const { venue, place } = given();
    const { subAccounts } = place.rig;
    await subAccounts.create(1, 'second');
    await venue.transfer({ asset: 'USDC', amount: HUNDRED }, 1);
    await expect(subAccounts.remove(1)).rejects.toMatchObject({ code: 'SIMULATION_FAILED' });
    expect(await subAccounts.list()).toHaveLength(2);

    const second = place.rig.venue(1);
    await second.connect();
    const { cash } = second.snapshot().account;
    expect(HUNDRED - cash).toBeLessThanOrEqual(1n);
    await second.transfer({ asset: 'USDC', amount: cash }, 0);
    await subAccounts.remove(1);

    expect(await subAccounts.list()).toHaveLength(1);
    await venue.sync();
    expect(venue.unexplained).toEqual([]);
  });

  it.each(['', '   ', 'a name that is longer than thirty-two bytes'])(
    'are not called "%s", and nothing is sent',
    async (name) => {
      const { rig, cluster } = given().place;
      const { slot } = cluster;
      await expect(rig.subAccounts.create(1, name)).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
      await expect(rig.subAccounts.rename(0, name)).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
      expect(cluster.slot).toBe(slot);
    },
  );

  it('that there are not are not traded', async () => {
    await expect(given().place.rig.venue(7).connect()).rejects.toMatchObject({ code: 'UNKNOWN_SUBACCOUNT' });
  });

  it('are traded by a delegate, who can take nothing out', async () => {
    const { venue, place } = given();
    const { rig, cluster } = place;
    const wallet = Keypair.generate();
    const delegate = wallet.publicKey.toBase58();
    cluster.airdrop(delegate, 1_000_000_000n);
    await expect(rig.subAccounts.setDelegate(0, delegate)).rejects.toMatchObject({
      code: 'TRANSACTION_REFUSED',
    });
    rig.delegates.add(delegate);
    await rig.subAccounts.setDelegate(0, delegate);
    expect(await rig.subAccounts.list()).toMatchObject([{ delegate }]);
    await venue.sync();

    const theirs = await DriftRig.start(cluster, wallet, { owner: rig.address });
    const desk = theirs.venue();
    await desk.connect();
    expect(desk.snapshot().wallet).toBe(1_000_000_000n);
    const order = given().order({ size: '1', at: '151', timeInForce: 'ioc' });
    expect(await desk.place(order)).toMatchObject({ report: { status: 'filled', filled: parseBase('1') } });
    await expect(desk.withdraw({ asset: 'USDC', amount: HUNDRED })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    });
    const resting = given().order();
    await desk.place(resting);
    await desk.cancel(resting.clientOrderId);
    expect(desk.unexplained).toEqual([]);

    // Its owner sees the trade, and has paid no fee of the chain for it.
    const before = venue.snapshot().wallet;
    await venue.sync();
    expect(venue.snapshot().account).toEqual(desk.snapshot().account);
    expect(venue.snapshot().wallet).toBe(before);
    expect(venue.unexplained).toEqual([]);

    await rig.subAccounts.setDelegate(0, null);
    expect(await desk.place(given().order({ timeInForce: 'ioc', at: '151' }))).toMatchObject({
      report: { status: 'rejected', filled: 0n, rejection: { code: 'UNAUTHORIZED' } },
    });
    await theirs.close();
  });
}
