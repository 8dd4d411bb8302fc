import type { KeychainTrouble } from './keychainTrouble.ts';

/**
 * What the keychain's library says, and what it means, first match first. On Linux each was measured against
 * gnome-keyring 42 with @napi-rs/keyring 2.1.2; those of macOS and Windows are the systems' own words for the errors
 * that its documentation names.
 */
const MEANINGS: readonly (readonly [RegExp, KeychainTrouble])[] = [
  // A prompt that is closed, and a prompt that nobody could show, say the same; either way it stays locked.
  [/unlock prompt was dismissed|object locked/i, 'locked'],
  [/Secret Service: no result found/i, 'noKeyring'],
  [/did not receive a reply/i, 'silent'],
  [/not provided by any \.service files|No DBus session or Secret Service provider/i, 'noService'],
  // The service ended, or another took its place, between two messages of one call.
  [/session does not exist|name has no owner|ServiceUnknown/i, 'noService'],
  [/DBUS_SESSION_BUS_ADDRESS|failed to connect to socket|does not contain a colon/i, 'noBus'],
  [/connection was disconnected|connection is closed|disconnected from D-Bus/i, 'noBus'],
  [/Cannot find native binding|Failed to load native binding|cannot open shared object/i, 'noService'],
  // macOS: errSecInteractionNotAllowed, errSecNoSuchKeychain, errSecNoDefaultKeychain, errSecNotAvailable.
  [/interaction is not allowed/i, 'locked'],
  [/keychain could not be found|default keychain/i, 'noKeyring'],
  [/no keychain is available/i, 'noService'],
  // Windows: ERROR_NO_SUCH_LOGON_SESSION.
  [/logon session does not exist/i, 'noService'],
];

/** What an error of the keychain's library means. The words themselves go no further. */
export function troubleOf(error: unknown): KeychainTrouble {
  const words = error instanceof Error ? error.message : '';
  return MEANINGS.find(([pattern]) => pattern.test(words))?.[1] ?? 'refused';
}
