import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';

import { hexOf } from '../secretsAtHand.ts';
import {
  DELEGATE,
  keysRig,
  ONE,
  OTHER,
  OWNER,
  passphrase,
  rejection,
  RIGHT,
  secretOf,
  WRONG,
} from './keysAtHand.ts';
import type { MemoryKeychain, WriteFault } from './memoryKeychain.ts';

const KEY = `key:${ONE.address}`;
const TRIES = `tries:${ONE.address}`;
const HEADER = { address: ONE.address, ...OWNER, hasPassphrase: false };

const entry = (keychain: MemoryKeychain, account = KEY): string =>
  Buffer.from(keychain.held.get(account) ?? []).toString('hex');

/** Changes a record as somebody could who may write into the keychain: the checksum fits again. */
function tamper(keychain: MemoryKeychain, change: (body: Buffer, heldAt: number) => Buffer): void {
  const record = Buffer.from(keychain.held.get(KEY) ?? []);
  const body = change(Buffer.from(record.subarray(0, -32)), 3 + record.readUInt16BE(1));
  keychain.held.set(KEY, Buffer.concat([body, createHash('sha256').update(body).digest()]));
}
const replaced =
  (from: string, to: string) =>
  (body: Buffer): Buffer => {
    const text = Buffer.from(body.toString('latin1').replace(from, to), 'latin1');
    text.writeUInt16BE(body.readUInt16BE(1) + to.length - from.length, 1);
    return text;
  };

describe('a key in the keychain', () => {
  test('is looked at and opened as it was stored', async () => {
    const { keys, keychain, restarted } = keysRig();
    expect(await keys.look(ONE.address)).toBeUndefined();
    const given = secretOf(ONE);
    expect(await keys.store(given, OWNER, undefined)).toEqual(HEADER);
    expect(hexOf(given)).toBe(ONE.hex);
    expect(await restarted().look(ONE.address)).toEqual(HEADER);
    const { secret, header } = await restarted().open(ONE.address, undefined);
    expect([hexOf(secret), header]).toEqual([ONE.hex, HEADER]);
    expect([...keychain.held.keys()]).toEqual([KEY]);
  });

  test('opens whatever passphrase is given when it has none, and no try is counted', async () => {
    const { keys, keychain } = keysRig();
    await keys.store(secretOf(ONE), OWNER, undefined);
    const { secret } = await keys.open(ONE.address, passphrase(WRONG));
    expect([hexOf(secret), keychain.held.has(TRIES)]).toEqual([ONE.hex, false]);
  });

  test('of a delegate says for whom it trades', async () => {
    const { keys } = keysRig();
    await keys.store(secretOf(ONE), DELEGATE, undefined);
    const header = { address: ONE.address, ...DELEGATE, hasPassphrase: false };
    expect(await keys.look(ONE.address)).toEqual(header);
  });

  test('is never overwritten, not even a damaged one', async () => {
    const { keys, keychain } = keysRig();
    await keys.store(secretOf(ONE), OWNER, undefined);
    const before = entry(keychain);
    const exists = { code: 'WALLET_EXISTS', details: { address: ONE.address } };
    expect(await rejection(keys.store(secretOf(ONE), DELEGATE, passphrase(RIGHT)))).toMatchObject(exists);
    expect(entry(keychain)).toBe(before);
    keychain.held.set(KEY, Buffer.from('damaged'));
    expect(await rejection(keys.store(secretOf(ONE), OWNER, undefined))).toMatchObject(exists);
    expect(entry(keychain)).toBe(Buffer.from('damaged').toString('hex'));
  });

  test('is stored once when it is stored twice at the same time', async () => {
    const { keys } = keysRig();
    const outcomes = await Promise.allSettled([
      keys.store(secretOf(ONE), OWNER, undefined),
      keys.store(secretOf(ONE), DELEGATE, undefined),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await keys.look(ONE.address)).toEqual(HEADER);
  });

  test('is removed with its tries, and only once', async () => {
    const { keys, keychain } = keysRig();
    await keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
    await keys.store(secretOf(OTHER), { ...OWNER, owner: OTHER.address }, undefined);
    await rejection(keys.open(ONE.address, passphrase(WRONG)));
    expect(keychain.held.has(TRIES)).toBe(true);
    expect([await keys.remove(ONE.address), await keys.remove(ONE.address)]).toEqual([true, false]);
    expect([...keychain.held.keys()]).toEqual([`key:${OTHER.address}`]);
    expect(await rejection(keys.open(ONE.address, undefined))).toMatchObject({ code: 'WALLET_MISSING' });
  });

  test('is asked for nothing that is not there', async () => {
    const { keys } = keysRig();
    const missing = { code: 'WALLET_MISSING' };
    expect(await rejection(keys.open(ONE.address, passphrase(RIGHT)))).toMatchObject(missing);
    expect(await rejection(keys.reseal(ONE.address, undefined, passphrase(RIGHT)))).toMatchObject(missing);
    expect(await keys.remove(ONE.address)).toBe(false);
  });
});

describe('a passphrase', () => {
  test('is set, changed and taken away, and only the one that it has opens the key', async () => {
    const { keys, clock } = keysRig();
    const opened = async (words: string | undefined): Promise<unknown> => {
      clock.set(clock.now() + 60_000);
      const given = words === undefined ? undefined : passphrase(words);
      return await keys.open(ONE.address, given).then(
        ({ secret }) => hexOf(secret),
        (error: unknown) => (error as { code?: unknown }).code,
      );
    };
    await keys.store(secretOf(ONE), OWNER, undefined);
    const set = await keys.reseal(ONE.address, undefined, passphrase(RIGHT));
    expect(set).toEqual({ ...HEADER, hasPassphrase: true });
    expect([await opened(undefined), await opened(RIGHT)]).toEqual(['WALLET_LOCKED', ONE.hex]);
    await keys.reseal(ONE.address, passphrase(RIGHT), passphrase('another passphrase'));
    expect([await opened(RIGHT), await opened('another passphrase')]).toEqual([
      'WALLET_WRONG_PASSPHRASE',
      ONE.hex,
    ]);
    expect(await keys.reseal(ONE.address, passphrase('another passphrase'), undefined)).toEqual(HEADER);
    expect(await opened(undefined)).toBe(ONE.hex);
  });

  test('that is unfit is refused before anything is asked of the keychain', async () => {
    const { keys, keychain } = keysRig();
    const invalid = { code: 'WALLET_INVALID_PASSPHRASE' };
    for (const unfit of ['', '        ', 'short', 'x'.repeat(1025)]) {
      expect(await rejection(keys.store(secretOf(ONE), OWNER, passphrase(unfit)))).toMatchObject(invalid);
      expect(await rejection(keys.reseal(ONE.address, undefined, passphrase(unfit)))).toMatchObject(invalid);
    }
    expect(keychain.calls).toEqual([]);
  });

  test('is not changed by somebody who has another', async () => {
    const { keys, keychain } = keysRig();
    await keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
    const before = entry(keychain);
    const change = keys.reseal(ONE.address, passphrase(WRONG), undefined);
    expect(await rejection(change)).toMatchObject({ code: 'WALLET_WRONG_PASSPHRASE' });
    const without = keys.reseal(ONE.address, undefined, passphrase('another passphrase'));
    expect(await rejection(without)).toMatchObject({ code: 'WALLET_LOCKED' });
    expect(entry(keychain)).toBe(before);
  });

  test('vouches for role, owner and place: none of them is changed unnoticed', async () => {
    const { keys, keychain, clock } = keysRig();
    await keys.store(secretOf(ONE), DELEGATE, passphrase(RIGHT));
    const before = keychain.held.get(KEY) ?? new Uint8Array();
    for (const change of [
      replaced(OTHER.address, ONE.address),
      replaced('"path":null', '"path":"m"'),
      replaced(`"delegate","owner":"${OTHER.address}"`, `"owner","owner":"${ONE.address}"`),
      replaced('"path":null', '"path": null'),
    ]) {
      keychain.held.set(KEY, before);
      tamper(keychain, change);
      clock.set(clock.now() + 60_000);
      expect(await keys.look(ONE.address)).toBeDefined();
      const opening = keys.open(ONE.address, passphrase(RIGHT));
      expect(await rejection(opening)).toMatchObject({ code: 'WALLET_WRONG_PASSPHRASE' });
    }
    keychain.held.set(KEY, before);
    clock.set(clock.now() + 60_000);
    expect(hexOf((await keys.open(ONE.address, passphrase(RIGHT))).secret)).toBe(ONE.hex);
  });

  test.each([
    ['salt', 3],
    ['nonce', 19],
    ['sealed bytes', 31],
    ['tag', 78],
  ])('opens no key whose %s was changed', async (_what, offset) => {
    const { keys, keychain } = keysRig();
    await keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
    tamper(keychain, (body, heldAt) => {
      body.writeUInt8(body.readUInt8(heldAt + offset) ^ 1, heldAt + offset);
      return body;
    });
    const opening = keys.open(ONE.address, passphrase(RIGHT));
    expect(await rejection(opening)).toMatchObject({ code: 'WALLET_WRONG_PASSPHRASE' });
  });
});

describe('a record that is damaged', () => {
  const damaged = { code: 'WALLET_KEY_DAMAGED', details: { address: ONE.address } };

  test('is never another key, whichever byte it is, and costs no try', async () => {
    for (const words of [undefined, RIGHT]) {
      const { keys, keychain } = keysRig();
      const given = words === undefined ? undefined : passphrase(words);
      await keys.store(secretOf(ONE), OWNER, given);
      const record = keychain.held.get(KEY) ?? new Uint8Array();
      for (let at = 0; at < record.length; at += 1) {
        keychain.held.set(KEY, record.with(at, (record[at] ?? 0) ^ 0x10));
        expect(await rejection(keys.open(ONE.address, given))).toMatchObject(damaged);
        expect(await rejection(keys.look(ONE.address))).toMatchObject(damaged);
      }
      expect([...keychain.held.keys()]).toEqual([KEY]);
    }
  });

  test.each([
    [
      "another key's record",
      (keychain: MemoryKeychain): void => {
        keychain.held.set(KEY, keychain.held.get(`key:${OTHER.address}`) ?? new Uint8Array());
      },
    ],
    [
      "another key's secret",
      (keychain: MemoryKeychain): void => {
        tamper(keychain, (body, heldAt) =>
          Buffer.concat([body.subarray(0, heldAt), Buffer.from(OTHER.hex, 'hex')]),
        );
      },
    ],
  ])('by %s in its place is noticed', async (_what, damage) => {
    const { keys, keychain } = keysRig();
    await keys.store(secretOf(ONE), OWNER, undefined);
    await keys.store(secretOf(OTHER), { ...OWNER, owner: OTHER.address }, undefined);
    damage(keychain);
    expect(await rejection(keys.open(ONE.address, undefined))).toMatchObject(damaged);
    expect(await rejection(keys.reseal(ONE.address, undefined, passphrase(RIGHT)))).toMatchObject(damaged);
  });
});

describe('a keychain that fails', () => {
  const unavailable = { code: 'KEYCHAIN_UNAVAILABLE' };
  const faults = ['refused', 'doneAndRefused', 'garbled', 'cutShort'] as const;

  test.each(faults)('while a key is stored (%s) keeps nothing of it', async (kind: WriteFault) => {
    const { keys, keychain } = keysRig();
    keychain.fault = { kind, account: 'key:', times: 1 };
    for (const words of [undefined, passphrase(RIGHT)]) {
      keychain.fault.times = 1;
      expect(await rejection(keys.store(secretOf(ONE), OWNER, words))).toMatchObject(unavailable);
      expect(keychain.held.size).toBe(0);
    }
    expect(await keys.store(secretOf(ONE), OWNER, undefined)).toEqual(HEADER);
  });

  test.each(faults)('while a passphrase is changed (%s) has the key as it was', async (kind: WriteFault) => {
    const { keys, keychain } = keysRig();
    await keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
    const before = entry(keychain);
    for (const after of [passphrase('another passphrase'), undefined]) {
      keychain.fault = { kind, account: 'key:', times: 1 };
      const change = await rejection(keys.reseal(ONE.address, passphrase(RIGHT), after));
      expect(change).toMatchObject({
        ...unavailable,
        message: expect.not.stringContaining('certain') as unknown,
      });
      expect(entry(keychain)).toBe(before);
    }
    expect(hexOf((await keys.open(ONE.address, passphrase(RIGHT))).secret)).toBe(ONE.hex);
  });

  test('twice, also when the old record is put back, says that it is not certain which one is there', async () => {
    const { keys, keychain } = keysRig();
    await keys.store(secretOf(ONE), OWNER, undefined);
    keychain.fault = { kind: 'doneAndRefused', account: 'key:', times: 1 };
    keychain.before = (call): void => {
      if (call.startsWith('write key')) keychain.locked = ['read'];
    };
    expect(await rejection(keys.reseal(ONE.address, undefined, passphrase(RIGHT)))).toMatchObject({
      ...unavailable,
      message: expect.stringMatching(/not certain whether the passphrase was changed/) as unknown,
    });
  });

  test('twice, also when a new key is taken out again, says that it is not certain whether it is there', async () => {
    const { keys, keychain } = keysRig();
    keychain.before = (call): void => {
      if (call.startsWith('write key')) keychain.locked = ['read', 'remove'];
    };
    expect(await rejection(keys.store(secretOf(ONE), OWNER, undefined))).toMatchObject({
      ...unavailable,
      details: { reason: 'locked' },
      message: expect.stringMatching(/not certain whether the key was stored/) as unknown,
    });
  });

  test("leaves another program's record of the same key alone", async () => {
    const { keys, keychain } = keysRig();
    const theirs = keysRig();
    await theirs.keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
    const record = theirs.keychain.held.get(KEY) ?? new Uint8Array();
    keychain.before = (call): void => {
      const isReadBack = call === `read ${KEY}` && keychain.calls.includes(`write ${KEY}`);
      if (isReadBack) keychain.held.set(KEY, record);
    };
    expect(await rejection(keys.store(secretOf(ONE), OWNER, undefined))).toMatchObject(unavailable);
    expect(Buffer.compare(keychain.held.get(KEY) ?? new Uint8Array(), record)).toBe(0);
  });

  test.each(['read', 'write', 'check'] as const)(
    'to %s stores nothing, changes nothing and opens nothing',
    async (operation) => {
      const { keys, keychain } = keysRig();
      await keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
      const before = entry(keychain);
      keychain.locked = [operation];
      const stored = keys.store(secretOf(OTHER), { ...OWNER, owner: OTHER.address }, undefined);
      expect(await rejection(stored)).toMatchObject(unavailable);
      expect(await rejection(keys.reseal(ONE.address, passphrase(RIGHT), undefined))).toMatchObject(
        unavailable,
      );
      keychain.locked = [];
      expect([...keychain.held.keys()]).toEqual([KEY]);
      expect(entry(keychain)).toBe(before);
    },
  );

  test('its check is given no key to keep, and none to keep without its passphrase', async () => {
    const { keys, keychain } = keysRig();
    await keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
    const before = entry(keychain);
    keychain.locked = ['check'];
    const stored = keys.store(secretOf(OTHER), { ...OWNER, owner: OTHER.address }, undefined);
    expect(await rejection(stored)).toMatchObject(unavailable);
    expect(await rejection(keys.reseal(ONE.address, passphrase(RIGHT), undefined))).toMatchObject(
      unavailable,
    );
    expect([...keychain.held.keys()]).toEqual([KEY]);
    expect(entry(keychain)).toBe(before);
    await keys.reseal(ONE.address, passphrase(RIGHT), passphrase('another passphrase'));
    expect(entry(keychain)).not.toBe(before);
  });
});

test('no error over a key or a passphrase has anything of either', async () => {
  const { keys, keychain } = keysRig();
  await keys.store(secretOf(ONE), OWNER, passphrase(RIGHT));
  const long = passphrase('a passphrase that is far too long'.repeat(40));
  const errors = [
    await rejection(keys.store(secretOf(ONE), OWNER, passphrase(RIGHT))),
    await rejection(keys.store(secretOf(ONE), OWNER, passphrase('short'))),
    await rejection(keys.store(secretOf(ONE), OWNER, long)),
    await rejection(keys.open(ONE.address, passphrase(WRONG))),
    await rejection(keys.open(ONE.address, undefined)),
  ];
  keychain.fault = { kind: 'garbled', account: 'key:', times: 2 };
  errors.push(await rejection(keys.reseal(ONE.address, passphrase(RIGHT), undefined)));
  errors.push(await rejection(keys.open(ONE.address, passphrase(RIGHT))));
  const said = errors.map((error) =>
    inspect(error, { depth: null, showHidden: true }).replace(/\n +at .*/g, ''),
  );
  expect(said.join()).toMatch(/WALLET_EXISTS.*WALLET_KEY_DAMAGED/s);
  const secret = Buffer.from(ONE.hex, 'hex');
  for (const part of [
    'correct',
    'battery',
    'short"',
    'far too',
    ONE.hex,
    secret.toString('base64'),
    secret.join(', '),
  ])
    expect(said.join()).not.toContain(part);
});
