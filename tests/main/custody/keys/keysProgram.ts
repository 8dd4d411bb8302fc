/**
 * A program with keys in the keychain of the system. Arguments: `store`, `open` or `reseal`, with passphrases after it
 * (a dash for none). It says in JSON what came of it.
 */
import { SystemKeychain } from '../../../../src/main/custody/keychain/systemKeychain.ts';
import { KeychainKeys } from '../../../../src/main/custody/keys/keychainKeys.ts';
import { wallClock } from '../../../../src/main/platform/clock.ts';
import { fillSecret } from '../../../../src/main/platform/secretBytes.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import { hexOf } from '../secretsAtHand.ts';
import { ONE, OWNER, passphrase, secretOf } from './keysAtHand.ts';

const keys = new KeychainKeys({ keychain: new SystemKeychain(), fill: fillSecret, clock: wallClock });
const [operation, ...words] = process.argv.slice(2);
const [first, second] = words.map((word) => (word === '-' ? undefined : passphrase(word)));

async function outcome(): Promise<unknown> {
  if (operation === 'store') return await keys.store(secretOf(ONE), OWNER, first);
  if (operation === 'reseal') return await keys.reseal(ONE.address, first, second);
  const { secret } = await keys.open(ONE.address, first);
  return hexOf(secret);
}

const said = await outcome().catch((error: unknown) =>
  error instanceof AppError ? { code: error.code, details: error.details } : { unexpected: String(error) },
);
process.stdout.write(`${JSON.stringify(said)}\n`);
