import { readFile, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Where gnome-keyring keeps its keyrings, now and in old versions. It may have been started with other variables than
 * this program, so the usual place is looked at in any case.
 */
export function keyringFolders(env: NodeJS.ProcessEnv): readonly string[] {
  const home = env['HOME'] || homedir();
  const usual = path.join(home, '.local', 'share');
  const data = new Set([env['XDG_DATA_HOME'] || usual, usual]);
  return [
    ...[...data].map((folder) => path.join(folder, 'keyrings')),
    path.join(home, '.gnome2', 'keyrings'),
  ];
}

/**
 * Whether bytes lie open in one of the keyrings on the disk. gnome-keyring writes a keyring without a password as text,
 * with what is no UTF-8 in hexadecimal (`binary-secret=…`), before it answers that it has stored something.
 *
 * What can't be read isn't held against the keychain: other keychains keep their files elsewhere, and encrypted.
 */
export async function liesOpen(bytes: Uint8Array, folders: readonly string[]): Promise<boolean> {
  const wanted = Buffer.from(bytes);
  const hexadecimal = wanted.toString('hex');
  for (const file of (await Promise.all(folders.map(keyringsIn))).flat()) {
    const content = await readFile(file).catch(() => Buffer.alloc(0));
    if (content.includes(wanted) || content.toString('latin1').toLowerCase().includes(hexadecimal))
      return true;
  }
  return false;
}

async function keyringsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.keyring')).map((name) => path.join(folder, name));
}
