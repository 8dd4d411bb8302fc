/** An entry of the keychain's library: one account of this program. */
export interface KeychainEntry {
  /** Null where there is none. The list is the caller's own. */
  getSecret(): Promise<number[] | null>;
  /** Copies the bytes before it returns. */
  setSecret(bytes: Uint8Array): Promise<unknown>;
  /** Whether there was one. */
  deleteCredential(): Promise<boolean>;
}

/** Connects to the keychain and opens an entry of it; throws the library's own errors. */
export type OpenEntry = (account: string) => Promise<KeychainEntry>;

/** What the keychain lists this program's entries under. */
const SERVICE = 'phantom-arbiter';

/**
 * An entry of the system's own keychain. The library is loaded at the first use, so that a system which it has no
 * binary for gets a sentence. The store is pinned: its default on Linux falls back to one that forgets at a reboot.
 */
export const openSystemEntry: OpenEntry = async (account) => {
  const { AsyncEntry } = await import('@napi-rs/keyring');
  return new AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } });
};
