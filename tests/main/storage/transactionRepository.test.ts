import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { keepTransactions } from '../../../src/main/storage/keepTransactions.ts';
import type { TransactionRecord } from '../../../src/main/storage/transactionJournal.ts';
import { TransactionRepository } from '../../../src/main/storage/transactionRepository.ts';
import { opened, refusal, scratchFolder } from './fixtures/scratch.ts';

const INTENDED: TransactionRecord = {
  intentId: 'order-1',
  attempt: 1,
  kind: 'order',
  words: 'Sell 1 SOL-PERP.',
  payer: 'me',
  state: 'intended',
  signature: null,
  lastValidBlockHeight: null,
  wire: null,
  slot: null,
  fee: null,
  landed: null,
  code: null,
  reason: null,
  intendedT: 10,
  updatedT: 10,
};
const SIGNED: TransactionRecord = {
  ...INTENDED,
  state: 'signed',
  signature: 'sig-1',
  lastValidBlockHeight: 9_007_199_254_740_991,
  wire: new Uint8Array(Buffer.from([1, 2, 3])),
  updatedT: 20,
};
const UNKNOWN: TransactionRecord = { ...SIGNED, state: 'unknown', reason: 'Nobody knows.' };
const EXPIRED: TransactionRecord = { ...SIGNED, state: 'expired' };
const LANDED: TransactionRecord = {
  ...SIGNED,
  state: 'landed',
  slot: 7,
  fee: 9_223_372_036_854_775_807n,
  landed: '{}',
};
const FAILED: TransactionRecord = { ...LANDED, state: 'failed', code: 'INTERNAL', reason: 'No.' };
const REFUSED: TransactionRecord = { ...INTENDED, state: 'refused', code: 'NOT_SENT', reason: 'No.' };

const journal = (file?: string) => new TransactionRepository(opened(file), 'genesis');

/** A journal with one attempt that went through these. */
function after(...records: readonly TransactionRecord[]): TransactionRepository {
  const repository = journal();
  repository.begin(INTENDED);
  for (const record of records) repository.update(record);
  return repository;
}

describe('the journal of transactions', () => {
  it.each([
    [[REFUSED]],
    [[SIGNED]],
    [[SIGNED, UNKNOWN]],
    [[SIGNED, LANDED]],
    [[SIGNED, UNKNOWN, FAILED]],
    [[SIGNED, UNKNOWN, EXPIRED]],
  ])('gives back what was written, to the last unit: %#', (records) => {
    const [last] = after(...records).attempts('order-1');
    expect(last).toEqual({
      ...records.at(-1),
      wire: records.at(-1)?.wire === null ? null : Buffer.from([1, 2, 3]),
    });
  });

  it.each([
    ['landed', [SIGNED, LANDED], EXPIRED],
    ['expired', [SIGNED, EXPIRED], LANDED],
    ['refused', [REFUSED], SIGNED],
    ['unknown', [SIGNED, UNKNOWN], REFUSED],
    ['signed', [SIGNED], { ...SIGNED, signature: 'sig-2' }],
    ['signed', [SIGNED], { ...SIGNED, wire: Uint8Array.of(9) }],
    ['signed', [SIGNED], { ...SIGNED, lastValidBlockHeight: 1 }],
    ['intended', [], { ...INTENDED, state: 'signed' }],
    ['intended', [], { ...INTENDED, state: 'refused' }],
    ['signed', [SIGNED], { ...SIGNED, state: 'landed' }],
    ['signed', [SIGNED], { ...LANDED, fee: null }],
  ] as const)('does not take what is %s on to what may not be: %#', (state, records, next) => {
    const repository = after(...records);
    expect(refusal(() => repository.update(next)).code).toBe('INTERNAL');
    expect(repository.attempts('order-1')).toMatchObject([{ state }]);
  });

  it('does not take on what was never begun', () => {
    expect(refusal(() => journal().update(SIGNED)).message).toContain('as absent');
  });

  it.each([[[]], [[SIGNED]], [[SIGNED, UNKNOWN]], [[SIGNED, LANDED]], [[REFUSED]]])(
    'takes no second attempt while the first may have an effect or was refused: %#',
    (records) => {
      const repository = after(...records);
      const next = { ...INTENDED, attempt: 2 };
      expect(refusal(() => repository.begin(next)).code).toBe('INTERNAL');
      expect(repository.attempts('order-1')).toHaveLength(1);
    },
  );

  it.each([[[SIGNED, EXPIRED]], [[SIGNED, FAILED]]])(
    'takes one after it is without effect: %#',
    (records) => {
      const repository = after(...records);
      repository.begin({ ...INTENDED, attempt: 2 });
      expect(repository.attempts('order-1').map(({ attempt }) => attempt)).toEqual([1, 2]);
    },
  );

  it('takes a signature once, whatever it is for', () => {
    const repository = after(SIGNED);
    repository.begin({ ...INTENDED, intentId: 'order-2' });
    expect(refusal(() => repository.update({ ...SIGNED, intentId: 'order-2' })).code).toBe('INTERNAL');
  });

  it('lists what is open, oldest first, and all of it, newest first', () => {
    const repository = after(SIGNED, LANDED);
    repository.begin({ ...INTENDED, intentId: 'b', intendedT: 12 });
    repository.begin({ ...INTENDED, intentId: 'a', intendedT: 11 });
    repository.update({ ...SIGNED, intentId: 'a', signature: 'sig-a', intendedT: 11 });
    expect(repository.open().map(({ intentId }) => intentId)).toEqual(['a', 'b']);
    expect(repository.latest(2).map(({ intentId }) => intentId)).toEqual(['b', 'a']);
    expect(repository.latest(9)).toHaveLength(3);
  });

  it('knows nothing of another cluster', () => {
    const db = opened();
    new TransactionRepository(db, 'one').begin(INTENDED);
    const other = new TransactionRepository(db, 'another');
    expect([other.open(), other.attempts('order-1'), other.latest(9)]).toEqual([[], [], []]);
  });

  it('has written what it says before it says so', () => {
    const file = path.join(scratchFolder(), 'journal.sqlite');
    const repository = journal(file);
    repository.begin(INTENDED);
    repository.update(SIGNED);
    expect(journal(file).open()).toMatchObject([{ signature: 'sig-1' }]);
  });
});

describe('a restore', () => {
  it('keeps every transaction as it stands now, of every cluster, and those that the backup has beside them', () => {
    const [now, backup] = [opened(), opened()];
    const of = (db: typeof now, cluster = 'genesis') => new TransactionRepository(db, cluster);
    const old = of(backup);
    old.begin(INTENDED);
    old.update(SIGNED);
    old.begin({ ...INTENDED, intentId: 'only-there' });
    const newer = of(now);
    newer.begin(INTENDED);
    newer.update(SIGNED);
    newer.update(EXPIRED);
    newer.begin({ ...INTENDED, attempt: 2 });
    of(now, 'another').begin(INTENDED);
    keepTransactions(now, backup);
    expect(of(backup).attempts('order-1')).toEqual(newer.attempts('order-1'));
    expect(of(backup).attempts('only-there')).toHaveLength(1);
    expect(of(backup, 'another').open()).toHaveLength(1);
  });
});
