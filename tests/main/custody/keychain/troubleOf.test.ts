import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';

import { keychainTrouble } from '../../../../src/main/custody/keychain/keychainTrouble.ts';
import { SystemKeychain } from '../../../../src/main/custody/keychain/systemKeychain.ts';
import { troubleOf } from '../../../../src/main/custody/keychain/troubleOf.ts';

const failing = (message: string, platform: NodeJS.Platform): Promise<unknown> =>
  new SystemKeychain({ platform, openEntry: () => Promise.reject(new Error(message)) }).read('key').then(
    () => undefined,
    (error: unknown) => error,
  );

describe('what the library says', () => {
  test.each([
    ['darwin', 'Platform failure: User interaction is not allowed.', 'locked', 'Keychain Access'],
    ['darwin', 'Platform failure: A default keychain could not be found.', 'missing', 'login'],
    [
      'darwin',
      "Couldn't access platform storage: The specified keychain could not be found.",
      'missing',
      'login',
    ],
    ['darwin', 'Platform failure: User canceled the operation.', 'refused', 'Access Control'],
    [
      'win32',
      "Couldn't access platform storage: A specified logon session does not exist.",
      'missing',
      'session',
    ],
    ['win32', 'Platform failure: Access is denied.', 'refused', 'Credential Manager'],
    ['linux', "Couldn't access platform storage: Secret Service: object locked", 'locked', 'Seahorse'],
    ['linux', 'Platform failure: DBus error: Connection is closed', 'missing', 'session bus'],
    ['linux', 'Platform failure: DBus error: The session does not exist', 'missing', 'gnome-keyring'],
    ['linux', 'Platform failure: DBus error: Rejected send message', 'refused', 'KWallet'],
    ['linux', 'Cannot find native binding. npm has a bug', 'missing', 'gnome-keyring'],
  ] as const)('on %s, “%s”, means that the keychain is %s', async (platform, words, reason, todo) => {
    expect(await failing(words, platform)).toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
      details: { reason },
      message: expect.stringContaining(todo) as unknown,
    });
  });

  test('goes no further, whatever it is', async () => {
    const error = await failing('Platform failure: 9d61b19deffd5a60', 'linux');
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain('9d61b19deffd5a60');
    expect(error).toMatchObject({ details: { reason: 'refused' } });
  });

  test('may be something that is no error', () => {
    expect(troubleOf('dismissed')).toBe('refused');
    expect(troubleOf(undefined)).toBe('refused');
  });
});

test('every trouble has a whole sentence of its system, and only a locked keychain may be tried again as it is', () => {
  const troubles = [
    'noBus',
    'noService',
    'noKeyring',
    'locked',
    'waiting',
    'unprotected',
    'silent',
    'untrue',
    'refused',
  ] as const;
  for (const platform of ['linux', 'darwin', 'win32'] as const)
    for (const trouble of troubles) {
      const error = keychainTrouble(trouble, platform);
      expect(error.message).toMatch(/^(?:[A-Z]|macOS).{30,}[.]$/);
      expect(error.retryable).toBe(error.details['reason'] === 'locked');
    }
});
