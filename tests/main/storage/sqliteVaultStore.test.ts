import path from 'node:path';

import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';

import { EventRepository } from '../../../src/main/storage/eventRepository.ts';
import { JournalRepository } from '../../../src/main/storage/journalRepository.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqliteVaultStore.ts';
import { VaultRepository, type VaultName } from '../../../src/main/storage/vaultRepository.ts';
import type { JournalState } from '../../../src/main/storage/vaultStore.ts';
import { NOW, opened, refusal, scratchFolder } from './fixtures/scratch.ts';
import {
  VAULT,
  checkpointAt,
  commitStep,
  contentIn,
  contentOf,
  eventsAt,
  fundingAt,
  ledgerAt,
  orderAt,
  outcomeAt,
} from './fixtures/steps.ts';

const FINAL: readonly JournalState[] = ['filled', 'partiallyFilled', 'rejected', 'cancelled', 'expired'];

function vaultOf(name: VaultName = VAULT, db = opened()) {
  const vaultId = new VaultRepository(db).findOrCreate(name, NOW);
  return { db, vaultId, store: new SqliteVaultStore(db, vaultId), journal: new JournalRepository(db) };
}

/** A vault on disk whose content a second connection can look at: what it sees is committed. */
function watched() {
  const file = path.join(scratchFolder(), 'vault.sqlite');
  const vault = vaultOf(VAULT, opened(file));
  const other = new BetterSqlite3(file, { timeout: 0 }).defaultSafeIntegers();
  onTestFinished(() => {
    other.close();
  });
  return { ...vault, other };
}

describe('intend', () => {
  it('has the order in the journal before it returns, with nothing that waits for the commit', () => {
    const { store, other, vaultId } = watched();
    store.event({ seq: 0, t: 0, type: 'OPENING', line: '{}' });

    store.intend(orderAt(1));

    const journalled = new JournalRepository(other);
    expect(journalled.open(vaultId)).toEqual([
      {
        order: orderAt(1),
        outcome: {
          clientOrderId: 'order-1',
          t: 60_000,
          state: 'sent',
          filled: '0',
          quote: '0',
          fee: '0',
          code: null,
        },
      },
    ]);
    expect(new EventRepository(other).count(vaultId)).toBe(0);
    expect(store.pending).toBe(true);
  });

  it('lets the same order pass again, whatever has become of it', () => {
    const { store, journal, vaultId } = vaultOf();
    store.intend(orderAt(1));
    store.intend(orderAt(1));
    commitStep(store, 1);

    store.intend(orderAt(1));

    expect(journal.count(vaultId)).toBe(1);
    expect(journal.byId(vaultId, 'order-1')?.outcome).toEqual(outcomeAt(1));
  });

  it.each(
    Object.entries({
      intentId: 'other',
      t: 1,
      market: 'SOL',
      side: 'buy',
      size: '1.6',
      limitPrice: '150',
      reduceOnly: true,
      validUntil: 1,
      purpose: 'exit',
    }),
  )('refuses another %s under the same id', (field, other) => {
    const { store, journal, vaultId } = vaultOf();
    store.intend(orderAt(1));

    const refused = refusal(() => {
      store.intend({ ...orderAt(1), [field]: other });
    });

    expect(refused).toMatchObject({ code: 'INTERNAL', details: { clientOrderId: 'order-1', field } });
    expect(journal.byId(vaultId, 'order-1')?.order).toEqual(orderAt(1));
  });

  it('refuses to be part of another transaction, where it would not be on disk yet', () => {
    const { db, store, journal, vaultId } = vaultOf();
    db.exec('BEGIN');

    expect(refusal(() => store.intend(orderAt(1))).code).toBe('INTERNAL');

    db.exec('COMMIT');
    expect(journal.count(vaultId)).toBe(0);
  });
});

describe('commit', () => {
  it('keeps everything that was gathered and the checkpoint, and has nothing left to keep', () => {
    const { db, store } = vaultOf();
    expect(store.pending).toBe(false);

    for (const step of [1, 2, 3]) commitStep(store, step);

    expect(contentIn(db).content).toEqual(contentOf(3));
    expect(store.pending).toBe(false);
  });

  it('shows nobody anything before it', () => {
    const { store, other } = watched();
    commitStep(store, 1);

    store.intend(orderAt(2));
    store.outcome(outcomeAt(2));
    for (const event of eventsAt(2)) store.event(event);
    store.ledger(ledgerAt(2));

    expect(contentIn(other)).toEqual({ open: [orderAt(2)], content: contentOf(1) });
  });

  it.each(['outcome', 'event', 'ledger', 'funding'] as const)(
    'has something to keep after one %s',
    (kind) => {
      const { store } = vaultOf();
      store.intend(orderAt(1));
      expect(store.pending).toBe(false);

      if (kind === 'outcome') store.outcome(outcomeAt(1));
      else if (kind === 'event') store.event({ seq: 0, t: 0, type: 'OPENING', line: '{}' });
      else if (kind === 'ledger') store.ledger(ledgerAt(1));
      else store.funding('SOL-PERP', fundingAt(1));

      expect(store.pending).toBe(true);
      store.commit({ step: 1, t: 0, state: '{}' });
      expect(store.pending).toBe(false);
    },
  );

  it.each([
    [
      'a number that is taken',
      (store: SqliteVaultStore) => {
        store.event({ seq: 0, t: 0, type: 'FILL', line: '{}' });
      },
    ],
    [
      'an outcome of an order that was never journalled',
      (store: SqliteVaultStore) => {
        store.outcome(outcomeAt(9));
      },
    ],
    [
      'an unbalanced ledger transaction',
      (store: SqliteVaultStore) => {
        store.ledger({
          seq: 9,
          t: 0,
          kind: 'FILL',
          postings: [{ account: 'cash', asset: 'USDC', amount: 1n }],
        });
      },
    ],
    [
      'a fraction where a whole number belongs',
      (store: SqliteVaultStore) => {
        store.event({ seq: 9, t: 0.5, type: 'FILL', line: '{}' });
      },
    ],
  ])('with %s throws, keeps nothing, and never gets past it', (_what, gather) => {
    const { db, store } = vaultOf();
    commitStep(store, 1);
    gather(store);

    for (const attempt of [2, 3]) {
      expect(refusal(() => store.commit({ step: attempt, t: 0, state: '{}' })).code).toBe('INTERNAL');
      expect(store.pending).toBe(true);
      expect(contentIn(db).content).toEqual(contentOf(1));
    }
  });

  it('that finds the database taken keeps nothing, and all of it when it is asked again', () => {
    const { db, store, other } = watched();
    commitStep(store, 1);
    store.intend(orderAt(2));
    other.exec('BEGIN IMMEDIATE');
    store.outcome(outcomeAt(2));
    for (const event of eventsAt(2)) store.event(event);
    store.ledger(ledgerAt(2));
    store.funding('SOL-PERP', fundingAt(2));
    const checkpoint = checkpointAt(2);

    expect(refusal(() => store.commit(checkpoint)).code).toBe('DATA_FOLDER_IN_USE');
    expect(contentIn(db).content).toEqual(contentOf(1));

    other.exec('ROLLBACK');
    store.commit(checkpoint);
    expect(contentIn(db).content).toEqual(contentOf(2));
  });

  it('on a full disk says so, keeps nothing, and all of it when there is room again', () => {
    const { db, store } = watched();
    commitStep(store, 1);
    const state = 'x'.repeat(100_000);
    const pages = db.pragma('page_count', { simple: true });
    db.pragma(`max_page_count = ${Number(pages)}`);

    const refused = refusal(() => store.commit({ step: 2, t: 0, state }));
    expect(refused).toMatchObject({ code: 'DATA_FOLDER_UNWRITABLE', retryable: true });
    expect(refused.message).toContain('full');
    expect(contentIn(db).content).toEqual(contentOf(1));

    db.pragma('max_page_count = 10000');
    store.commit({ step: 2, t: 0, state });
    expect(contentIn(db).content.checkpoint).toEqual({ step: 2, t: 0, state });
  });
});

describe('the outcome of an order', () => {
  const commit = (store: SqliteVaultStore): void => {
    store.commit({ step: 1, t: 0, state: '{}' });
  };

  it('is open while it is unknown, and takes later words until it is final', () => {
    const { store, journal, vaultId } = vaultOf();
    store.intend(orderAt(1));
    store.outcome({ ...outcomeAt(1), state: 'unknown', filled: '0' });
    store.outcome({ ...outcomeAt(1), state: 'unknown', filled: '1' });
    commit(store);
    expect(journal.open(vaultId).map(({ outcome }) => outcome.filled)).toEqual(['1']);

    store.outcome(outcomeAt(1));
    commit(store);

    expect(journal.open(vaultId)).toEqual([]);
    expect(journal.byId(vaultId, 'order-1')?.outcome).toEqual(outcomeAt(1));
  });

  it.each(FINAL)('stays %s once it is that; only the same word may be said again', (state) => {
    const { db, store, journal, vaultId } = vaultOf();
    const final = { ...outcomeAt(1), state, code: state === 'rejected' ? 'INVALID_PRICE' : null };
    store.intend(orderAt(1));
    store.outcome(final);
    store.outcome({ ...final, t: final.t + 5_000 });
    commit(store);

    for (const later of [
      { ...final, state: 'unknown' as const },
      { ...final, state: state === 'filled' ? ('cancelled' as const) : ('filled' as const) },
      { ...final, filled: '0.1' },
      { ...final, quote: '0.1' },
      { ...final, fee: '0.2' },
      { ...final, code: 'RATE_LIMITED' },
    ]) {
      const again = new SqliteVaultStore(db, vaultId);
      again.outcome(later);
      expect(refusal(() => commit(again)).code).toBe('INTERNAL');
    }
    expect(journal.byId(vaultId, 'order-1')?.outcome).toEqual(final);
  });
});

describe('vaults in one database', () => {
  it('R7.6 engines on different sub-accounts have separate vaults: their rows never mix', () => {
    const db = opened();
    const first = vaultOf(VAULT, db);
    const names: readonly VaultName[] = [
      { ...VAULT, subAccount: 1 },
      { ...VAULT, venue: 'drift' },
      { ...VAULT, engine: 'other' },
      { ...VAULT, mode: 'live' },
    ];
    const others = names.map((name) => vaultOf(name, db));
    expect(new Set([first, ...others].map(({ vaultId }) => vaultId)).size).toBe(5);

    for (const step of [1, 2]) commitStep(first.store, step);
    for (const { store, vaultId, journal } of others) {
      store.intend({ ...orderAt(1), size: '7' });
      store.event({ seq: 0, t: 0, type: 'OPENING', line: `{"vault":${vaultId}}` });
      store.ledger({ ...ledgerAt(9), seq: 0 });
      store.commit({ step: 1, t: 0, state: `{"vault":${vaultId}}` });

      expect([...new EventRepository(db).lines(vaultId)]).toEqual([`{"vault":${vaultId}}`]);
      expect(journal.open(vaultId).map(({ order }) => order.size)).toEqual(['7']);
    }

    expect(contentIn(db)).toEqual({ open: [], content: contentOf(2) });
  });
});
