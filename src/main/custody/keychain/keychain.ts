import type { SecretBytes } from '../secretBytes.ts';

/**
 * The keychain of the operating system: small secrets by the name of an account. All of it throws KEYCHAIN_UNAVAILABLE,
 * whose `details.reason` is missing, locked, unprotected or refused; never is anything kept elsewhere instead.
 */
export interface Keychain {
  /** What the user knows it as: "Secret Service". */
  readonly store: string;
  /** Undefined where the account has nothing. A new copy, which the caller zeroes. */
  read(account: string): Promise<SecretBytes<'entry'> | undefined>;
  /** Replaces what the account has. The bytes stay the caller's. */
  write(account: string, entry: SecretBytes<'entry'>): Promise<void>;
  /** Whether there was something to remove. */
  remove(account: string): Promise<boolean>;
  /** Writes something random, reads it back, looks whether it lies open on the disk, and removes it. */
  check(): Promise<void>;
}
