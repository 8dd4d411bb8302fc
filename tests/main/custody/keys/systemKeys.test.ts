import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { SystemKeychain } from '../../../../src/main/custody/keychain/systemKeychain.ts';
import { KeychainKeys } from '../../../../src/main/custody/keys/keychainKeys.ts';
import { wallClock } from '../../../../src/main/platform/clock.ts';
import { fillSecret } from '../../../../src/main/platform/secretBytes.ts';
import { hasKeyring, Keyring, whySkipped } from '../../../support/keyring.ts';
import { hexOf, secretFrom } from '../secretsAtHand.ts';
import { ONE, OWNER, passphrase, rejection, RIGHT, secretOf, WRONG } from './keysAtHand.ts';

const PROGRAM = path.join(import.meta.dirname, 'keysProgram.ts');
const HEADER = { address: ONE.address, ...OWNER, hasPassphrase: true };

/** What another process says that is asked to do something with the key. */
async function elsewhere(env: NodeJS.ProcessEnv, ...what: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...what], { env });
  return JSON.parse(stdout) as unknown;
}

describe.skipIf(!hasKeyring)(`keys in the keychain of the system${whySkipped}`, () => {
  let keyring: Keyring;
  let keychain: SystemKeychain;
  let keys: KeychainKeys;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
    keychain = new SystemKeychain();
    keys = new KeychainKeys({ keychain, fill: fillSecret, clock: wallClock });
  });
  afterEach(() => keys.remove(ONE.address));
  afterAll(() => keyring[Symbol.asyncDispose]());

  const triesKept = async (): Promise<unknown> => {
    using entry = await keychain.read(`tries:${ONE.address}`);
    return entry?.use((bytes) => (JSON.parse(Buffer.from(bytes).toString()) as { count: unknown }).count);
  };

  test('are there for the next process, with their passphrase', async () => {
    expect(await elsewhere(keyring.env, 'store', RIGHT)).toEqual(HEADER);
    expect(await keys.look(ONE.address)).toEqual(HEADER);
    expect(await elsewhere(keyring.env, 'open', '-')).toMatchObject({ code: 'WALLET_LOCKED' });
    expect(await elsewhere(keyring.env, 'open', RIGHT)).toBe(ONE.hex);
    expect(await elsewhere(keyring.env, 'store', '-')).toMatchObject({ code: 'WALLET_EXISTS' });
    expect(await elsewhere(keyring.env, 'reseal', RIGHT, '-')).toEqual({ ...HEADER, hasPassphrase: false });
    expect(hexOf((await keys.open(ONE.address, undefined)).secret)).toBe(ONE.hex);
    expect(await keys.remove(ONE.address)).toBe(true);
    expect(keyring.itemCount()).toBe(0);
  });

  test('count wrong tries across processes', async () => {
    await keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
    const wrong = { code: 'WALLET_WRONG_PASSPHRASE' };
    for (let count = 1; count <= 3; count += 1)
      expect(await rejection(keys.open(ONE.address, passphrase(WRONG)))).toMatchObject(wrong);
    expect(await elsewhere(keyring.env, 'open', WRONG)).toMatchObject(wrong);
    expect(await triesKept()).toBe(4);
  });

  test('are not tried in another process while they have to wait', async () => {
    await keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
    const tries = JSON.stringify({ version: 1, count: 20, lastAt: wallClock.now() });
    await keychain.write(`tries:${ONE.address}`, secretFrom('entry', Buffer.from(tries)));
    const tryLater = { code: 'WALLET_TRY_LATER' };
    expect(await elsewhere(keyring.env, 'open', RIGHT)).toMatchObject(tryLater);
    expect(await elsewhere(keyring.env, 'reseal', RIGHT, '-')).toMatchObject(tryLater);
    expect(await rejection(keys.open(ONE.address, passphrase(RIGHT)))).toMatchObject(tryLater);
  });

  test('have counted a try whose process is killed in the middle of it', async () => {
    await keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
    const child = spawn(process.execPath, [PROGRAM, 'open', WRONG], {
      env: keyring.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    while ((await triesKept()) === undefined);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect([said, await triesKept()]).toEqual(['', 1]);
    expect(hexOf((await keys.open(ONE.address, passphrase(RIGHT))).secret)).toBe(ONE.hex);
    expect(await triesKept()).toBeUndefined();
  });

  test('of which two processes store the same are one, and the loser says so', async () => {
    const outcomes = await Promise.all([
      elsewhere(keyring.env, 'store', RIGHT),
      elsewhere(keyring.env, 'store', RIGHT),
      elsewhere(keyring.env, 'store', RIGHT),
    ]);
    for (const outcome of outcomes)
      if ('code' in (outcome as object))
        expect(['WALLET_EXISTS', 'KEYCHAIN_UNAVAILABLE']).toContain((outcome as { code: string }).code);
      else expect(outcome).toEqual(HEADER);
    expect(hexOf((await keys.open(ONE.address, passphrase(RIGHT))).secret)).toBe(ONE.hex);
  });

  test('that a locked keyring has are neither stored, opened, changed nor removed, and are not lost', async () => {
    await keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
    keyring.lock();
    const locked = { code: 'KEYCHAIN_UNAVAILABLE', details: { reason: 'locked' } };
    for (const call of [
      keys.look(ONE.address),
      keys.store(secretOf(ONE), OWNER, undefined),
      keys.open(ONE.address, passphrase(RIGHT)),
      keys.reseal(ONE.address, passphrase(RIGHT), undefined),
      keys.remove(ONE.address),
    ])
      expect(await rejection(call)).toMatchObject(locked);
    await keyring.unlock();
    expect(hexOf((await keys.open(ONE.address, passphrase(RIGHT))).secret)).toBe(ONE.hex);
  });

  test('are not stored, in no form, in a keyring that lies open on the disk', async () => {
    await using open = await Keyring.start('plain');
    for (const words of ['-', RIGHT])
      expect(await elsewhere(open.env, 'store', words)).toMatchObject({
        code: 'KEYCHAIN_UNAVAILABLE',
        details: { reason: 'unprotected' },
      });
    for (const file of readdirSync(open.keyrings))
      expect(readFileSync(path.join(open.keyrings, file), 'latin1')).not.toContain('phantom-arbiter');
  });
});
