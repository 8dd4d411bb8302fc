import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { lockFolder } from '../../../src/main/storage/folderLock.ts';
import { runChild } from './fixtures/child.ts';
import { asOrdinaryUser, refusal, scratchFolder } from './fixtures/scratch.ts';

const hasModes = process.platform !== 'win32';

describe('the lock of a data folder', () => {
  it('makes a missing folder that only its owner can enter', () => {
    const folder = path.join(scratchFolder(), 'deep', 'data');

    lockFolder(folder).release();

    expect(existsSync(folder)).toBe(true);
    if (hasModes) expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('leaves nothing in the folder but itself, and an empty file', () => {
    const folder = scratchFolder();

    lockFolder(folder).release();

    expect(readdirSync(folder)).toEqual(['lock']);
    expect(statSync(path.join(folder, 'lock')).size).toBe(0);
  });

  it('keeps out a second holder of the same process until it is released', () => {
    const folder = scratchFolder();
    const lock = lockFolder(folder);

    const refused = refusal(() => lockFolder(folder));
    expect(refused).toMatchObject({ code: 'DATA_FOLDER_IN_USE', retryable: true });
    expect(refused.message).toContain(folder);
    expect(refusal(() => lockFolder(folder)).code).toBe('DATA_FOLDER_IN_USE');

    lock.release();
    lockFolder(folder).release();
  });

  it('can be released twice without freeing a later holder', () => {
    const folder = scratchFolder();
    const first = lockFolder(folder);
    first.release();
    const second = lockFolder(folder);
    onTestFinished(() => {
      second.release();
    });

    first.release();

    expect(refusal(() => lockFolder(folder)).code).toBe('DATA_FOLDER_IN_USE');
  });

  it('keeps out another process', async () => {
    const folder = scratchFolder();
    const lock = lockFolder(folder);
    onTestFinished(() => {
      lock.release();
    });

    expect(await runChild('holder.ts', folder).ended()).toEqual(['DATA_FOLDER_IN_USE']);
  });

  it('of another process keeps this one out, and is free once that is killed with -9', async () => {
    const folder = scratchFolder();
    const holder = runChild('holder.ts', folder);
    await holder.said((line) => line === 'held');
    expect(refusal(() => lockFolder(folder)).code).toBe('DATA_FOLDER_IN_USE');

    await holder.killed();

    lockFolder(folder).release();
  });

  it('of one folder does not hold another', () => {
    const folder = scratchFolder();
    const one = lockFolder(path.join(folder, 'one'));
    onTestFinished(() => {
      one.release();
    });

    expect(() => {
      lockFolder(path.join(folder, 'two')).release();
    }).not.toThrow();
  });

  it('is refused where a file is in the place of the folder or above it', () => {
    const file = path.join(scratchFolder(), 'file');
    writeFileSync(file, '');

    for (const folder of [file, path.join(file, 'data')]) {
      const refused = refusal(() => lockFolder(folder));
      expect(refused).toMatchObject({ code: 'DATA_FOLDER_UNWRITABLE', retryable: true });
      expect(refused.message).toContain(folder);
    }
  });

  it('is refused, and not held, where nothing can be written', () => {
    const folder = scratchFolder();
    const probe = path.join(folder, 'probe');
    lockFolder(probe).release();

    expect(refusal(() => lockFolder(folder)).code).toBe('DATA_FOLDER_UNWRITABLE');
    expect(refusal(() => lockFolder(folder)).code).toBe('DATA_FOLDER_UNWRITABLE');
  });

  it.runIf(hasModes)('is refused where the owner may not write', () => {
    asOrdinaryUser();
    const folder = scratchFolder();
    chmodSync(folder, 0o500);
    onTestFinished(() => {
      chmodSync(folder, 0o700);
    });

    expect(refusal(() => lockFolder(folder)).code).toBe('DATA_FOLDER_UNWRITABLE');
  });

  it('is refused where the lock may only be read, which SQLite would share; for root no file is such', () => {
    const folder = scratchFolder();
    writeFileSync(path.join(folder, 'lock'), '', { mode: 0o400 });

    if (process.getuid?.() === 0) {
      const lock = lockFolder(folder);
      expect(refusal(() => lockFolder(folder)).code).toBe('DATA_FOLDER_IN_USE');
      lock.release();
    } else {
      expect(refusal(() => lockFolder(folder)).code).toBe('DATA_FOLDER_UNWRITABLE');
    }
  });
});
