import { describe, expect, it } from 'vitest';

import type { TransactionOutcome } from '../../../../../src/main/venues/solana/transactions/intent.ts';
import { AppError } from '../../../../../src/shared/contract/appError.ts';
import { Rig } from './rig.ts';
import type { ChainFaults } from './scriptedChain.ts';

/** Carries one intent through faults, and sees that what is said, what is written and what is true are the same. */
async function carried(faults: Partial<ChainFaults>) {
  const rig = new Rig();
  Object.assign(rig.chain.faults, faults);
  const { done, tookMs } = await rig.until(rig.desk.carry(rig.intent()));
  expectTrue(rig, done);
  return { rig, done, tookMs };
}

function expectTrue(rig: Rig, outcome: TransactionOutcome): void {
  const record = rig.record();
  expect(record?.state).toBe(outcome.kind);
  expect(new Set(rig.chain.sent).size).toBeLessThanOrEqual(1);
  expect(rig.signer.signed.length).toBeLessThanOrEqual(1);
  const isDone = rig.chain.effects.includes(record?.signature ?? '');
  if (outcome.kind === 'landed') expect(isDone).toBe(true);
  if (['refused', 'expired', 'failed'].includes(outcome.kind)) expect(rig.chain.effects).toEqual([]);
  expect(rig.alerts.length > 0).toBe(outcome.kind === 'unknown');
}

const healed = (rig: Rig): void => {
  Object.assign(rig.chain.faults, { asking: 'answers', lie: 'none', behindBlocks: 0, staysProcessed: false });
};

describe('before it is signed', () => {
  it('[R3.4] [R9.2] a failed simulation refuses, in the program’s words, and is not tried again', async () => {
    const simulation = {
      error: { InstructionError: [2, { Custom: 6003 }] },
      logs: ['Program log: one', 'two'],
    };
    const { rig, done } = await carried({ simulation });
    expect(done).toEqual({
      kind: 'refused',
      why: {
        code: 'INSUFFICIENT_COLLATERAL',
        message: 'The program said {"InstructionError":[2,{"Custom":6003}]} in 2 lines.',
      },
    });
    expect(rig.chain.calls.filter((call) => call === 'simulate')).toHaveLength(1);
    expect(rig.signer.signed).toEqual([]);
  });

  it.each(['InsufficientFundsForFee', { InsufficientFundsForRent: { account_index: 0 } }, 'AccountNotFound'])(
    'the cluster’s %j is too little SOL for gas',
    async (error) => {
      const { done } = await carried({ simulation: { error, logs: [] } });
      expect(done).toMatchObject({ kind: 'refused', why: { code: 'INSUFFICIENT_GAS' } });
    },
  );

  it.each([
    [{ simulating: 'breaks' }, 'VENUE_UNAVAILABLE'],
    [{ simulating: 'rateLimited' }, 'RATE_LIMITED'],
    [{ readingBlockhash: 'breaks' }, 'VENUE_UNAVAILABLE'],
  ] as const)('%j refuses with %s, and nothing was sent', async (faults, code) => {
    const { rig, done } = await carried(faults);
    expect(done).toMatchObject({ kind: 'refused', why: { code } });
    expect(rig.chain.calls).not.toContain('send');
  });

  it('fees that can not be read leave it without a bid', async () => {
    const { done } = await carried({ readingFees: 'breaks' });
    expect(done.kind).toBe('landed');
  });

  it('[R3.10] a refusal is logged with its programs, accounts and logs', async () => {
    const { rig } = await carried({ simulation: { error: 'no', logs: ['Program log: no'] } });
    expect(rig.log.find(({ level }) => level === 'error')).toMatchObject({
      message: 'A transaction was refused; nothing was sent.',
      context: {
        intent: 'order-1',
        words: 'Carry order-1.',
        programs: ['11111111111111111111111111111111'],
        accounts: [rig.signer.address],
        logs: ['Program log: no'],
      },
    });
  });
});

describe('on its way', () => {
  it.each<readonly [string, Partial<ChainFaults>]>([
    ['lost twice', { losesFirst: 2 }],
    ['taken by a node whose reply is lost', { sending: 'breaks' }],
    ['taken by a node that hangs', { sending: 'hangs' }],
    ['taken, with 429 for an answer', { sending: 'rateLimited' }],
    ['landing after 20 s', { landsAfterMs: 20_000 }],
  ])('%s, it lands once', async (_, faults) => {
    const { rig, done, tookMs } = await carried(faults);
    expect(done.kind).toBe('landed');
    expect(rig.chain.inBlocks).toHaveLength(1);
    expect(tookMs).toBeLessThan(30_000);
  });

  it('[R3.5] it is sent again with the same bytes while it is unconfirmed, for 30 s', async () => {
    const { rig } = await carried({ losesFirst: 1_000 });
    expect(rig.chain.sent.length).toBeGreaterThan(10);
    expect(rig.chain.sent.length).toBeLessThanOrEqual(15);
    expect(new Set(rig.chain.sent).size).toBe(1);
  });

  it('[R9.3] what is not confirmed in 30 s is followed up by asking, and not sent any more', async () => {
    const { rig, done, tookMs } = await carried({ landsAfterMs: 45_000 });
    expect(done.kind).toBe('landed');
    expect(tookMs).toBeGreaterThan(45_000);
    expect(tookMs).toBeLessThan(50_000);
    expect(rig.log).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: 'A transaction was not confirmed in time; it is followed up.',
      }),
    );
  });

  it.each<readonly [string, Partial<ChainFaults>]>([
    ['lost every time', { losesFirst: 1_000 }],
    ['taken by nobody', { sending: 'breaks', takes: false }],
    ['refused with 429 every time', { sending: 'rateLimited', takes: false }],
    ['sent to a node that hangs', { sending: 'hangs', takes: false }],
    ['later than its blockhash', { landsAfterMs: 70_000 }],
  ])('%s, it expires once the finalized height is past its last one', async (_, faults) => {
    const { rig, done } = await carried(faults);
    expect(done.kind).toBe('expired');
    expect(rig.chain.height - 32).toBeGreaterThan(rig.record()?.lastValidBlockHeight ?? Infinity);
    await rig.pass(120_000);
    expect(rig.chain.inBlocks).toEqual([]);
  });

  it('[R3.10] undone in its block, it has failed: with the program’s words, its cost, and all of it in the log', async () => {
    const { rig, done } = await carried({ landsWith: { InstructionError: [0, { Custom: 1 }] } });
    expect(done).toMatchObject({
      kind: 'failed',
      why: { code: 'INSUFFICIENT_COLLATERAL' },
      transaction: { fee: 5_000n },
    });
    const signature = rig.record()?.signature;
    expect(rig.log.find(({ level }) => level === 'error')).toMatchObject({
      context: {
        signature,
        programs: expect.arrayContaining(['11111111111111111111111111111111']) as unknown,
        accounts: [rig.signer.address],
        logs: ['Program log: AnchorError: too bad'],
        feeLamports: 5_000n,
      },
    });
  });

  it('with a node that gives its blockhash too short a life, it is not taken for expired', async () => {
    const { done } = await carried({ understatesLife: 140, landsAfterMs: 55_000 });
    expect(done.kind).toBe('landed');
  });
});

describe('where nobody can tell', () => {
  it.each<readonly [string, Partial<ChainFaults>, string]>([
    ['no node answers', { asking: 'breaks' }, 'No node has answered what became of it.'],
    ['every node says 429', { asking: 'rateLimited' }, 'No node has answered what became of it.'],
    ['every node hangs', { asking: 'hangs' }, 'No node has answered what became of it.'],
    [
      'a node says that it failed, and shows it done',
      { lie: 'failed' },
      'A node says that it is confirmed, and none shows it as that.',
    ],
    [
      'a node says that it is absent, and others know it',
      { lie: 'absent', isLieEverywhere: false },
      'A node says that it is confirmed, and none shows it as that.',
    ],
    [
      'a node shows another transaction',
      { lie: 'otherTransaction' },
      'A node says that it is confirmed, and none shows it as that.',
    ],
    [
      'it stays on a fork',
      { staysProcessed: true },
      'A node has seen it in a block that is not confirmed yet.',
    ],
  ])('because %s, it is unknown after 90 s, and landed at the next sync', async (_, faults, cause) => {
    const { rig, done, tookMs } = await carried(faults);
    expect(done).toMatchObject({ kind: 'unknown', cause });
    expect(tookMs).toBe(90_000);
    expect(rig.alerts).toEqual([{ id: 'order-1', cause }]);
    expect(rig.desk.open()).toMatchObject([{ id: 'order-1', state: 'unknown' }]);
    healed(rig);
    const { done: settled } = await rig.until(rig.desk.resume());
    expect(settled).toMatchObject([{ id: 'order-1', state: 'landed', outcome: { kind: 'landed' } }]);
    expect(rig.chain.effects).toHaveLength(1);
    expect(rig.signer.signed).toHaveLength(1);
  });

  it.each<readonly [string, Partial<ChainFaults>]>([
    ['no node answers', { asking: 'breaks' }],
    ['a node says that it is confirmed, and none shows it', { lie: 'confirmed' }],
    ['nodes are behind', { behindBlocks: 200 }],
  ])('because %s, what never arrived is unknown, and expired at the next sync', async (_, faults) => {
    const { rig, done } = await carried({ ...faults, takes: false });
    expect(done.kind).toBe('unknown');
    healed(rig);
    const { done: settled } = await rig.until(rig.desk.resume());
    expect(settled).toMatchObject([{ id: 'order-1', state: 'expired' }]);
    expect(rig.chain.effects).toEqual([]);
  });

  it('[R9.4] it stays unknown for as long as nobody can tell, and is asked after by the same command', async () => {
    const { rig } = await carried({ asking: 'breaks' });
    expect((await rig.until(rig.desk.carry(rig.intent()))).done.kind).toBe('unknown');
    expect((await rig.until(rig.desk.resume())).done).toMatchObject([{ outcome: { kind: 'unknown' } }]);
    healed(rig);
    expect((await rig.until(rig.desk.carry(rig.intent()))).done.kind).toBe('landed');
    expect(rig.signer.signed).toHaveLength(1);
  });
});

describe('a disk that takes no writes', () => {
  it('before the intent is written refuses it unsigned', async () => {
    const rig = new Rig();
    rig.db.pragma('query_only = 1');
    const { done } = await rig.until(rig.desk.carry(rig.intent()));
    expect(done).toMatchObject({ kind: 'refused', why: { code: 'DATA_FOLDER_UNWRITABLE' } });
    expect(rig.signer.signed).toEqual([]);
    expect(rig.record()).toBeUndefined();
  });

  it('before the signature is written sends nothing, and the next sync says so', async () => {
    const rig = new Rig();
    rig.signer.before = () => Promise.resolve(void rig.db.pragma('query_only = 1'));
    const { done } = await rig.until(rig.desk.carry(rig.intent()));
    expect(done).toMatchObject({ kind: 'refused', why: { code: 'DATA_FOLDER_UNWRITABLE' } });
    expect(rig.chain.calls).not.toContain('send');
    expect(rig.record()?.state).toBe('intended');
    await rig.until(rig.restart().resume());
    expect(rig.record()).toMatchObject({ state: 'refused', code: 'NOT_SENT' });
  });

  it('so it says, and that has written the signature all the same, leaves nothing refused that may land', async () => {
    const rig = new Rig();
    const { journal } = rig;
    const desk = rig.deskWith({
      journal: {
        begin: (record) => {
          journal.begin(record);
        },
        update: (record) => {
          journal.update(record);
          if (record.state === 'signed') throw new AppError('DATA_FOLDER_UNWRITABLE', 'The disk is gone.');
        },
        attempts: (id) => journal.attempts(id),
        signed: (signature) => journal.signed(signature),
        open: () => journal.open(),
        latest: (limit) => journal.latest(limit),
      },
    });
    const { done } = await rig.until(desk.carry(rig.intent()));
    expect(done.kind).toBe('landed');
    expect(rig.record()?.state).toBe('landed');
    expect(rig.chain.effects).toHaveLength(1);
  });

  it('before the outcome is written leaves it unknown, and the next sync settles it', async () => {
    const rig = new Rig();
    const send = rig.chain.send.bind(rig.chain);
    rig.chain.send = (wire) => {
      rig.db.pragma('query_only = 1');
      return send(wire);
    };
    const { done } = await rig.until(rig.desk.carry(rig.intent()));
    expect(done).toMatchObject({ kind: 'unknown', cause: 'What became of it could not be written down.' });
    expect(rig.alerts).toHaveLength(1);
    expect(rig.record()?.state).toBe('signed');
    await rig.until(rig.restart().resume());
    expect(rig.record()?.state).toBe('landed');
    expect(rig.chain.effects).toHaveLength(1);
  });
});
