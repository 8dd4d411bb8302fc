import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { DATABASE_FILE, OpenFolder } from '../../../src/main/storage/openFolder.ts';
import { NOW, refusal, scratchFolder } from './fixtures/scratch.ts';

/** Leaves a mark in a database that tells it from any other. */
const mark = (folder: OpenFolder, revision: number): void => {
  folder.db
    .prepare(
      `INSERT INTO settings (only, revision, overrides, t) VALUES (1, ?, '{}', 0)
       ON CONFLICT DO UPDATE SET revision = excluded.revision`,
    )
    .run(revision);
};
const markOf = (folder: OpenFolder): unknown =>
  Number(folder.db.prepare('SELECT revision FROM settings').pluck().get());
const nothing = (): void => undefined;

const REASONS = ['asked', 'before-reset', 'before-restore'] as const;

function folderAt(dataDir = path.join(scratchFolder(), 'data')) {
  let now = NOW;
  const folder = new OpenFolder(dataDir, () => now);
  onTestFinished(() => {
    folder.close();
  });
  return {
    folder,
    later: () => {
      now += 1_000;
    },
    save: (revision: number) => {
      mark(folder, revision);
    },
    revision: () => markOf(folder),
  };
}

describe('an open folder', () => {
  it('belongs to one opener at a time', () => {
    const { folder } = folderAt();
    expect(refusal(() => new OpenFolder(folder.path, () => NOW)).code).toBe('DATA_FOLDER_IN_USE');
  });

  it('can be opened again once it was closed, with what it held', () => {
    const dataDir = path.join(scratchFolder(), 'data');
    const first = new OpenFolder(dataDir, () => NOW);
    mark(first, 3);
    first.close();
    expect(folderAt(dataDir).revision()).toBe(3);
  });

  it('in memory is nobody else’s, has no backups and no bytes', () => {
    const folder = new OpenFolder(':memory:', () => NOW);
    const other = new OpenFolder(':memory:', () => NOW);
    expect([folder.bytes, folder.backups()]).toEqual([0, []]);
    folder.close();
    other.close();
  });

  it('lists its backups newest first, with their time, size and reason', () => {
    const { folder, later } = folderAt();
    const made = REASONS.map((reason) => {
      later();
      return folder.backUp(reason);
    });
    expect(folder.backups()).toEqual(made.toReversed());
    expect(made.map(({ t, reason }) => [t - NOW, reason])).toEqual(
      REASONS.map((reason, at) => [(at + 1) * 1_000, reason]),
    );
    for (const { name, bytes } of made)
      expect(readFileSync(path.join(folder.path, 'backups', name)).length).toBe(bytes);
  });

  it('goes back to any of its backups, and forward again', () => {
    const { folder, later, save, revision } = folderAt();
    const names = [1, 2, 3].map((number) => {
      save(number);
      later();
      return folder.backUp('asked').name;
    });
    for (const at of [0, 2, 1, 1]) {
      folder.restore(names[at] ?? '', nothing);
      expect(revision()).toBe(at + 1);
      save(9);
    }
    expect(existsSync(path.join(folder.path, `${DATABASE_FILE}.candidate`))).toBe(false);
  });

  it('keeps what it has where a backup is unknown, damaged, empty, or none of ours', () => {
    const { folder, later, save, revision } = folderAt();
    save(1);
    const [damaged, empty, foreign] = [1, 2, 3].map(() => {
      later();
      return folder.backUp('asked').name;
    });
    const fileOf = (name = '') => path.join(folder.path, 'backups', name);
    const bytes = readFileSync(fileOf(damaged));
    writeFileSync(fileOf(damaged), bytes.fill(7, 4_096));
    writeFileSync(fileOf(foreign), 'a letter to my aunt');
    writeFileSync(fileOf(empty), bytes.subarray(0, 5_000));
    save(2);
    const before = folder.backups().map(({ name }) => name);
    for (const [name, code] of [
      ['nothing', 'INVALID_PAYLOAD'],
      [damaged, 'DATABASE_CORRUPT'],
      [empty, 'DATABASE_CORRUPT'],
      [foreign, 'DATABASE_CORRUPT'],
    ]) {
      expect(
        refusal(() => {
          folder.restore(name ?? '', nothing);
        }).code,
      ).toBe(code);
      expect(revision()).toBe(2);
    }
    expect(folder.backups().map(({ name }) => name)).toEqual(before);
    expect(existsSync(path.join(folder.path, `${DATABASE_FILE}.candidate`))).toBe(false);
    save(3);
    expect(revision()).toBe(3);
  });

  it('never lets a backup take the place of another, however soon one follows the other', () => {
    const { folder, save, revision } = folderAt();
    const names = [1, 2, 3, 4].map((number) => {
      save(number);
      return folder.backUp('asked').name;
    });
    expect(new Set(names).size).toBe(4);
    expect(folder.backups().map(({ name }) => name)).toEqual(names.toReversed());
    folder.restore(names[0] ?? '', nothing);
    expect(revision()).toBe(1);
  });

  it('that goes back backs up first what was there, so that the way back is open', () => {
    const { folder, save, revision } = folderAt();
    save(1);
    const { name } = folder.backUp('asked');
    save(2);
    const before = folder.restore(name, nothing);
    expect(revision()).toBe(1);
    folder.restore(before, nothing);
    expect(revision()).toBe(2);
  });

  it('takes a backup only once it could be prepared: what fails there changes nothing', () => {
    const { folder, save, revision } = folderAt();
    save(1);
    const { name } = folder.backUp('asked');
    save(2);
    expect(() =>
      folder.restore(name, () => {
        throw new Error('it cannot be worked with');
      }),
    ).toThrow('it cannot be worked with');
    expect([revision(), folder.backups().length]).toEqual([2, 1]);
    folder.restore(name, (candidate) => {
      candidate.exec("UPDATE settings SET overrides = 'kept'");
    });
    expect(folder.db.prepare('SELECT revision, overrides FROM settings').get()).toEqual({
      revision: 1n,
      overrides: 'kept',
    });
  });
});
