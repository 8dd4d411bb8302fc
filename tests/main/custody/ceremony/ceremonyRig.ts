import { randomFillSync } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { holdCeremony } from '../../../../src/main/custody/ceremony/ceremony.ts';
import type { CeremonyOrder } from '../../../../src/main/custody/ceremony/order.ts';
import { SystemKeychain } from '../../../../src/main/custody/keychain/systemKeychain.ts';
import { Keypair } from '../../../../src/main/custody/keypair.ts';
import type { KeyHeader } from '../../../../src/main/custody/keys/keyHeader.ts';
import { KeychainKeys } from '../../../../src/main/custody/keys/keychainKeys.ts';
import type { NewKey } from '../../../../src/main/custody/keys/keys.ts';
import { SecretBytes } from '../../../../src/main/custody/secretBytes.ts';
import { wallClock } from '../../../../src/main/platform/clock.ts';
import type { CeremonyEnd } from '../../../../src/shared/contract/ceremony.ts';
import { secretFrom } from '../secretsAtHand.ts';
import { ScriptedDialogue, type Reply } from './scriptedDialogue.ts';

export const fill = (bytes: Uint8Array): void => {
  randomFillSync(bytes);
};

/** Keys in the keychain that this process was given: a test's own. */
export const keys = new KeychainKeys({ keychain: new SystemKeychain(), fill, clock: wallClock });

/** A ceremony with somebody who answers like that; how it ended, what they were asked, and what was unlocked. */
export async function held(order: CeremonyOrder, reply: Reply) {
  const dialogue = new ScriptedDialogue(reply);
  const unlocked: KeyHeader[] = [];
  const hold = (header: KeyHeader, secret: SecretBytes<'key'>): void => {
    using keypair = new Keypair(secret);
    if (keypair.address !== header.address) throw new Error('the secret is another wallet’s');
    unlocked.push(header);
  };
  const parts = { order, dialogue, keys, fill };
  const end: CeremonyEnd | Error = await holdCeremony(parts, hold).catch((error: unknown) => error as Error);
  return { end, dialogue, unlocked };
}

/** A key that is stored for the length of a test. */
export async function storedKey(
  passphrase?: string,
  about: Partial<NewKey> = {},
): Promise<{ readonly header: KeyHeader; readonly secret: Uint8Array }> {
  const secret = new Uint8Array(32);
  randomFillSync(secret);
  using key = secretFrom('key', secret);
  using keypair = new Keypair(key);
  const { address } = keypair;
  using sealing = passphrase === undefined ? undefined : SecretBytes.taken('text', Buffer.from(passphrase));
  const header = await keys.store(key, { role: 'owner', owner: address, path: null, ...about }, sealing);
  onTestFinished(async () => {
    await keys.remove(address);
  });
  return { header, secret };
}
