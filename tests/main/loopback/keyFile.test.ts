import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { KEY_FILE, keyIn } from '../../../src/main/loopback/keyFile.ts';

function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'key-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return path.join(folder, 'data');
}

const modeOf = (file: string): number => statSync(file).mode & 0o777;

describe('the key of the local address', () => {
  it('is 32 random bytes, for the owner only, and nothing else is left in the folder', () => {
    const folder = scratchFolder();
    const key = keyIn(folder);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(readdirSync(folder)).toEqual([KEY_FILE]);
    expect(modeOf(path.join(folder, KEY_FILE))).toBe(0o600);
    expect(modeOf(folder)).toBe(0o700);
  });

  it('is the same at every start of a folder, and another in another', () => {
    const [folder, other] = [scratchFolder(), scratchFolder()];
    const key = keyIn(folder);
    expect(keyIn(folder)).toBe(key);
    expect(keyIn(other)).not.toBe(key);
  });

  it('is for the owner only again, where somebody has opened it to others', () => {
    const folder = scratchFolder();
    const key = keyIn(folder);
    chmodSync(path.join(folder, KEY_FILE), 0o644);
    expect(keyIn(folder)).toBe(key);
    expect(modeOf(path.join(folder, KEY_FILE))).toBe(0o600);
  });

  it.each([
    ['nothing', ''],
    ['half a key', 'ab'.repeat(16)],
    ['a word', 'password'],
    ['two keys', `${'ab'.repeat(32)}\n${'cd'.repeat(32)}\n`],
    ['capital letters', 'AB'.repeat(32)],
  ])('is refused in words where the file holds %s, and the file is left as it is', (_what, text) => {
    const folder = scratchFolder();
    keyIn(folder);
    const file = path.join(folder, KEY_FILE);
    writeFileSync(file, text);
    expect(() => keyIn(folder)).toThrow(
      expect.objectContaining({
        code: 'KEY_FILE_INVALID',
        message: expect.stringContaining(file) as unknown,
      }),
    );
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('says so where the folder can not be made', () => {
    const folder = scratchFolder();
    keyIn(folder);
    expect(() => keyIn(path.join(folder, KEY_FILE, 'deeper'))).toThrow(
      expect.objectContaining({ code: 'DATA_FOLDER_UNWRITABLE' }),
    );
    expect(existsSync(path.join(folder, KEY_FILE))).toBe(true);
  });
});
