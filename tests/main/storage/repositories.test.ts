import path from 'node:path';

import type { Database } from 'better-sqlite3';
import { describe, expect, it } from 'vitest';

import { CheckpointRepository } from '../../../src/main/storage/checkpointRepository.ts';
import { ControlRepository } from '../../../src/main/storage/controlRepository.ts';
import { openDatabase } from '../../../src/main/storage/database.ts';
import { EventRepository } from '../../../src/main/storage/eventRepository.ts';
import { FundingRepository } from '../../../src/main/storage/fundingRepository.ts';
import { JournalRepository } from '../../../src/main/storage/journalRepository.ts';
import { RunRepository } from '../../../src/main/storage/runRepository.ts';
import { ScriptMarkRepository } from '../../../src/main/storage/scriptMarkRepository.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqliteVaultStore.ts';
import { VaultRepository } from '../../../src/main/storage/vaultRepository.ts';
import { rate } from '../../../src/shared/money/quantity.ts';
import { NOW, opened, refusal, scratchFolder } from './fixtures/scratch.ts';
import { VAULT, orderAt, outcomeAt } from './fixtures/steps.ts';

function vaultIn(db: Database) {
  const vaultId = new VaultRepository(db).findOrCreate(VAULT, NOW);
  return { db, vaultId, store: new SqliteVaultStore(db, vaultId) };
}

const CHECKPOINT = { step: 1, t: 0, state: '{}' };

describe('vaults', () => {
  it('are made once and found again by engine, venue, sub-account and mode', () => {
    const vaults = new VaultRepository(opened());
    expect(vaults.find(VAULT)).toBeUndefined();

    const id = vaults.findOrCreate(VAULT, NOW);

    expect(vaults.findOrCreate(VAULT, NOW + 1)).toBe(id);
    expect(vaults.find(VAULT)).toBe(id);
    expect(vaults.find({ ...VAULT, subAccount: 1 })).toBeUndefined();
  });

  it('are there before anything is written to them', () => {
    const db = opened();

    expect(refusal(() => new SqliteVaultStore(db, 7).commit(CHECKPOINT)).code).toBe('INTERNAL');
  });
});

describe('the event log', () => {
  it('gives its lines in order, over many pages, from the start or from behind a number', () => {
    const { db, vaultId, store } = vaultIn(opened());
    const events = new EventRepository(db);
    expect(events.lastSeq(vaultId)).toBeUndefined();
    expect([...events.lines(vaultId)]).toEqual([]);
    for (let seq = 0; seq < 2_500; seq += 1) store.event({ seq, t: 0, type: 'FILL', line: `line ${seq}` });
    store.commit(CHECKPOINT);

    const lines = [...events.lines(vaultId)];

    expect(lines).toEqual(Array.from({ length: 2_500 }, (_, seq) => `line ${seq}`));
    expect([...events.lines(vaultId, 2_497)]).toEqual(['line 2498', 'line 2499']);
    expect(events.count(vaultId)).toBe(2_500);
    expect(events.lastSeq(vaultId)).toBe(2_499);
  });

  it('can be read while it is written', () => {
    const { db, vaultId, store } = vaultIn(opened());
    store.event({ seq: 0, t: 0, type: 'FILL', line: 'first' });
    store.commit(CHECKPOINT);

    const lines = new EventRepository(db).lines(vaultId);
    lines.next();
    store.event({ seq: 1, t: 0, type: 'FILL', line: 'second' });
    store.commit(CHECKPOINT);

    expect(new EventRepository(db).count(vaultId)).toBe(2);
  });
});

describe('the journal', () => {
  it('lists the orders whose outcome is open, oldest first, and none that is over', () => {
    const { db, vaultId, store } = vaultIn(opened());
    const journal = new JournalRepository(db);
    for (const step of [4, 2, 3, 1]) store.intend(orderAt(step));
    store.outcome({ ...outcomeAt(3), state: 'unknown' });
    store.outcome({ ...outcomeAt(2), state: 'cancelled' });
    store.commit(CHECKPOINT);

    expect(journal.open(vaultId).map(({ order, outcome }) => [order.clientOrderId, outcome.state])).toEqual([
      ['order-1', 'sent'],
      ['order-3', 'unknown'],
      ['order-4', 'sent'],
    ]);
    expect(journal.count(vaultId)).toBe(4);
    expect(journal.byId(vaultId, 'order-2')?.order).toEqual(orderAt(2));
    expect(journal.byId(vaultId, 'order-9')).toBeUndefined();
  });
});

describe('funding', () => {
  it('is given by market until a moment, oldest first', () => {
    const { db, vaultId, store } = vaultIn(opened());
    const sample = (t: number) => ({ t, rate: rate(BigInt(-t)), periodMs: 3_600_000 });
    for (const t of [30, 10, 20]) store.funding('SOL-PERP', sample(t));
    store.funding('BTC-PERP', sample(15));
    store.commit(CHECKPOINT);

    const funding = new FundingRepository(db);

    expect(funding.upTo(vaultId, 'SOL-PERP', 20)).toEqual([sample(10), sample(20)]);
    expect(funding.upTo(vaultId, 'SOL-PERP', 9)).toEqual([]);
    expect(funding.upTo(vaultId, 'BTC-PERP', 99)).toEqual([sample(15)]);
  });
});

describe('the checkpoint', () => {
  it('is the latest', () => {
    const { db, vaultId, store } = vaultIn(opened());
    const checkpoints = new CheckpointRepository(db);
    expect(checkpoints.latest(vaultId)).toBeUndefined();

    store.commit(CHECKPOINT);
    store.commit({ step: 2, t: 60_000, state: '{"cash":"1n"}' });

    expect(checkpoints.latest(vaultId)).toEqual({ step: 2, t: 60_000, state: '{"cash":"1n"}' });
  });
});

describe('what has to outlive the process at once', () => {
  /** Writes to a database, which is then left open as by a process that was killed, and reads what is on disk. */
  function survives<Found>(
    write: (db: Database, vaultId: number) => void,
    read: (db: Database, vaultId: number) => Found,
  ): Found {
    const file = path.join(scratchFolder(), 'vault.sqlite');
    const { db, vaultId } = vaultIn(opened(file));
    write(db, vaultId);
    const other = openDatabase(file, { now: NOW });
    const found = read(other, vaultId);
    other.close();
    return found;
  }

  it('is an SOS, until it is released', () => {
    const sos = { halted: true, flatten: true, t: NOW };
    const released = { halted: false, flatten: false, t: NOW + 1 };

    expect(
      survives(
        () => undefined,
        (db, id) => new ControlRepository(db).load(id),
      ),
    ).toBeUndefined();
    expect(
      survives(
        (db, id) => {
          new ControlRepository(db).save(id, sos);
        },
        (db, id) => new ControlRepository(db).load(id),
      ),
    ).toEqual(sos);
    expect(
      survives(
        (db, id) => {
          new ControlRepository(db).save(id, sos);
          new ControlRepository(db).save(id, released);
        },
        (db, id) => new ControlRepository(db).load(id),
      ),
    ).toEqual(released);
  });

  it('is a mark on an action of the script, and no other action', () => {
    const marks = survives(
      (db, id) => {
        new ScriptMarkRepository(db).mark(id, 3);
        new ScriptMarkRepository(db).mark(id, 3);
      },
      (db, id) => [2, 3, 4].map((action) => new ScriptMarkRepository(db).has(id, action)),
    );

    expect(marks).toEqual([false, true, false]);
  });

  it('is the configuration of the run, with the moment it was first kept', () => {
    expect(
      survives(
        () => undefined,
        (db, id) => new RunRepository(db).load(id),
      ),
    ).toBeUndefined();
    expect(
      survives(
        (db, id) => {
          new RunRepository(db).save(id, '{"seed":1}', NOW);
          new RunRepository(db).save(id, '{"seed":2}', NOW + 1);
        },
        (db, id) => new RunRepository(db).load(id),
      ),
    ).toEqual({ config: '{"seed":2}', createdT: NOW });
  });
});
