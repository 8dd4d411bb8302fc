import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { SystemKeychain } from '../../../../src/main/custody/keychain/systemKeychain.ts';
import { hasKeyring, Keyring, whySkipped } from '../../../support/keyring.ts';
import { hexOf, secretFrom, secretFromHex } from '../secretsAtHand.ts';
import { inProcess } from './keychainProcess.ts';

describe.skipIf(!hasKeyring)(`the keychain of the system${whySkipped}`, () => {
  let keyring: Keyring;
  let keychain: SystemKeychain;
  const accounts = ['key', 'other', 'check'];
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
    keychain = new SystemKeychain();
  });
  afterEach(async () => {
    for (const account of accounts) await keychain.remove(account);
  });
  afterAll(() => keyring[Symbol.asyncDispose]());

  const held = async (account: string): Promise<string | undefined> => {
    using entry = await keychain.read(account);
    return entry === undefined ? undefined : hexOf(entry);
  };
  const lockedError = { code: 'KEYCHAIN_UNAVAILABLE', details: { reason: 'locked' } };

  test('is called what its user knows it as', () => {
    expect(keychain.store).toBe('Secret Service');
  });

  test.runIf(process.platform === 'linux')(
    'leaves no crowd of connections behind, however often it is asked',
    async () => {
      const open = (): number => readdirSync('/proc/self/fd').length;
      const before = open();
      for (let time = 0; time < 100; time += 1) await keychain.read('key');
      expect(open() - before).toBeLessThan(20);
    },
  );

  test('keeps bytes under an account, replaces them, and removes them', async () => {
    expect(await held('key')).toBeUndefined();
    expect(await keychain.remove('key')).toBe(false);
    await keychain.write('key', secretFromHex('entry', '00ff'));
    await keychain.write('other', secretFromHex('entry', '01'));
    expect([await held('key'), await held('other')]).toEqual(['00ff', '01']);
    await keychain.write('key', secretFromHex('entry', '020304'));
    expect([await held('key'), await held('other')]).toEqual(['020304', '01']);
    expect(await keychain.remove('key')).toBe(true);
    expect(await keychain.remove('key')).toBe(false);
    expect([await held('key'), await held('other')]).toEqual([undefined, '01']);
  });

  test('gives back any bytes as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2000 }), async (bytes) => {
        await keychain.write('key', secretFrom('entry', bytes));
        expect(await held('key')).toBe(Buffer.from(bytes).toString('hex'));
      }),
      { numRuns: 60, examples: [[new Uint8Array(2000)], [Buffer.from('text')], [new Uint8Array(1)]] },
    );
  });

  test('leaves the bytes that it is given to whoever gave them', async () => {
    const given = secretFromHex('entry', '0a0b');
    await keychain.write('key', given);
    expect(hexOf(given)).toBe('0a0b');
  });

  test('takes what was written before its bytes were zeroed, however many wait before it', async () => {
    const writes = Array.from({ length: 20 }, async (_, at) => {
      using entry = secretFrom('entry', Uint8Array.of(at));
      await keychain.write('key', entry);
    });
    await Promise.all(writes);
    expect(await held('key')).toBe('13');
  });

  test('passes its check, also several at once and in two processes, and keeps nothing of it', async () => {
    const [, other] = await Promise.all([
      Promise.all([keychain.check(), keychain.check(), keychain.check()]),
      inProcess(keyring.env, ['check', 'check', 'check', 'check']),
    ]);
    expect(other.map(({ outcome }) => outcome)).toEqual(Array(4).fill('sound'));
    expect(keyring.itemCount()).toBe(0);
  });

  test('is the same to two processes', async () => {
    await keychain.write('key', secretFromHex('entry', 'aa'));
    const outcomes = await inProcess(keyring.env, ['read key', 'write key bb', 'write other cc']);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['aa', 'written', 'written']);
    expect([await held('key'), await held('other')]).toEqual(['bb', 'cc']);
  });

  test('that is locked in the middle says so, and has everything once it is unlocked', async () => {
    await keychain.write('key', secretFromHex('entry', 'aa'));
    keyring.lock();
    await expect(keychain.read('key')).rejects.toMatchObject(lockedError);
    await expect(keychain.write('key', secretFromHex('entry', 'bb'))).rejects.toMatchObject(lockedError);
    await expect(keychain.remove('key')).rejects.toMatchObject(lockedError);
    await expect(keychain.check()).rejects.toMatchObject(lockedError);
    await keyring.unlock();
    expect(await held('key')).toBe('aa');
    await keychain.check();
  });

  test('that is restarted is found again', async () => {
    await keychain.write('key', secretFromHex('entry', 'aa'));
    await keyring.end();
    await expect(keychain.read('key')).rejects.toMatchObject({
      code: 'KEYCHAIN_UNAVAILABLE',
      details: { reason: 'missing' },
    });
    await keyring.unlock();
    expect(await held('key')).toBe('aa');
  });
});
