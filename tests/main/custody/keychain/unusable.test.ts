import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

import { hasKeyring, Keyring, whySkipped } from '../../../support/keyring.ts';
import { inProcess } from './keychainProcess.ts';

const EVERYTHING = ['read key', 'write key 00ff', 'remove key', 'check'];

const unavailable = (reason: string, message: RegExp): object => ({
  code: 'KEYCHAIN_UNAVAILABLE',
  reason,
  message: expect.stringMatching(message) as unknown,
  hasCause: false,
});

const outcomesIn = async (
  env: NodeJS.ProcessEnv,
  steps: readonly string[] = EVERYTHING,
): Promise<readonly unknown[]> => (await inProcess(env, steps)).map(({ outcome }) => outcome);

describe.skipIf(!hasKeyring)(`a system's keychain that can't be used${whySkipped}`, () => {
  test.each([
    ['no address of a bus', ''],
    ['the address of a bus that is gone', 'unix:path=/nowhere/at/all'],
    ['an address that is none', 'nonsense'],
  ])('is missing with %s', async (_what, address) => {
    await using keyring = await Keyring.start('noService');
    const missing = unavailable('missing', /no session bus .* dbus-run-session/);
    expect(await outcomesIn({ ...keyring.env, DBUS_SESSION_BUS_ADDRESS: address })).toEqual(
      EVERYTHING.map(() => missing),
    );
  });

  test('is missing on a bus without a Secret Service, and says what to install', async () => {
    await using keyring = await Keyring.start('noService');
    const missing = unavailable('missing', /nothing offers the Secret Service.*apt install gnome-keyring/);
    expect(await outcomesIn(keyring.env)).toEqual(EVERYTHING.map(() => missing));
  });

  test('is missing without a default keyring, and says where to create one', async () => {
    await using keyring = await Keyring.start('noKeyring');
    const missing = unavailable('missing', /no default keyring .* Create one, with a password/);
    expect(await outcomesIn(keyring.env)).toEqual([null, missing, false, missing]);
  });

  test('is locked when its keyring is: nothing is read, stored or removed, and nothing is lost', async () => {
    await using keyring = await Keyring.start('unlocked');
    expect(await outcomesIn(keyring.env, ['write key 00ff'])).toEqual(['written']);
    await keyring.end();
    await keyring.begin();
    const locked = unavailable('locked', /is locked\. Unlock the keyring “Login”/);
    expect(await outcomesIn(keyring.env, [...EVERYTHING, 'write other 01'])).toEqual(Array(5).fill(locked));
    await keyring.unlock();
    expect(await outcomesIn(keyring.env, ['read key', 'read other', 'check'])).toEqual([
      '00ff',
      null,
      'sound',
    ]);
  });

  test('is unprotected when its keyring is plain text, and nothing of the check stays in it', async () => {
    await using keyring = await Keyring.start('plain');
    const unprotected = unavailable('unprotected', /plain text on the disk.*Change Password/);
    expect(await outcomesIn(keyring.env, ['check', 'check'])).toEqual([unprotected, unprotected]);
    const [file = ''] = readdirSync(keyring.keyrings).filter((name) => name.endsWith('.keyring'));
    const text = readFileSync(path.join(keyring.keyrings, file), 'utf8');
    expect(text).toContain('[keyring]');
    expect(text).not.toContain('phantom-arbiter');
  });

  test('refuses when its service hangs, and is not waited for', async () => {
    await using keyring = await Keyring.start('unlocked');
    process.kill(keyring.servicePid, 'SIGSTOP');
    const silent = unavailable('refused', /does not answer/);
    expect(await outcomesIn(keyring.env, ['read key', 'write key 00'])).toEqual([silent, silent]);
  });

  test('is locked when it asks for a password and nobody answers: later calls are told so at once', async () => {
    await using keyring = await Keyring.start('locked', { asksForEver: true });
    const steps = ['write key 00', 'read key', 'remove key', 'check'];
    const outcomes = await inProcess(keyring.env, steps, { longestCallMs: 1000 });
    const waiting = unavailable('locked', /waits for its password. Enter it in the window/);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(steps.map(() => waiting));
    const [first = 0, ...later] = outcomes.map(({ ms }) => ms);
    expect(first).toBeGreaterThanOrEqual(990);
    expect(Math.max(...later)).toBeLessThan(500);
  });
});
