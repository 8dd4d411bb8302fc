/**
 * A program that takes secrets through everything custody does with them, ends with all of them disposed of, and waits
 * to be searched. Arguments: files with entropy, a phrase that is none, a keypair, a damaged keypair, planted bytes.
 */
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { isSignedBy } from '../../../src/main/custody/address.ts';
import { deriveKey } from '../../../src/main/custody/derivation.ts';
import { Keypair } from '../../../src/main/custody/keypair.ts';
import { readSecretKey, secretKeyText } from '../../../src/main/custody/keypairBytes.ts';
import { readKeypairFile } from '../../../src/main/custody/keypairFile.ts';
import { createPhrase, isWordAt, readPhrase, seedOf } from '../../../src/main/custody/phrase.ts';
import { SecretBytes } from '../../../src/main/custody/secretBytes.ts';
import { phantomPath, scanPaths } from '../../../src/main/custody/walletPaths.ts';
import { thrownBy } from './secretsAtHand.ts';

const [entropy = '', wrongPhrase = '', keypairFile = '', damagedFile = '', planted = ''] =
  process.argv.slice(2);
const errors: unknown[] = [];

/** A file's bytes, and no copy of them. */
const secretIn = (file: string): SecretBytes<'text'> => SecretBytes.taken('text', readFileSync(file));

function everyFlow(): boolean {
  using made = createPhrase(24, (room) => {
    using bytes = secretIn(entropy);
    bytes.use((held) => room.set(held));
  });
  using phrase = made.use(readPhrase);
  using seed = seedOf(phrase);
  using key = deriveKey(seed, phantomPath(0));
  using keypair = new Keypair(key);
  using text = secretKeyText(key);
  using again = text.use(readSecretKey);
  using fromFile = readKeypairFile(keypairFile);
  using wrong = secretIn(wrongPhrase);
  errors.push(
    thrownBy(() => wrong.use(readPhrase)),
    thrownBy(() => wrong.use(readSecretKey)),
    thrownBy(() => readKeypairFile(damagedFile)),
    thrownBy(() => readKeypairFile(wrongPhrase)),
  );
  const message = Buffer.from('message');
  const isSigned = isSignedBy(scanPaths(seed, 2)[0]?.address ?? '', message, keypair.sign(message));
  return isSigned && again.equals(key) && !fromFile.equals(key) && !isWordAt(phrase, 1, message);
}

for (let time = 0; time < 10; time += 1) if (!everyFlow()) throw new Error('a flow went wrong');
const kept = secretIn(planted);
for (let time = 0; time < 5; time += 1) {
  globalThis.gc?.();
  await setImmediate();
}
process.stdout.write(`searchable, with ${errors.length} errors\n`);
process.stdin.on('end', () => kept.dispose()).resume();
