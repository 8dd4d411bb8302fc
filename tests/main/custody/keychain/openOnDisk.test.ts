import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import { keyringFolders, liesOpen } from '../../../../src/main/custody/keychain/openOnDisk.ts';

const home = mkdtempSync(path.join(tmpdir(), 'open-'));
afterAll(() => rmSync(home, { recursive: true }));

const BYTES = Buffer.from('ff00aa41424344', 'hex');
const folders = keyringFolders({ HOME: home, XDG_DATA_HOME: path.join(home, 'elsewhere') });

function put(folder: string, name: string, content: string | Uint8Array): void {
  mkdirSync(path.join(home, folder), { recursive: true });
  writeFileSync(path.join(home, folder, name), content);
}

describe('bytes in a keyring on the disk', () => {
  test('are not there where there is no keyring, nor in one that has other things in it', async () => {
    expect(await liesOpen(BYTES, folders)).toBe(false);
    put('elsewhere/keyrings', 'login.keyring', 'GnomeKeyring\n\r\0\nsealed');
    mkdirSync(path.join(home, 'elsewhere/keyrings/folder.keyring'));
    put('elsewhere/keyrings', 'notes.txt', BYTES);
    expect(await liesOpen(BYTES, folders)).toBe(false);
  });

  test.each([
    ['elsewhere/keyrings', 'binary-secret=FF00AA41424344\n'],
    ['.local/share/keyrings', 'binary-secret=ff00aa41424344\n'],
    ['.gnome2/keyrings', Buffer.concat([Buffer.from('secret='), BYTES])],
  ])('lie open in %s', async (folder, content) => {
    put(folder, 'default.keyring', content);
    expect(await liesOpen(BYTES, folders)).toBe(true);
    rmSync(path.join(home, folder, 'default.keyring'));
    expect(await liesOpen(BYTES, folders)).toBe(false);
  });

  test('are looked for in the home of the user, whatever a variable says', () => {
    expect(keyringFolders({ HOME: '/home/user' })).toEqual([
      '/home/user/.local/share/keyrings',
      '/home/user/.gnome2/keyrings',
    ]);
    expect(keyringFolders({})[0]).toMatch(/^\/.+\/\.local\/share\/keyrings$/);
  });
});
