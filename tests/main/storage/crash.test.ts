import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { openDatabase } from '../../../src/main/storage/database.ts';
import { SqliteVaultStore } from '../../../src/main/storage/sqliteVaultStore.ts';
import { VaultRepository } from '../../../src/main/storage/vaultRepository.ts';
import { runChild } from './fixtures/child.ts';
import { NOW, opened, scratchFolder } from './fixtures/scratch.ts';
import { VAULT, commitStep, contentIn, contentOf, orderAt } from './fixtures/steps.ts';

/** Reopens a database, sees that it holds exactly the first so many steps, and says how many. */
function stepsKept(file: string): { steps: number; open: readonly unknown[] } {
  const db = openDatabase(file, { now: NOW });
  const { content, open } = contentIn(db);
  db.close();
  const steps = content.checkpoint?.step ?? 0;
  expect(content).toEqual(contentOf(steps));
  return { steps, open };
}

/** Runs the committer until it has acknowledged a step, kills it with -9, and says which was its last. */
async function killedAfter(file: string, step: number): Promise<number> {
  const child = runChild('committer.ts', file);
  await child.said((line) => Number(line) >= step);
  return Number((await child.killed()).at(-1));
}

describe('a process that dies', () => {
  it('by kill -9 leaves exactly its acknowledged steps, and at most the one it was about to acknowledge', async () => {
    const file = path.join(scratchFolder(), 'vault.sqlite');
    let before = 0;
    for (const more of [1, 2, 5, 40, 300]) {
      const acknowledged = await killedAfter(file, before + more);

      const { steps, open } = stepsKept(file);

      expect(acknowledged).toBeGreaterThanOrEqual(before + more);
      expect(steps - acknowledged).toBeOneOf([0, 1]);
      expect(open).toBeOneOf([[], [orderAt(steps + 1)]]);
      before = steps;
    }
  });

  it('in the middle of a commit leaves nothing of that step but the order that was journalled before', async () => {
    const file = path.join(scratchFolder(), 'vault.sqlite');
    for (const step of [1, 4, 9]) {
      const secondEventOfStep = 2 * step - 1;
      await runChild('committer.ts', file, String(secondEventOfStep)).ended();

      expect(stepsKept(file)).toEqual({ steps: step - 1, open: [orderAt(step)] });
    }
  });
});

/** A database as it stood before its last steps, and the log that those went into. */
function interrupted(steps: number) {
  const folder = scratchFolder();
  const file = path.join(folder, 'vault.sqlite');
  const first = openDatabase(file, { now: NOW });
  const vaultId = new VaultRepository(first).findOrCreate(VAULT, NOW);
  first.close();
  const before = readFileSync(file);
  const store = new SqliteVaultStore(opened(file), vaultId);
  const ends = Array.from({ length: steps }, (_, index) => {
    commitStep(store, index + 1);
    return statSync(`${file}-wal`).size;
  });
  return { folder, before, log: readFileSync(`${file}-wal`), ends };
}

describe('a power cut', () => {
  it('that tears the end off the log leaves exactly the steps whose last byte was written', () => {
    const { folder, before, log, ends } = interrupted(8);
    let run = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: log.length }), fc.boolean(), (written, garbled) => {
        const torn = path.join(folder, `torn-${(run += 1)}.sqlite`);
        const rest = garbled ? Buffer.alloc(log.length - written, 0xa5) : Buffer.alloc(0);
        writeFileSync(torn, before);
        writeFileSync(`${torn}-wal`, Buffer.concat([log.subarray(0, written), rest]));

        expect(stepsKept(torn).steps).toBe(ends.filter((end) => end <= written).length);
      }),
      { numRuns: 40 },
    );
  });

  it('while the log is copied into the database loses nothing', () => {
    const { folder, before, log } = interrupted(40);
    const file = path.join(folder, 'cut.sqlite');
    writeFileSync(file, Buffer.concat([before, Buffer.alloc(100)]));
    writeFileSync(`${file}-wal`, log);

    expect(stepsKept(file).steps).toBe(40);
  });
});
