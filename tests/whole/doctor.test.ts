import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';

import { DATABASE, bytesIn, folderOfFile, launch, paper, run, timeless } from '../support/paperCli.ts';

const folder = folderOfFile();
const RUN = ['--days', '2', '--seed', '7', '--data-dir'] as const;

/** A data folder like the healthy one, changed in some way. */
function folderLike(name: string, change: (database: string) => void = () => undefined): string {
  const made = path.join(folder, name);
  mkdirSync(made);
  copyFileSync(path.join(folder, 'healthy', DATABASE), path.join(made, DATABASE));
  change(path.join(made, DATABASE));
  return made;
}

/** Writes over the middle of a file. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0x55, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 9_000);
  writeFileSync(file, bytes);
}

describe('doctor', () => {
  const healthy = path.join(folder, 'healthy');

  beforeAll(async () => {
    await paper(...RUN, healthy);
  });

  it('finds a healthy folder well, and changes nothing in it', async () => {
    const before = bytesIn(healthy);
    const { code, stdout, stderr } = await run('doctor', '--data-dir', healthy);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^✓ Node\.js +24\./m);
    expect(stdout).toMatch(/^✓ database +whole, version \d+$/m);
    expect(stdout).toMatch(/\nAll is well\.\n$/);
    expect(bytesIn(healthy)).toEqual(before);
  });

  it('says of a folder that is not there yet that a start makes it, and does not make it', async () => {
    const missing = path.join(folder, 'missing');
    const { code, stdout } = await run('doctor', '--data-dir', missing);
    expect(code).toBe(0);
    expect(stdout).toContain(`not there yet; the first start makes it in ${path.dirname(missing)}`);
    expect(existsSync(missing)).toBe(false);
  });

  it('says of a folder that somebody uses who has to close what', async () => {
    const used = path.join(folder, 'used');
    const user = launch(['start', '--data-dir', used]);
    await user.said(/^PAPER: /);
    const { code, stdout } = await run('doctor', '--data-dir', used);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ access +PROBLEM DATA_FOLDER_IN_USE: .+close it, or choose another folder\.$/m);
    expect(stdout).toMatch(/\n1 to mend\.\n$/);
    user.signal('SIGINT');
    expect((await user.ended()).code).toBe(0);
  });

  it('says of a damaged database without a backup how to begin anew, and leaves it as it is', async () => {
    const damaged = folderLike('damaged', damage);
    const before = bytesIn(damaged, /sqlite/);
    const { code, stdout } = await run('doctor', '--data-dir', damaged);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^✗ database +PROBLEM DATABASE_CORRUPT: .+ there is no backup, so to begin .+\.$/m,
    );
    expect(bytesIn(damaged, /sqlite/)).toEqual(before);
  });

  it('says of a damaged database with a backup how to go back to it, and that works', async () => {
    const restored = path.join(folder, 'restored');
    const first = await paper(...RUN, restored);
    // The backup of the day is made at the second start.
    await paper(...RUN, restored);
    const database = path.join(restored, DATABASE);
    damage(database);
    const { code, stdout } = await run('doctor', '--data-dir', restored);
    expect(code).toBe(1);
    const backup = /copy (\S+) to its place\.$/m.exec(stdout)?.[1] ?? '';
    renameSync(database, path.join(folder, 'aside.sqlite'));
    copyFileSync(backup, database);
    expect((await run('doctor', '--data-dir', restored)).code).toBe(0);
    expect(timeless(await paper(...RUN, restored))).toEqual(timeless(first));
  });

  it('says of a database from a newer version to use that one', async () => {
    const newer = folderLike('newer', (database) => {
      const db = new BetterSqlite3(database);
      db.pragma('user_version = 99');
      db.close();
    });
    const before = bytesIn(newer, /sqlite/);
    const { code, stdout } = await run('doctor', '--data-dir', newer);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ database +PROBLEM DATABASE_TOO_NEW: .+use that one\. Nothing was changed\.$/m);
    expect(bytesIn(newer, /sqlite/)).toEqual(before);
  });

  it('says of a file that it is no folder', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, 'mine');
    const { code, stdout } = await run('doctor', '--data-dir', file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/PROBLEM DATA_FOLDER_UNWRITABLE: /);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('finds that a folder that is not there yet cannot be made', async () => {
    const file = path.join(folder, 'in-the-way');
    writeFileSync(file, 'mine');
    const { code, stdout } = await run('doctor', '--data-dir', path.join(file, 'data'));
    expect(stdout).toMatch(/PROBLEM DATA_FOLDER_UNWRITABLE: /);
    expect(code).toBe(1);
  });
});
