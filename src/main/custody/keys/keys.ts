import type { SecretBytes } from '../secretBytes.ts';
import type { KeyHeader } from './keyHeader.ts';

/** Everything about a key but whether it has a passphrase, which follows from how it is stored. */
export type NewKey = Omit<KeyHeader, 'address' | 'hasPassphrase'>;

/** The keys of this computer's user, by address. Besides what each says, all throw KEYCHAIN_UNAVAILABLE. */
export interface Keys {
  /** Undefined where there is no key of that address. Throws WALLET_KEY_DAMAGED. */
  look(address: string): Promise<KeyHeader | undefined>;
  /**
   * Stores a key, and reads it back before it says so. Secrets stay the caller's.
   * Throws WALLET_EXISTS where the address has one, WALLET_INVALID_PASSPHRASE.
   */
  store(
    secret: SecretBytes<'key'>,
    about: NewKey,
    passphrase: SecretBytes<'text'> | undefined,
  ): Promise<KeyHeader>;
  /**
   * The secret, which the caller zeroes. A passphrase for a key that has none is ignored.
   * Throws WALLET_MISSING, WALLET_LOCKED (it has a passphrase, and none was given), WALLET_WRONG_PASSPHRASE and
   * WALLET_TRY_LATER (both with `details.waitMs`), WALLET_KEY_DAMAGED.
   */
  open(
    address: string,
    passphrase: SecretBytes<'text'> | undefined,
  ): Promise<{ readonly secret: SecretBytes<'key'>; readonly header: KeyHeader }>;
  /** Sets, changes or (undefined) takes away the passphrase. Throws what `open` and `store` throw. */
  reseal(
    address: string,
    before: SecretBytes<'text'> | undefined,
    after: SecretBytes<'text'> | undefined,
  ): Promise<KeyHeader>;
  /** Whether there was a key to remove. */
  remove(address: string): Promise<boolean>;
}

/** The shortest passphrase that is taken, in characters. */
export const SHORTEST_PASSPHRASE = 8;
/** The longest, in bytes of UTF-8. */
export const LONGEST_PASSPHRASE = 1024;
