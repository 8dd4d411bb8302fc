import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { RpcRefusal } from '../../../../../src/main/venues/solana/rpc/rpcRefusal.ts';
import { ScriptedNode, type NodeFaultSwitch } from '../../../../support/scriptedNode.ts';
import { PoolRig, SLOT, failure, fakeRetryWaits, keptLog, quiet, settled, until } from './poolRig.ts';

let rig: PoolRig;

beforeEach(() => {
  fakeRetryWaits();
});
afterEach(async () => {
  vi.useRealTimers();
  await rig.stop();
});

const FAULTS: readonly (readonly [string, NodeFaultSwitch, string])[] = [
  ['hangs up', { kind: 'reset' }, 'failing'],
  ['answers 500', { kind: 'http', status: 500 }, 'failing'],
  ['answers 503', { kind: 'http', status: 503 }, 'failing'],
  ['lets nobody in', { kind: 'http', status: 403 }, 'failing'],
  ['sends a page', { kind: 'text', body: '<html></html>' }, 'failing'],
  ['sends nothing', { kind: 'text', body: '' }, 'failing'],
  ['sends half an answer', { kind: 'text', body: '{"jsonrpc":"2.0","id":"1","resu' }, 'failing'],
  ['answers something else', { kind: 'otherId' }, 'failing'],
  ['answers without a result', { kind: 'text', body: '{"jsonrpc":"2.0","id":"2"}' }, 'failing'],
  ['asks to wait', { kind: 'http', status: 429 }, 'limited'],
  ['asks to wait in its answer', { kind: 'rpc', code: -32_429 }, 'limited'],
  ['says that it is behind', { kind: 'rpc', code: -32_005 }, 'behind'],
  ['has not come to the slot', { kind: 'rpc', code: -32_016 }, 'behind'],
  ['lacks the block', { kind: 'rpc', code: -32_004 }, 'healthy'],
  ['skipped the slot', { kind: 'rpc', code: -32_007 }, 'healthy'],
  ['keeps no history', { kind: 'rpc', code: -32_011 }, 'healthy'],
  ['does not know the method', { kind: 'rpc', code: -32_601 }, 'healthy'],
  ['fails inside', { kind: 'rpc', code: -32_603 }, 'healthy'],
  ['says what nobody knows', { kind: 'rpc', code: -31_999 }, 'healthy'],
];

describe('[N] a node that can not answer', () => {
  it.each(FAULTS)('is passed over at once when it %s', async (_, fault, state) => {
    rig = await PoolRig.start(2);
    await rig.pool.ask(SLOT);
    rig.node(0).fault = fault;
    rig.node(1).slot = 1_001;
    expect(await rig.pool.ask(SLOT)).toBe(1_001);
    expect(rig.states()).toEqual([state, 'healthy']);
    expect(rig.pool.retries).toBe(0);
    expect(rig.pool.healthView()[0]).toMatchObject({ errors: 1, lastError: expect.any(String) as string });
  });

  it.each(['hang', 'stall'] as const)('is passed over after its time is up (%s)', async (kind) => {
    rig = await PoolRig.start(2, { timeoutMs: 3_000 });
    await rig.pool.ask(SLOT);
    rig.node(0).fault = { kind };
    const answer = rig.pool.ask(SLOT);
    await until(() => rig.node(0).asked.length === 3);
    rig.time.pass(2_900);
    await quiet();
    expect(rig.node(1).asked).toHaveLength(0);
    rig.time.pass(100);
    expect(await answer).toBe(1_000);
    expect(rig.pool.healthView()[0]).toMatchObject({ state: 'failing', lastError: 'no answer within 3 s' });
  });

  it('is passed over when it sends us elsewhere, and what was asked of it goes nowhere else', async () => {
    rig = await PoolRig.start(2);
    await rig.pool.ask(SLOT);
    const elsewhere = await ScriptedNode.start();
    rig.node(0).fault = { kind: 'http', status: 307, headers: { location: elsewhere.http } };
    expect(await rig.pool.ask(SLOT)).toBe(1_000);
    expect(rig.states()).toEqual(['failing', 'healthy']);
    expect(elsewhere.asked).toHaveLength(0);
    await elsewhere.stop();
  });

  it('is passed over where nothing listens', async () => {
    rig = await PoolRig.start(2);
    await rig.node(0).stop();
    expect(await rig.pool.ask(SLOT)).toBe(1_000);
    expect(rig.pool.healthView()[0]).toMatchObject({
      state: 'failing',
      lastError: 'no connection (ECONNREFUSED)',
    });
  });

  it('comes into use again only when it is needed or clearly faster, so that the choice does not flap', async () => {
    rig = await PoolRig.start(2);
    rig.node(0).fault = { kind: 'http', status: 500 };
    await rig.pool.ask(SLOT);
    rig.node(0).fault = undefined;
    await rig.pool.checkHealth();
    expect(rig.states()).toEqual(['healthy', 'healthy']);
    await rig.pool.ask(SLOT);
    expect(rig.inUse()).toBe(1);
    rig.node(1).fault = { kind: 'reset' };
    await rig.pool.ask(SLOT);
    expect(rig.inUse()).toBe(0);
  });

  it('is logged once when it begins and once when it is over', async () => {
    const { logger, lines } = keptLog();
    rig = await PoolRig.start(2, { logger });
    rig.node(0).fault = { kind: 'http', status: 500 };
    await rig.pool.checkHealth();
    await rig.pool.checkHealth();
    rig.node(0).fault = undefined;
    await rig.pool.checkHealth();
    await rig.pool.checkHealth();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('HTTP 500');
    expect(lines[1]).toContain('answers again');
  });
});

describe('an answer that is a no', () => {
  it.each([-32_602, -32_600, -32_002, -32_003])('is told and no other node is asked (%d)', async (code) => {
    rig = await PoolRig.start(2);
    rig.node(0).fault = { kind: 'rpc', code, message: 'invalid params' };
    rig.node(0).faultOnly = new Set(['getSlot']);
    const error = await failure(rig.pool.ask(SLOT));
    expect(error).toBeInstanceOf(RpcRefusal);
    expect(error).toMatchObject({ rpcCode: code, said: 'invalid params' });
    expect(rig.node(1).asked).toHaveLength(0);
    expect(rig.states()[0]).toBe('healthy');
  });

  it('is one with HTTP 400 as well', async () => {
    rig = await PoolRig.start(1);
    rig.node(0).fault = { kind: 'rpc', code: -32_602, status: 400 };
    rig.node(0).faultOnly = new Set(['getSlot']);
    expect(await failure(rig.pool.ask(SLOT))).toBeInstanceOf(RpcRefusal);
  });
});

describe('[R9.1] when every node has failed', () => {
  it('all are asked again after 1 s, 2 s and 4 s, and then it is said what each said', async () => {
    rig = await PoolRig.start(2);
    rig.node(0).fault = { kind: 'http', status: 502 };
    rig.node(1).fault = { kind: 'reset' };
    const waits = vi.spyOn(globalThis, 'setTimeout');
    const error = await failure(rig.pool.ask(SLOT));
    expect(error).toMatchObject({ code: 'VENUE_UNAVAILABLE', retryable: true });
    const { nodes } = (error as { details: { nodes: string } }).details;
    expect(nodes).toContain(`127.0.0.1:${rig.node(0).port}: HTTP 502`);
    expect(nodes).toContain(`127.0.0.1:${rig.node(1).port}: no connection`);
    expect(rig.node(0).asked).toHaveLength(4);
    expect(rig.node(1).asked).toHaveLength(4);
    const R91 = new Set<unknown>([1_000, 2_000, 4_000]);
    expect(waits.mock.calls.map(([, ms]) => ms).filter((ms) => R91.has(ms))).toEqual([...R91]);
  });

  it.each([1, 2, 3])('an answer to attempt %d more is as good as one to the first', async (healsAfter) => {
    rig = await PoolRig.start(1);
    const [node] = rig.nodes;
    rig.node(0).fault = { kind: 'http', status: 500 };
    const answer = settled(rig.pool.ask(SLOT));
    await until(() => (node?.asked.length ?? 0) >= healsAfter);
    rig.node(0).fault = undefined;
    expect(await answer).toMatchObject({ status: 'fulfilled', value: 1_000 });
  });

  it('RATE_LIMITED is told where all of them only ask to wait, and none is asked before that', async () => {
    rig = await PoolRig.start(2);
    await rig.pool.checkHealth();
    for (const node of rig.nodes)
      node.fault = { kind: 'http', status: 429, headers: { 'retry-after': '30' } };
    const before = rig.nodes.map(({ asked }) => asked.length);
    expect(await failure(rig.pool.ask(SLOT))).toMatchObject({
      code: 'RATE_LIMITED',
      details: { waitMs: 30_000 },
    });
    expect(rig.nodes.map(({ asked }, i) => asked.length - (before[i] ?? 0))).toEqual([1, 1]);
    expect(rig.states()).toEqual(['limited', 'limited']);
    for (const node of rig.nodes) node.fault = undefined;
    rig.time.pass(29_900);
    expect(await failure(rig.pool.ask(SLOT))).toMatchObject({ code: 'RATE_LIMITED' });
    rig.time.pass(100);
    expect(await rig.pool.ask(SLOT)).toBe(1_000);
    expect(rig.states()[0]).toBe('healthy');
  });

  it('a node that asks to wait is left alone although it answers what it was asked before', async () => {
    rig = await PoolRig.start(1);
    await rig.pool.ask(SLOT);
    rig.node(0).hold();
    const before = rig.pool.ask(SLOT);
    await until(() => rig.node(0).askedFor('getSlot').length === 2);
    rig.node(0).passNext({ kind: 'http', status: 429, headers: { 'retry-after': '30' } });
    const limited = failure(rig.pool.ask({ ...SLOT, params: [] }));
    await until(() => rig.states()[0] === 'limited');
    rig.node(0).release();
    expect(await before).toBe(1_000);
    expect(rig.pool.healthView()[0]).toMatchObject({ state: 'limited', waitMs: 30_000 });
    expect(await limited).toMatchObject({ code: 'RATE_LIMITED' });
    await rig.pool.checkHealth();
    expect(rig.node(0).askedFor('getSlot')).toHaveLength(3);
  });

  it.each([
    ['seconds', '7', 7_000],
    ['a date', new Date(1_000_000 + 9_000).toUTCString(), 9_000],
    ['nothing that can be read', 'soon', 2_000],
    ['a week', '604800', 60_000],
  ])('a node that asks to wait is left alone as long as it says: %s', async (_, told, waitMs) => {
    rig = await PoolRig.start(1);
    rig.node(0).fault = { kind: 'http', status: 429, headers: { 'retry-after': told } };
    await failure(rig.pool.ask(SLOT));
    expect(rig.pool.healthView()[0]?.waitMs).toBe(waitMs);
  });

  it('is CANCELLED at once when the pool closes, asking or waiting', async () => {
    rig = await PoolRig.start(1);
    rig.node(0).fault = { kind: 'hang' };
    const asking = rig.pool.ask(SLOT);
    await until(() => rig.node(0).asked.length === 1);
    rig.pool.close();
    await expect(asking).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(rig.pool.ask(SLOT)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(rig.time.schedule.waiting).toBe(0);
    expect(rig.node(0).asked).toHaveLength(1);
  });
});

describe('the network of a node', () => {
  it('is asked before its first answer is believed, once', async () => {
    rig = await PoolRig.start(1);
    await Promise.all([rig.pool.ask(SLOT), rig.pool.ask({ ...SLOT, params: [{ commitment: 'finalized' }] })]);
    await rig.pool.ask(SLOT);
    expect(rig.node(0).asked[0]?.method).toBe('getGenesisHash');
    expect(rig.node(0).askedFor('getGenesisHash')).toHaveLength(1);
  });

  it('bars it for good where it is another one, and nothing that it says is believed', async () => {
    rig = await PoolRig.start(2);
    rig.node(0).genesis = 'another';
    rig.node(0).slot = 9_999_999;
    expect(await rig.pool.ask(SLOT)).toBe(1_000);
    expect(rig.states()).toEqual(['wrongNetwork', 'healthy']);
    rig.node(0).genesis = rig.node(1).genesis;
    await rig.pool.checkHealth();
    rig.node(1).fault = { kind: 'reset' };
    expect(await failure(rig.pool.ask(SLOT))).toMatchObject({ code: 'VENUE_UNAVAILABLE' });
    expect(rig.node(0).askedFor('getSlot')).toHaveLength(0);
  });

  it('is WRONG_NETWORK where none of the right one is left, without waiting', async () => {
    rig = await PoolRig.start(2);
    for (const node of rig.nodes) node.genesis = 'another';
    const error = await failure(rig.pool.ask(SLOT));
    expect(error).toMatchObject({ code: 'WRONG_NETWORK' });
    expect(rig.pool.retries).toBe(0);
    expect(await failure(rig.pool.ask(SLOT))).toMatchObject({ code: 'WRONG_NETWORK' });
    expect(rig.nodes.map(({ asked }) => asked.length)).toEqual([1, 1]);
  });

  it('is asked again after the node was lost: what answers there may be another', async () => {
    rig = await PoolRig.start(2);
    await rig.pool.ask(SLOT);
    rig.node(0).fault = { kind: 'reset' };
    await rig.pool.ask(SLOT);
    rig.node(0).fault = undefined;
    rig.node(0).genesis = 'another';
    await rig.pool.checkHealth();
    expect(rig.states()).toEqual(['wrongNetwork', 'healthy']);
  });

  it('is what the first answer says where nobody knows it, and the same for all', async () => {
    rig = await PoolRig.start(2, { genesisHash: undefined });
    for (const node of rig.nodes) node.genesis = 'mine';
    await rig.pool.ask(SLOT);
    rig.node(1).genesis = 'other';
    await rig.pool.checkHealth();
    expect(rig.states()).toEqual(['healthy', 'wrongNetwork']);
  });

  it('is not refused by a node that works', async () => {
    rig = await PoolRig.start(2);
    rig.node(0).fault = { kind: 'rpc', code: -32_602 };
    expect(await rig.pool.ask(SLOT)).toBe(1_000);
    expect(rig.states()).toEqual(['failing', 'healthy']);
  });
});

describe('an answer that is older than what was seen', () => {
  it('is discarded beyond a few slots, and the node is behind until it has caught up', async () => {
    rig = await PoolRig.start(2);
    await rig.pool.checkHealth();
    rig.node(1).slot = 1_500;
    await rig.pool.checkHealth();
    expect(await rig.pool.ask(SLOT)).toBe(1_500);
    expect(rig.pool.healthView()[0]).toMatchObject({ state: 'behind', slotsBehind: 500 });
    rig.node(0).slot = 1_495;
    await rig.pool.checkHealth();
    expect(rig.pool.healthView()[0]).toMatchObject({ state: 'healthy', slotsBehind: 5 });
  });

  it('is not known by what is no answer at all', async () => {
    rig = await PoolRig.start(2);
    await rig.pool.checkHealth();
    rig.node(0).fault = { kind: 'result', result: { context: { slot: 9_000_000 }, value: 'none' } };
    const read = (): never => {
      throw new TypeError('another shape');
    };
    await failure(rig.pool.ask({ method: 'getThing', params: [{ commitment: 'confirmed' }], read }));
    expect(rig.pool.slots.seen('confirmed')).toBe(1_000);
  });

  it('is not made up for by an answer that tells no slot', async () => {
    rig = await PoolRig.start(2);
    rig.node(1).slot = 1_500;
    await rig.pool.checkHealth();
    await rig.pool.checkHealth();
    expect(rig.states()).toEqual(['behind', 'healthy']);
    await rig.pool.everyone({ method: 'getBlockHeight', params: [], read: (result) => result as number });
    expect(rig.states()).toEqual(['behind', 'healthy']);
  });

  it('is VENUE_UNAVAILABLE where there is no other', async () => {
    rig = await PoolRig.start(1);
    await rig.pool.ask(SLOT);
    rig.node(0).slot = 900;
    expect(await failure(rig.pool.ask(SLOT))).toMatchObject({
      code: 'VENUE_UNAVAILABLE',
      details: { nodes: `127.0.0.1:${rig.node(0).port}: its answer is 100 slots old` },
    });
  });

  it('is found where a node stands still: the others are asked where they are', async () => {
    rig = await PoolRig.start(2);
    await rig.pool.checkHealth();
    rig.node(1).slot = 1_015;
    rig.time.pass(4_900);
    await rig.pool.ask(SLOT);
    await quiet();
    expect(rig.node(1).askedFor('getSlot')).toHaveLength(1);
    rig.time.pass(200);
    expect(await rig.pool.ask(SLOT)).toBe(1_000);
    await until(() => rig.pool.healthView()[1]?.slot === 1_015);
    expect(await rig.pool.ask(SLOT)).toBe(1_015);
    expect(rig.states()).toEqual(['behind', 'healthy']);
  });

  it('is not found where all stand still, and the others are asked no more than now and then', async () => {
    rig = await PoolRig.start(2);
    await rig.pool.checkHealth();
    rig.time.pass(6_000);
    for (let i = 0; i < 5; i += 1) await rig.pool.ask(SLOT);
    await until(() => rig.node(1).askedFor('getSlot').length === 2);
    await quiet();
    expect(rig.node(1).askedFor('getSlot')).toHaveLength(2);
    expect(rig.states()).toEqual(['healthy', 'healthy']);
  });

  it('is not what two nodes say against one that runs ahead', async () => {
    rig = await PoolRig.start(3);
    rig.node(0).slot = 10_000_000;
    await rig.pool.ask(SLOT);
    rig.node(0).hold();
    const checked = rig.pool.checkHealth();
    // By what the two others say alone.
    await until(() => rig.states()[0] === 'failing');
    rig.node(0).release();
    await checked;
    expect(await rig.pool.ask(SLOT)).toBe(1_000);
    await rig.pool.checkHealth();
    expect(rig.states()).toEqual(['failing', 'healthy', 'healthy']);
    rig.node(0).slot = 1_002;
    await rig.pool.checkHealth();
    expect(rig.states()[0]).toBe('healthy');
  });
});

describe('who asks for the same at the same time', () => {
  it('shares one request, and its failure', async () => {
    rig = await PoolRig.start(1);
    const answers = await Promise.all(Array.from({ length: 20 }, () => rig.pool.ask(SLOT)));
    expect(new Set(answers)).toEqual(new Set([1_000]));
    expect(rig.node(0).askedFor('getSlot')).toHaveLength(1);
    expect(rig.pool.countsView().shared).toBe(19);
    await rig.pool.ask(SLOT);
    expect(rig.node(0).askedFor('getSlot')).toHaveLength(2);
    rig.node(0).fault = { kind: 'rpc', code: -32_602 };
    const failures = await Promise.allSettled([rig.pool.ask(SLOT), rig.pool.ask(SLOT)]);
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(rig.node(0).askedFor('getSlot')).toHaveLength(3);
  });

  it('shares nothing with who wants it in another form', async () => {
    rig = await PoolRig.start(1);
    const [parsed, raw] = await Promise.all([
      rig.pool.ask({ ...SLOT, read: (result) => ({ slot: result }) }),
      rig.pool.ask({ ...SLOT, form: 'raw' }),
    ]);
    expect([parsed, raw]).toEqual([{ slot: 1_000 }, 1_000]);
  });
});

describe('what is handed over', () => {
  const SEND = { method: 'sendTransaction', params: ['AA=='], read: (result: unknown) => result };

  it('goes to one node where that takes it', async () => {
    rig = await PoolRig.start(2);
    for (const node of rig.nodes) node.methods.set('sendTransaction', () => 'taken');
    expect(await rig.pool.hand(SEND)).toBe('taken');
    expect(rig.node(1).asked).toHaveLength(0);
  });

  it('goes to the others on any failure, a refusal too', async () => {
    rig = await PoolRig.start(3);
    await rig.pool.checkHealth();
    rig.node(0).fault = { kind: 'reset' };
    rig.node(1).fault = { kind: 'rpc', code: -32_602 };
    rig.node(2).methods.set('sendTransaction', () => 'taken');
    expect(await rig.pool.hand(SEND)).toBe('taken');
  });

  it('is a refusal where all refuse', async () => {
    rig = await PoolRig.start(2);
    await rig.pool.checkHealth();
    for (const node of rig.nodes) node.fault = { kind: 'rpc', code: -32_602, message: 'too large' };
    expect(await failure(rig.pool.hand(SEND))).toMatchObject({ rpcCode: -32_602, said: 'too large' });
  });
});

describe('what the health view tells', () => {
  it('is name, state, latency, slot and faults of every node, and which one is in use', async () => {
    rig = await PoolRig.start(2);
    rig.node(0).hold();
    const answer = rig.pool.ask(SLOT);
    await until(() => rig.node(0).asked.length === 1);
    rig.time.pass(200);
    rig.node(0).release();
    await answer;
    expect(rig.pool.latencyMs).toBe(160);
    expect(rig.pool.healthView()).toEqual([
      {
        name: `127.0.0.1:${rig.node(0).port}`,
        state: 'healthy',
        inUse: true,
        latencyMs: 160,
        lastLatencyMs: 0,
        slot: 1_000,
        slotsBehind: 0,
        calls: 2,
        errors: 0,
        waitMs: 0,
        lastError: null,
      },
      expect.objectContaining({ state: 'unasked', inUse: false, latencyMs: null, slot: null, calls: 0 }),
    ]);
  });

  it('counts what was asked, by method', async () => {
    rig = await PoolRig.start(1);
    await rig.pool.ask(SLOT);
    rig.node(0).fault = { kind: 'rpc', code: -32_603 };
    await failure(rig.pool.ask(SLOT));
    expect(rig.pool.countsView()).toMatchObject({
      calls: 6,
      errors: 4,
      callsLastHour: 6,
      byMethod: { getGenesisHash: { calls: 1, errors: 0 }, getSlot: { calls: 5, errors: 4 } },
    });
  });
});

describe('[R9.5] watching over health', () => {
  it('asks a node that failed every ten seconds, and one that does well once a minute where nobody else does', async () => {
    rig = await PoolRig.start(2);
    rig.pool.watchHealth();
    await rig.pool.checkHealth();
    rig.node(0).fault = { kind: 'http', status: 500 };
    await rig.pool.ask(SLOT);
    const asked = (): readonly number[] => rig.nodes.map(({ asked }) => asked.length);
    const before = asked();
    for (let tens = 0; tens < 6; tens += 1) {
      rig.time.pass(10_000);
      await quiet();
    }
    expect(asked().map((count, i) => count - (before[i] ?? 0))).toEqual([6, 1]);
    rig.node(0).fault = undefined;
    rig.time.pass(10_000);
    await until(() => rig.states()[0] === 'healthy');
    rig.pool.close();
    await until(() => rig.time.schedule.waiting === 0);
    const after = asked();
    rig.time.pass(60_000);
    await quiet();
    expect(asked()).toEqual(after);
  });
});

it('refuses a pool without a node, or with what is no address', async () => {
  rig = await PoolRig.start(1);
  await expect(PoolRig.start(1, { endpoints: [] })).rejects.toMatchObject({ code: 'INVALID_SETTING' });
  await expect(PoolRig.start(1, { endpoints: [{ http: 'ftp://x' }] })).rejects.toMatchObject({
    code: 'INVALID_SETTING',
  });
});
