/**
 * A program that takes a key and its passphrases through everything that is done with them, ends with all of them
 * disposed of, and waits to be searched. Arguments: files with the key, the passphrase, a wrong one, the next one, and
 * planted bytes. It says with which records the key was kept.
 */
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

import { AppError } from '../../../../src/shared/contract/appError.ts';
import { Keypair } from '../../../../src/main/custody/keypair.ts';
import { SecretBytes, type SecretKind } from '../../../../src/main/custody/secretBytes.ts';
import { keysRig } from './keysAtHand.ts';

const [keyFile = '', rightFile = '', wrongFile = '', nextFile = '', planted = ''] = process.argv.slice(2);
const secretIn = <Kind extends SecretKind>(kind: Kind, file: string): SecretBytes<Kind> =>
  SecretBytes.taken(kind, readFileSync(file));

const { keys, keychain } = keysRig();
const records: string[] = [];
const keepRecord = (): void => {
  for (const [account, entry] of keychain.held)
    if (account.startsWith('key:')) records.push(Buffer.from(entry).toString('hex'));
};

async function flow(): Promise<void> {
  using key = secretIn('key', keyFile);
  using right = secretIn('text', rightFile);
  using wrong = secretIn('text', wrongFile);
  using next = secretIn('text', nextFile);
  using keypair = new Keypair(key);
  const { address } = keypair;
  await keys.store(key, { role: 'owner', owner: address, path: null }, right);
  keepRecord();
  await keys.open(address, wrong).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
  await keys.reseal(address, right, next);
  keepRecord();
  const { secret } = await keys.open(address, next);
  using opened = secret;
  if (!opened.equals(key)) throw new Error('another key came back');
  await keys.remove(address);
}

for (let time = 0; time < 2; time += 1) await flow();
const kept = secretIn('text', planted);
for (let time = 0; time < 5; time += 1) {
  globalThis.gc?.();
  await setImmediate();
}
process.stdout.write(`${JSON.stringify(records)}\n`);
process.stdin.on('end', () => kept.dispose()).resume();
