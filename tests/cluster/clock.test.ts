import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ORACLES } from '../support/cluster/addresses.ts';
import { LocalCluster } from '../support/cluster/localCluster.ts';
import { balanceOf, funded, payment, result, send, SOL } from './payments.ts';

const START = 1_800_000_000;

describe('the clock of the local node', () => {
  let cluster: LocalCluster;
  beforeEach(async () => {
    cluster = await LocalCluster.start({ startAt: START });
  });
  afterEach(() => cluster.close());

  /** Last slot and price of the SOL oracle, as Pyth lays them out. */
  const oracle = (): { slot: number; price: bigint } => {
    const data = Buffer.from(cluster.account(ORACLES.SOL)?.data ?? []);
    return { slot: Number(data.readBigUInt64LE(40)), price: data.readBigInt64LE(208) };
  };

  it('moves 400 ms a slot, and by nothing else', async () => {
    const { slot } = cluster;
    expect(cluster.now()).toBe(START);

    cluster.advance(10);
    expect([cluster.slot, cluster.now()]).toEqual([slot + 10, START + 4]);

    cluster.warp(3_600);
    expect([cluster.slot, cluster.now()]).toEqual([slot + 9_010, START + 3_604]);
    expect(await result(cluster.rpcUrl, 'getBlockTime', slot + 10)).toBe(START + 4);
  });

  it('carries the oracles along, fresh in every slot, until they are stopped', () => {
    cluster.setOracle('SOL', 123_456_789n);
    cluster.warp(600);
    expect(oracle()).toEqual({ slot: cluster.slot, price: 12_345_678_900n });

    cluster.stopOracles();
    const { slot } = cluster;
    cluster.warp(60);
    cluster.setOracle('SOL', 1n);
    expect(oracle()).toEqual({ slot, price: 12_345_678_900n });

    cluster.resumeOracles();
    expect(oracle()).toEqual({ slot: cluster.slot, price: 100n });
  });

  it('goes back with everything else to a snapshot, as often as wanted', async () => {
    const { rpcUrl } = cluster;
    const [from, to] = [funded(cluster), funded(cluster)];
    const first = await payment(rpcUrl, from, to, SOL);
    await send(rpcUrl, first);
    cluster.setOracle('SOL', 170_000_000n);
    const snapshot = cluster.snapshot();
    const { slot } = cluster;

    for (const lamports of [1n, 2n]) {
      const second = await payment(rpcUrl, from, to, lamports);
      await send(rpcUrl, second);
      cluster.setOracle('SOL', 10_000_000n);
      cluster.warp(60);
      expect(balanceOf(cluster, to)).toBe(11n * SOL + lamports);

      cluster.restore(snapshot);

      expect(cluster.slot).toBe(slot);
      expect(balanceOf(cluster, to)).toBe(11n * SOL);
      expect(cluster.oraclePrice('SOL')).toBe(170_000_000n);
      expect(await result(rpcUrl, 'getSignatureStatuses', [first.signature, second.signature])).toMatchObject(
        {
          value: [{ err: null }, null],
        },
      );
    }
  });

  it('goes back and forth between snapshots, with what was made and closed between them', () => {
    const address = funded(cluster).publicKey.toBase58();
    const first = cluster.snapshot();
    cluster.warp(60);
    cluster.setAccount(address, { owner: address, lamports: 0n, data: new Uint8Array() });
    const other = funded(cluster, 7n).publicKey.toBase58();
    const second = cluster.snapshot();
    const held = (): unknown[] => [
      cluster.account(address)?.lamports,
      cluster.account(other)?.lamports,
      cluster.now(),
    ];
    const [before, after] = [
      [10n * SOL, undefined, START],
      [undefined, 7n, START + 60],
    ];
    expect(held()).toEqual(after);

    cluster.restore(first);
    expect(held()).toEqual(before);
    cluster.airdrop(other, 1_000n);
    cluster.restore(second);
    expect(held()).toEqual(after);
    cluster.restore(first);
    expect(held()).toEqual(before);
  });

  it('goes on from a snapshot in another cluster, which the first knows nothing of', async () => {
    const [from, to] = [funded(cluster), funded(cluster)];
    const other = await LocalCluster.from(cluster.snapshot());
    try {
      await send(other.rpcUrl, await payment(other.rpcUrl, from, to, SOL));

      expect(balanceOf(other, to)).toBe(11n * SOL);
      expect(balanceOf(cluster, to)).toBe(10n * SOL);
      expect(other.slot).toBe(cluster.slot + 1);
      const ofAnother = cluster.snapshot();
      expect(() => other.restore(ofAnother)).toThrow('on the chain that it was taken of');
    } finally {
      await other.close();
    }
  });

  it('ticks by itself where a run in real time wants it', async () => {
    const { slot } = cluster;
    cluster.tick();
    const later = await new Promise<number>((resolve) => {
      cluster.onSlot(resolve);
    });
    cluster.stopTicking();
    expect(later).toBe(slot + 1);
  });
});
