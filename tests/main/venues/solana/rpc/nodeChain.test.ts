import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { NodeChain } from '../../../../../src/main/venues/solana/rpc/nodeChain.ts';
import { ScriptedRefusal, type ScriptedNode } from '../../../../support/scriptedNode.ts';
import { PoolRig, failure, fakeRetryWaits, quiet, settled, until } from './poolRig.ts';

const OWNER = 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH';
const A = 'So11111111111111111111111111111111111111112';
const B = 'SysvarC1ock11111111111111111111111111111111';
const SIGNATURE = '5'.repeat(88);
const OTHER_SIGNATURE = '4'.repeat(88);
const WIRE = new Uint8Array([1, 2, 3]);

let rig: PoolRig;
let chain: NodeChain;

async function start(count: number): Promise<void> {
  rig = await PoolRig.start(count);
  chain = new NodeChain(rig.pool);
}

beforeEach(() => {
  fakeRetryWaits();
});
afterEach(async () => {
  vi.useRealTimers();
  await rig.stop();
});

const accountOf = (bytes: readonly number[], lamports: number | string = 5): object => ({
  owner: OWNER,
  lamports,
  data: [Buffer.from(bytes).toString('base64'), 'base64'],
  executable: false,
  rentEpoch: '#18446744073709551615',
  space: bytes.length,
});

const answer = (node: ScriptedNode, method: string, value: unknown): void => {
  node.methods.set(method, () => value);
};

describe('accounts', () => {
  it('are of one slot, in the order asked for, with null where there is none and 64 bits of lamports', async () => {
    await start(1);
    rig.node(0).accounts.set(A, accountOf([1, 2, 255], '#18446744073709551615'));
    expect(await chain.accounts([B, A])).toEqual({
      slot: 1_000,
      accounts: [null, { owner: OWNER, lamports: 18446744073709551615n, data: new Uint8Array([1, 2, 255]) }],
    });
  });

  it('never go back behind a slot that was told, not even within what is tolerated', async () => {
    await start(2);
    await rig.pool.checkHealth();
    await chain.accounts([A]);
    rig.node(0).slot = 999;
    rig.node(1).slot = 1_000;
    expect(await chain.accounts([A])).toMatchObject({ slot: 1_000 });
    expect(rig.node(0).askedFor('getMultipleAccounts')[1]?.params[1]).toMatchObject({
      minContextSlot: 1_000,
    });
    // One slot is no reason to think ill of a node.
    expect(rig.states()).toEqual(['healthy', 'healthy']);
    rig.node(1).slot = 999;
    expect(await failure(chain.accounts([A]))).toMatchObject({ code: 'VENUE_UNAVAILABLE' });
  });

  it.each([
    [10, 'healthy'],
    [11, 'behind'],
  ])('make a node that says it is %d slots short %s', async (short, state) => {
    await start(2);
    await rig.pool.checkHealth();
    await chain.accounts([A]);
    for (const node of rig.nodes) node.slot = 1_100;
    rig.node(0).methods.set('getMultipleAccounts', () => {
      throw new ScriptedRefusal(-32_016, 'Minimum context slot has not been reached', {
        contextSlot: 1_100 - short,
      });
    });
    expect(await chain.accounts([A], 1_100)).toMatchObject({ slot: 1_100 });
    expect(rig.states()).toEqual([state, 'healthy']);
  });

  it('are asked for again where a newer slot was told to another reader meanwhile', async () => {
    await start(1);
    const node = rig.node(0);
    await chain.accounts([A]);
    const slots = [1_005, 1_004, 1_005];
    node.methods.set('getMultipleAccounts', () => ({
      context: { slot: slots.shift() ?? 1_006 },
      value: [null],
    }));
    node.hold();
    const readings = Promise.all([chain.accounts([A]), chain.accounts([B])]);
    await until(() => node.askedFor('getMultipleAccounts').length === 3);
    node.release();
    expect((await readings).map(({ slot }) => slot)).toEqual([1_005, 1_005]);
  });

  it('are not older than the reader can use', async () => {
    await start(2);
    await rig.pool.checkHealth();
    rig.node(1).slot = 1_003;
    expect(await chain.accounts([A], 1_002)).toMatchObject({ slot: 1_003 });
    expect(rig.node(0).askedFor('getMultipleAccounts')[0]?.params[1]).toMatchObject({
      minContextSlot: 1_002,
    });
  });

  it.each([
    ['fewer than were asked for', { context: { slot: 1_000 }, value: [] }],
    ['no slot', { value: [null] }],
    ['a slot that is none', { context: { slot: -1 }, value: [null] }],
    [
      'bytes that are none',
      { context: { slot: 1_000 }, value: [{ ...accountOf([1]), data: ['%%%', 'base64'] }] },
    ],
    [
      'another encoding',
      { context: { slot: 1_000 }, value: [{ ...accountOf([1]), data: ['11', 'base58'] }] },
    ],
    ['half a lamport', { context: { slot: 1_000 }, value: [accountOf([1], 0.5)] }],
    ['a debt', { context: { slot: 1_000 }, value: [accountOf([1], -1)] }],
    [
      'more than there can be',
      { context: { slot: 1_000 }, value: [accountOf([1], '#18446744073709551616')] },
    ],
    ['an owner that is none', { context: { slot: 1_000 }, value: [{ ...accountOf([1]), owner: 'me' }] }],
    ['nothing', null],
  ])('of which a node sends %s are asked of another', async (_, result) => {
    await start(2);
    await rig.pool.checkHealth();
    answer(rig.node(0), 'getMultipleAccounts', result);
    rig.node(1).accounts.set(A, accountOf([7]));
    const { accounts } = await chain.accounts([A]);
    expect(accounts[0]?.data).toEqual(new Uint8Array([7]));
    expect(rig.pool.healthView()[0]).toMatchObject({
      state: 'failing',
      lastError: 'its answer to getMultipleAccounts has another shape',
    });
  });

  it('are at most a hundred at once', async () => {
    await start(1);
    await expect(chain.accounts(Array.from({ length: 101 }, () => A))).rejects.toThrow(RangeError);
    expect(rig.node(0).asked).toHaveLength(0);
  });
});

describe('the newest block', () => {
  it('has a blockhash and a last height', async () => {
    await start(1);
    answer(rig.node(0), 'getLatestBlockhash', {
      context: { slot: 1_000 },
      value: { blockhash: OWNER, lastValidBlockHeight: 1_050 },
    });
    expect(await chain.latestBlockhash()).toEqual({ blockhash: OWNER, lastValidBlockHeight: 1_050 });
  });

  it('is at the lowest height that a node says, so that one that runs ahead expires nothing', async () => {
    await start(3);
    rig.node(0).height = 5_000;
    rig.node(1).height = 901;
    rig.node(2).fault = { kind: 'reset' };
    expect(await chain.blockHeight('finalized')).toBe(901);
  });

  it('is not asked of a node that stands still', async () => {
    await start(2);
    rig.node(0).methods.set('getBlockHeight', ([config], node) => {
      const { minContextSlot = 0 } = config as { minContextSlot?: number };
      if (node.slot < minContextSlot)
        throw new ScriptedRefusal(-32_016, 'Minimum context slot has not been reached');
      return 10;
    });
    rig.node(1).slot = 2_000;
    await rig.pool.checkHealth();
    expect(await chain.blockHeight('confirmed')).toBe(900);
  });

  it('has a slot', async () => {
    await start(1);
    expect(await chain.slot()).toBe(1_000);
  });
});

describe('a transaction', () => {
  it('is tried without its signatures, on the newest blockhash', async () => {
    await start(1);
    const err = { InstructionError: [0, { Custom: 6_010 }] };
    answer(rig.node(0), 'simulateTransaction', {
      context: { slot: 1_000 },
      value: { err, logs: ['Program log: no'], unitsConsumed: 1_234, accounts: null },
    });
    expect(await chain.simulate(WIRE)).toEqual({
      error: err,
      logs: ['Program log: no'],
      unitsConsumed: 1_234,
    });
    expect(rig.node(0).askedFor('simulateTransaction')[0]?.params).toEqual([
      'AQID',
      { commitment: 'confirmed', encoding: 'base64', sigVerify: false, replaceRecentBlockhash: true },
    ]);
    answer(rig.node(0), 'simulateTransaction', {
      context: { slot: 1_000 },
      value: { err: null, logs: null },
    });
    await chain.accounts([A]);
    expect(await chain.simulate(WIRE)).toEqual({ error: null, logs: [], unitsConsumed: null });
    expect(rig.node(0).askedFor('simulateTransaction')[1]?.params[1]).toMatchObject({
      minContextSlot: 1_000,
    });
  });

  it('is sent to one node, the same bytes to the others where that fails, and taken once one has it', async () => {
    await start(3);
    await rig.pool.checkHealth();
    rig.node(0).fault = { kind: 'http', status: 429 };
    rig.node(1).fault = { kind: 'rpc', code: -32_003 };
    answer(rig.node(2), 'sendTransaction', SIGNATURE);
    expect((await settled(chain.send(WIRE))).status).toBe('fulfilled');
    expect(rig.nodes.map((node) => node.askedFor('sendTransaction').map(({ params }) => params[0]))).toEqual([
      ['AQID'],
      ['AQID'],
      ['AQID'],
    ]);
    rig.node(2).fault = { kind: 'reset' };
    expect(await failure(chain.send(WIRE))).toMatchObject({ rpcCode: -32_003 });
  });

  const landed = {
    slot: 990,
    blockTime: 1_700_000_000,
    meta: {
      err: null,
      fee: 5_000,
      preBalances: ['#9007199254740993', 1],
      postBalances: ['#9007199254735993', 1],
      logMessages: ['Program log: yes'],
    },
    transaction: { signatures: [SIGNATURE], message: { accountKeys: [A, B], instructions: [] } },
  };
  const told = {
    signature: SIGNATURE,
    slot: 990,
    blockTime: 1_700_000_000,
    error: null,
    logs: ['Program log: yes'],
    fee: 5_000n,
    payer: { address: A, before: 9007199254740993n, after: 9007199254735993n },
    balances: [
      { address: A, before: 9007199254740993n, after: 9007199254735993n },
      { address: B, before: 1n, after: 1n },
    ],
  };

  it('that has landed is told with its logs, its fee, its payer and what everybody had', async () => {
    await start(1);
    answer(rig.node(0), 'getTransaction', landed);
    expect(await chain.transaction(SIGNATURE)).toEqual(told);
  });

  it('is found with any node that has it', async () => {
    await start(2);
    answer(rig.node(0), 'getTransaction', null);
    answer(rig.node(1), 'getTransaction', landed);
    expect(await chain.transaction(SIGNATURE)).toEqual(told);
    answer(rig.node(1), 'getTransaction', null);
    expect(await chain.transaction(SIGNATURE)).toBeNull();
  });

  it('is not another one', async () => {
    await start(2);
    answer(rig.node(0), 'getTransaction', landed);
    answer(rig.node(1), 'getTransaction', null);
    expect(await chain.transaction(OTHER_SIGNATURE)).toBeNull();
    expect(rig.states()).toEqual(['failing', 'healthy']);
  });
});

describe('the status of a signature', () => {
  const status = (slot: number, confirmationStatus: string, err: unknown = null): object => ({
    slot,
    confirmations: 0,
    err,
    status: { Ok: null },
    confirmationStatus,
  });
  const say = (node: ScriptedNode, ...value: readonly (object | null)[]): void => {
    node.methods.set('getSignatureStatuses', () => node.inContext(value));
  };

  it('is told for each, with the whole history searched', async () => {
    await start(1);
    say(rig.node(0), status(900, 'confirmed', 'AccountInUse'), null);
    expect(await chain.statuses([SIGNATURE, OTHER_SIGNATURE])).toEqual([
      { slot: 900, commitment: 'confirmed', error: 'AccountInUse' },
      null,
    ]);
    expect(rig.node(0).askedFor('getSignatureStatuses')[0]?.params).toEqual([
      [SIGNATURE, OTHER_SIGNATURE],
      { searchTransactionHistory: true },
    ]);
    expect(await chain.statuses([])).toEqual([]);
  });

  it('is everywhere the newest word: one node that knows it is enough', async () => {
    await start(4);
    say(rig.node(0), null);
    say(rig.node(1), status(901, 'processed'));
    say(rig.node(2), status(900, 'confirmed'));
    say(rig.node(3), null);
    expect(await chain.statusEverywhere(SIGNATURE)).toEqual({
      slot: 900,
      commitment: 'confirmed',
      error: null,
    });
  });

  it('is null where at least half of the nodes say so and nobody knows it', async () => {
    await start(3);
    await rig.pool.checkHealth();
    for (const node of rig.nodes) say(node, null);
    expect(await chain.statusEverywhere(SIGNATURE)).toBeNull();
    rig.node(0).fault = { kind: 'reset' };
    expect(await chain.statusEverywhere(SIGNATURE)).toBeNull();
    rig.node(1).fault = { kind: 'http', status: 429 };
    expect(await failure(chain.statusEverywhere(SIGNATURE))).toMatchObject({
      code: 'VENUE_UNAVAILABLE',
      details: { answering: 1, nodes: 3 },
    });
  });

  it('is not absent because a node that is behind does not know it', async () => {
    await start(2);
    rig.node(0).slot = 2_000;
    for (const node of rig.nodes) say(node, null);
    await chain.statuses([SIGNATURE]);
    rig.node(0).fault = { kind: 'reset' };
    expect(await failure(chain.statusEverywhere(SIGNATURE))).toMatchObject({ code: 'VENUE_UNAVAILABLE' });
  });

  it('is not absent because of a node whose newest block is older than one that is confirmed', async () => {
    await start(2);
    rig.node(0).slot = 2_000;
    await rig.pool.checkHealth();
    await rig.pool.checkHealth();
    rig.node(0).fault = { kind: 'reset' };
    say(rig.node(1), null);
    expect(await failure(chain.statusEverywhere(SIGNATURE))).toMatchObject({ code: 'VENUE_UNAVAILABLE' });
  });

  it('is decided by no node of another network', async () => {
    await start(2);
    rig.node(0).genesis = 'another';
    say(rig.node(0), status(900, 'finalized'));
    say(rig.node(1), null);
    expect(await chain.statusEverywhere(SIGNATURE)).toBeNull();
  });
});

describe('history and fees', () => {
  it('are what the node lists', async () => {
    await start(1);
    answer(rig.node(0), 'getSignaturesForAddress', [
      {
        signature: SIGNATURE,
        slot: 990,
        err: null,
        memo: null,
        blockTime: 1,
        confirmationStatus: 'finalized',
      },
      { signature: OTHER_SIGNATURE, slot: 980, err: { InstructionError: [0, 'Custom'] } },
    ]);
    answer(rig.node(0), 'getRecentPrioritizationFees', [
      { slot: 1, prioritizationFee: 0 },
      { slot: 2, prioritizationFee: 1_000 },
    ]);
    expect(await chain.signaturesFor(A, SIGNATURE, 10)).toEqual([
      { signature: SIGNATURE, slot: 990, error: null },
      { signature: OTHER_SIGNATURE, slot: 980, error: { InstructionError: [0, 'Custom'] } },
    ]);
    expect(rig.node(0).askedFor('getSignaturesForAddress')[0]?.params).toEqual([
      A,
      { commitment: 'confirmed', limit: 10, until: SIGNATURE },
    ]);
    expect(await chain.recentPriorityFees([A])).toEqual([0, 1_000]);
  });

  it('come from a node that is there', async () => {
    await start(2);
    await rig.pool.checkHealth();
    answer(rig.node(1), 'getSignaturesForAddress', []);
    expect(await chain.signaturesFor(A, undefined, 1)).toEqual([]);
    expect(rig.node(0).askedFor('getSignaturesForAddress')[0]?.params[1]).toEqual({
      commitment: 'confirmed',
      limit: 1,
      minContextSlot: 990,
    });
    await quiet();
    expect(rig.states()).toEqual(['healthy', 'healthy']);
  });
});
