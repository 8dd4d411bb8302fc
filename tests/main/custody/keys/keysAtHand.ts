import { KeychainKeys } from '../../../../src/main/custody/keys/keychainKeys.ts';
import type { NewKey } from '../../../../src/main/custody/keys/keys.ts';
import { Keypair } from '../../../../src/main/custody/keypair.ts';
import type { SecretBytes } from '../../../../src/main/custody/secretBytes.ts';
import { ManualClock } from '../../../../src/main/platform/clock.ts';
import { fillSecret } from '../../../../src/main/platform/secretBytes.ts';
import { secretFromHex, typed, secretFrom } from '../secretsAtHand.ts';
import { SLIP10_VECTORS } from '../slip10Vectors.ts';
import { MemoryKeychain } from './memoryKeychain.ts';

const [FIRST = '', SECOND = ''] = SLIP10_VECTORS.flatMap(({ chains }) => chains.map(({ secret }) => secret));
const addressOf = (hex: string): string => new Keypair(secretFromHex('key', hex)).address;

export const ONE = { hex: FIRST, address: addressOf(FIRST) };
export const OTHER = { hex: SECOND, address: addressOf(SECOND) };

export const secretOf = ({ hex }: { readonly hex: string }): SecretBytes<'key'> => secretFromHex('key', hex);
export const passphrase = (text: string): SecretBytes<'text'> => secretFrom('text', typed(text));

export const RIGHT = 'correct horse battery';
export const WRONG = 'correct horse batterz';

export const OWNER: NewKey = { role: 'owner', owner: ONE.address, path: "m/44'/501'/0'/0'" };
export const DELEGATE: NewKey = { role: 'delegate', owner: OTHER.address, path: null };

/** A day in 2026. */
export const NOW = 1_790_000_000_000;

export function keysRig(keychain = new MemoryKeychain()): {
  readonly keychain: MemoryKeychain;
  readonly clock: ManualClock;
  readonly keys: KeychainKeys;
  readonly restarted: () => KeychainKeys;
} {
  const clock = new ManualClock(NOW);
  const restarted = (): KeychainKeys => new KeychainKeys({ keychain, fill: fillSecret, clock });
  return { keychain, clock, keys: restarted(), restarted };
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it was not rejected');
}
