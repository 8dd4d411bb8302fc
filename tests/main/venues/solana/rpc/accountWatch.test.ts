import { afterEach, describe, expect, it } from 'vitest';

import { AccountWatch } from '../../../../../src/main/venues/solana/rpc/accountWatch.ts';
import { silentLogger } from '../../../../../src/main/platform/logger.ts';
import { PoolRig, quiet, until } from './poolRig.ts';

const A = 'So11111111111111111111111111111111111111112';
const B = 'SysvarC1ock11111111111111111111111111111111';

let rig: PoolRig;
let watch: AccountWatch;
let told: string[];

async function start(count: number, addresses: readonly string[] = [A, B]): Promise<void> {
  rig = await PoolRig.start(count);
  told = [];
  watch = new AccountWatch(addresses, {
    pool: rig.pool,
    schedule: rig.time.schedule,
    elapsed: rig.time.elapsed,
    logger: silentLogger,
    listener: {
      connected: () => told.push('connected'),
      lost: () => told.push('lost'),
      changed: (address, slot) => told.push(`${address === A ? 'A' : 'B'} ${slot}`),
    },
  });
}

async function startWatching(count: number): Promise<void> {
  await start(count);
  watch.open();
  await until(() => watch.isWatching);
}

/** Time passes in steps, and sockets speak in between. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 1_000) {
    rig.time.pass(Math.min(left, 1_000));
    await quiet();
  }
}

afterEach(async () => {
  watch.close();
  await rig.stop();
});

describe('a watch over accounts', () => {
  it('tells once every subscription stands, and then each change with its slot', async () => {
    await startWatching(1);
    expect(told).toEqual(['connected']);
    rig.node(0).change(A, 1_001);
    rig.node(0).change(B, 1_002);
    await until(() => told.length === 3);
    expect(told).toEqual(['connected', 'A 1001', 'B 1002']);
    expect(rig.node(0).socketCount).toBe(1);
  });

  it('tells no change of a slot older than the one that was told', async () => {
    await startWatching(1);
    rig.node(0).change(A, 1_001);
    rig.node(0).change(A, 1_000);
    rig.node(0).change(A, 1_001);
    rig.node(0).change(B, 999);
    await until(() => told.includes('B 999'));
    expect(told).toEqual(['connected', 'A 1001', 'A 1001', 'B 999']);
  });

  it('watches other addresses when it is told to', async () => {
    await start(1, [A]);
    watch.open();
    await until(() => watch.isWatching);
    watch.watch([B]);
    await until(() => [...rig.node(0).subscriptions.values()].map(({ address }) => address).join() === B);
    rig.node(0).change(A, 1_001);
    rig.node(0).change(B, 1_002);
    await until(() => told.length === 2);
    expect(told).toEqual(['connected', 'B 1002']);
  });

  it('listens to no node of another network', async () => {
    await start(2);
    rig.node(0).genesis = 'another';
    watch.open();
    await until(() => watch.isWatching);
    expect(rig.nodes.map(({ socketCount }) => socketCount)).toEqual([0, 1]);
  });

  it('leaves no timer and no socket when it is closed', async () => {
    await startWatching(1);
    watch.close();
    expect(rig.time.schedule.waiting).toBe(0);
    await until(() => rig.node(0).socketCount === 0);
    watch.open();
    await pass(20_000);
    expect(told).toEqual(['connected']);
    expect(rig.node(0).socketCount).toBe(0);
  });

  it('ends when it is closed while it connects', async () => {
    await start(1);
    rig.node(0).hold();
    watch.open();
    await until(() => rig.node(0).asked.length === 1);
    watch.close();
    rig.node(0).release();
    await quiet();
    expect(told).toEqual([]);
    expect(rig.node(0).socketCount).toBe(0);
    await until(() => rig.time.schedule.waiting === 0);
  });
});

describe('[R9.5] a socket that is lost', () => {
  it('is left for another node at once, and the loss and the recovery are told', async () => {
    await startWatching(2);
    await pass(10_000);
    rig.node(0).dropSockets();
    await until(() => told.length === 2);
    rig.time.pass(100);
    await until(() => watch.isWatching);
    expect(told).toEqual(['connected', 'lost', 'connected']);
    expect(rig.nodes.map(({ socketCount }) => socketCount)).toEqual([0, 1]);
    rig.node(1).change(A, 1_001);
    await until(() => told.includes('A 1001'));
  });

  it('is tried again every ten seconds until one stands, with its subscriptions', async () => {
    await startWatching(1);
    rig.node(0).sockets.taken = false;
    rig.node(0).dropSockets();
    await until(() => told.length === 2);
    await pass(9_000);
    rig.node(0).sockets.taken = true;
    expect(watch.isWatching).toBe(false);
    await pass(1_000);
    await until(() => watch.isWatching);
    expect(told).toEqual(['connected', 'lost', 'connected']);
    rig.node(0).change(B, 1_001);
    await until(() => told.includes('B 1001'));
  });

  it('does not make it flap: a node that drops every socket is tried once in ten seconds', async () => {
    await startWatching(1);
    let taken = 1;
    for (let seconds = 0; seconds < 60; seconds += 1) {
      if (rig.node(0).socketCount > 0) {
        rig.node(0).dropSockets();
        await quiet();
      }
      const before = watch.isWatching;
      await pass(1_000);
      if (!before && watch.isWatching) taken += 1;
    }
    expect(taken).toBeLessThanOrEqual(7);
    expect(taken).toBeGreaterThanOrEqual(5);
  });

  it('is noticed by its silence', async () => {
    await startWatching(2);
    rig.node(0).sockets.ponging = false;
    await pass(15_000);
    expect(told).toEqual(['connected']);
    await pass(6_000);
    await until(() => told.length === 3);
    expect(told).toEqual(['connected', 'lost', 'connected']);
    expect(rig.node(1).socketCount).toBe(1);
  });

  it('is noticed by slots that stand still while it answers pings', async () => {
    await startWatching(2);
    for (let seconds = 0; seconds < 40; seconds += 5) {
      rig.node(0).tellSlot();
      await pass(5_000);
    }
    expect(told).toEqual(['connected']);
    await pass(36_000);
    expect(told.slice(0, 3)).toEqual(['connected', 'lost', 'connected']);
  });

  it('is not noticed where a node tells no slots and answers pings', async () => {
    await start(1);
    rig.node(0).sockets.tellingSlots = false;
    watch.open();
    await until(() => watch.isWatching);
    await pass(120_000);
    expect(told).toEqual(['connected']);
  });

  it('is left where its slots are far behind what the pool has seen', async () => {
    await startWatching(2);
    await pass(10_000);
    rig.node(1).slot = 1_200;
    await rig.pool.checkHealth();
    rig.node(0).tellSlot();
    await until(() => told.length === 2);
    rig.time.pass(100);
    await until(() => watch.isWatching);
    expect(rig.node(1).socketCount).toBe(1);
  });

  it('is told as lost once where no node stands from the beginning', async () => {
    await start(2);
    for (const node of rig.nodes) node.sockets.taken = false;
    watch.open();
    await until(() => told.length === 1);
    await pass(30_000);
    expect(told).toEqual(['lost']);
    rig.node(1).sockets.taken = true;
    await pass(10_000);
    await until(() => watch.isWatching);
    expect(told).toEqual(['lost', 'connected']);
  });

  it('is one that takes no subscription in time', async () => {
    await start(2);
    rig.node(0).sockets.subscribing = false;
    watch.open();
    await until(() => rig.node(0).socketCount === 1);
    await pass(5_000);
    await until(() => watch.isWatching);
    expect(told).toEqual(['connected']);
    expect(rig.node(1).socketCount).toBe(1);
  });
});
