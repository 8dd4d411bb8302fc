import { describe, expect, test } from 'vitest';

import type { KeychainKeys } from '../../../../src/main/custody/keys/keychainKeys.ts';
import { hexOf } from '../secretsAtHand.ts';
import { keysRig, NOW, ONE, OWNER, passphrase, rejection, RIGHT, secretOf, WRONG } from './keysAtHand.ts';
import { MemoryKeychain } from './memoryKeychain.ts';

const TRIES = `tries:${ONE.address}`;
const wrong = (waitMs: number): object => ({ code: 'WALLET_WRONG_PASSPHRASE', details: { waitMs } });
const tryLater = (waitMs: number): object => ({ code: 'WALLET_TRY_LATER', details: { waitMs } });

/** A key with a passphrase, after some wrong tries, all just now. */
async function afterTries(count: number): Promise<ReturnType<typeof keysRig>> {
  const rig = keysRig(new MemoryKeychain());
  await rig.keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
  if (count > 0) setTries(rig.keychain, { version: 1, count, lastAt: NOW });
  return rig;
}
const setTries = (keychain: MemoryKeychain, entry: unknown): void => {
  keychain.held.set(TRIES, Buffer.from(JSON.stringify(entry)));
};
const triesIn = (keychain: MemoryKeychain): unknown => {
  const entry = keychain.held.get(TRIES);
  return entry === undefined ? undefined : JSON.parse(Buffer.from(entry).toString());
};
const tryWrong = (keys: KeychainKeys): Promise<unknown> =>
  rejection(keys.open(ONE.address, passphrase(WRONG)));

describe('tries of a passphrase', () => {
  test('are free five times, then have to wait, and say how long', async () => {
    const { keys, clock } = await afterTries(0);
    for (const waitMs of [0, 0, 0, 0, 1000]) expect(await tryWrong(keys)).toMatchObject(wrong(waitMs));
    expect(await tryWrong(keys)).toMatchObject({
      ...tryLater(1000),
      message: expect.stringContaining('possible in 1 second.') as unknown,
    });
    clock.set(NOW + 999);
    expect(await tryWrong(keys)).toMatchObject(tryLater(1));
    clock.set(NOW + 1000);
    expect(await tryWrong(keys)).toMatchObject({
      ...wrong(2000),
      message: expect.stringContaining('possible in 2 seconds.') as unknown,
    });
    expect(await tryWrong(keys)).toMatchObject(tryLater(2000));
  });

  test('that are too early are answered before anything is computed, also with the right passphrase', async () => {
    const { keys, keychain } = await afterTries(20);
    const startedAt = performance.now();
    for (let time = 0; time < 20; time += 1)
      expect(await rejection(keys.open(ONE.address, passphrase(RIGHT)))).toMatchObject(tryLater(30_000));
    const change = keys.reseal(ONE.address, passphrase(RIGHT), undefined);
    expect(await rejection(change)).toMatchObject(tryLater(30_000));
    // Computing them would take several seconds.
    expect(performance.now() - startedAt).toBeLessThan(2000);
    expect(triesIn(keychain)).toEqual({ version: 1, count: 20, lastAt: NOW });
  });

  test('are kept when the program is started again', async () => {
    const { restarted, clock } = await afterTries(7);
    expect(await tryWrong(restarted())).toMatchObject(tryLater(4000));
    clock.set(NOW + 4000);
    expect(await tryWrong(restarted())).toMatchObject(wrong(8000));
    expect(await tryWrong(restarted())).toMatchObject(tryLater(8000));
  });

  test('are forgotten once the key has opened', async () => {
    const { keys, keychain } = await afterTries(4);
    const { secret } = await keys.open(ONE.address, passphrase(RIGHT));
    expect([hexOf(secret), triesIn(keychain)]).toEqual([ONE.hex, undefined]);
  });

  test('are counted before they are computed: ending the program in the middle gives none back', async () => {
    const { keys, keychain } = await afterTries(4);
    const trying = tryWrong(keys);
    while (triesIn(keychain) === undefined || keychain.calls.at(-1) !== `write ${TRIES}`)
      await new Promise(setImmediate);
    expect(triesIn(keychain)).toEqual({ version: 1, count: 5, lastAt: NOW });
    expect(await trying).toMatchObject(wrong(1000));
  });

  test('that cannot be counted are not computed', async () => {
    const { keys, keychain } = await afterTries(0);
    for (const operation of ['read', 'write'] as const) {
      keychain.before = (call): void => {
        keychain.locked = call.endsWith(TRIES) ? [operation] : [];
      };
      const opening = keys.open(ONE.address, passphrase(RIGHT));
      expect(await rejection(opening)).toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
    }
  });

  test('at the same time count one by one', async () => {
    const { keys, keychain } = await afterTries(0);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => tryWrong(keys)));
    expect(outcomes).toMatchObject([0, 0, 0, 0, 1000].map(wrong).concat(Array(3).fill(tryLater(1000))));
    expect(triesIn(keychain)).toEqual({ version: 1, count: 5, lastAt: NOW });
  });

  test('are not freed by setting the clock back, and wait no longer for it', async () => {
    const { keys, keychain, clock } = await afterTries(20);
    const earlier = NOW - 10 ** 11;
    clock.set(earlier);
    expect(await tryWrong(keys)).toMatchObject(tryLater(30_000));
    expect(triesIn(keychain)).toEqual({ version: 1, count: 20, lastAt: earlier });
    clock.set(earlier + 29_999);
    expect(await tryWrong(keys)).toMatchObject(tryLater(1));
    clock.set(earlier + 30_000);
    expect(await tryWrong(keys)).toMatchObject(wrong(30_000));
  });

  test.each([
    ['no JSON', 'five'],
    ['no count', { version: 1, lastAt: 0 }],
    ['less than none', { version: 1, count: -5, lastAt: 0 }],
    ['a time that is none', { version: 1, count: 0, lastAt: 0.5 }],
    ['another version', { version: 2, count: 0, lastAt: 0 }],
  ])('are used up where their count is damaged: %s', async (_what, entry) => {
    const { keys, keychain } = await afterTries(0);
    setTries(keychain, entry);
    expect(await tryWrong(keys)).toMatchObject(wrong(2000));
    expect(await tryWrong(keys)).toMatchObject(tryLater(2000));
  });

  test('open the key even where the count cannot be forgotten', async () => {
    const { keys, keychain } = await afterTries(3);
    keychain.locked = ['remove'];
    const { secret } = await keys.open(ONE.address, passphrase(RIGHT));
    expect([hexOf(secret), triesIn(keychain)]).toMatchObject([ONE.hex, { count: 4 }]);
  });
});
