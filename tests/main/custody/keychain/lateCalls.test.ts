import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';

import type { KeychainEntry } from '../../../../src/main/custody/keychain/keychainEntry.ts';
import { SystemKeychain } from '../../../../src/main/custody/keychain/systemKeychain.ts';
import { ManualSchedule } from '../../../../src/main/platform/schedule.ts';
import { hexOf, secretFromHex } from '../secretsAtHand.ts';

/** The library, with a window that asks for a password before the first thing of a kind is done. */
class AskingStore {
  readonly held = new Map<string, number[]>();
  readonly lent: number[][] = [];
  asksAt: keyof KeychainEntry | undefined;
  #answer = Promise.withResolvers<undefined>();

  /** Somebody enters the password after all. */
  async answer(): Promise<void> {
    this.asksAt = undefined;
    this.#answer.resolve(undefined);
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    this.#answer = Promise.withResolvers<undefined>();
  }

  async open(account: string): Promise<KeychainEntry> {
    await Promise.resolve();
    const asked = async (operation: keyof KeychainEntry): Promise<void> => {
      if (this.asksAt === operation) await this.#answer.promise;
    };
    return {
      getSecret: async () => {
        await asked('getSecret');
        const list = this.held.get(account)?.slice() ?? null;
        if (list !== null) this.lent.push(list);
        return list;
      },
      setSecret: async (bytes) => {
        const copy = [...bytes];
        await asked('setSecret');
        this.held.set(account, copy);
      },
      deleteCredential: async () => {
        await asked('deleteCredential');
        return this.held.delete(account);
      },
    };
  }
}

function waitingKeychain(): {
  readonly store: AskingStore;
  readonly schedule: ManualSchedule;
  readonly keychain: SystemKeychain;
  readonly begun: (call: Promise<unknown>) => Promise<unknown>;
} {
  const [store, schedule] = [new AskingStore(), new ManualSchedule()];
  const keychain = new SystemKeychain({
    schedule,
    openEntry: (account) => store.open(account),
    platform: 'linux',
  });
  /** Lets a call come as far as it can, and its time run out. */
  const begun = async (call: Promise<unknown>): Promise<unknown> => {
    const outcome = call.then(
      () => 'done',
      (error: unknown) => error,
    );
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    schedule.pass(120_000);
    return await outcome;
  };
  return { store, schedule, keychain, begun };
}

const waiting = {
  code: 'KEYCHAIN_UNAVAILABLE',
  details: { reason: 'locked' },
  retryable: true,
  message: expect.stringContaining('waits for its password') as unknown,
};

describe('a call to the keychain that asks for a password', () => {
  test('has two minutes', async () => {
    const { store, schedule, keychain } = waitingKeychain();
    store.asksAt = 'getSecret';
    const call = keychain.read('key');
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    schedule.pass(119_999);
    await store.answer();
    expect(await call).toBeUndefined();
    expect(schedule.waiting).toBe(0);
  });

  test('is given up then, and so is what was asked for meanwhile, until it ends', async () => {
    const { store, keychain, begun } = waitingKeychain();
    store.asksAt = 'getSecret';
    const calls = [begun(keychain.read('key')), begun(keychain.read('other'))];
    expect(await Promise.all(calls)).toMatchObject([waiting, waiting]);
    await expect(keychain.check()).rejects.toMatchObject(waiting);
    await store.answer();
    await keychain.write('key', secretFromHex('entry', 'aa'));
    expect(store.held.get('key')).toEqual([0xaa]);
  });

  test('leaves no secret behind that nobody takes any more', async () => {
    const { store, keychain, begun } = waitingKeychain();
    store.held.set('key', [1, 2, 3]);
    store.asksAt = 'getSecret';
    expect(await begun(keychain.read('key'))).toMatchObject(waiting);
    await store.answer();
    expect(store.lent).toEqual([[0, 0, 0]]);
  });

  test.each(['getSecret', 'setSecret'] as const)(
    'stores nothing when it is answered too late (%s)',
    async (asksAt) => {
      const { store, keychain, begun } = waitingKeychain();
      store.held.set('kept', [7]);
      for (const account of ['new', 'kept']) {
        store.asksAt = asksAt;
        expect(await begun(keychain.write(account, secretFromHex('entry', 'aa')))).toMatchObject(waiting);
        await store.answer();
      }
      expect([...store.held]).toEqual([['kept', [7]]]);
    },
  );

  test.each(['getSecret', 'deleteCredential'] as const)(
    'removes nothing when it is answered too late (%s)',
    async (asksAt) => {
      const { store, keychain, begun } = waitingKeychain();
      store.held.set('kept', [7]);
      store.asksAt = asksAt;
      expect(await begun(keychain.remove('kept'))).toMatchObject(waiting);
      await store.answer();
      expect([...store.held]).toEqual([['kept', [7]]]);
    },
  );
});

test('the list of numbers that an entry comes in is zeroed', async () => {
  const { store, keychain } = waitingKeychain();
  store.held.set('key', [1, 2, 255]);
  using entry = await keychain.read('key');
  expect(entry && hexOf(entry)).toBe('0102ff');
  expect(store.lent).toEqual([[0, 0, 0]]);
});

describe('a keychain that does not keep its word', () => {
  const untrue = { code: 'KEYCHAIN_UNAVAILABLE', details: { reason: 'refused' } };
  const checked = (entry: Partial<KeychainEntry>): Promise<void> => {
    const store = new AskingStore();
    const openEntry = async (account: string): Promise<KeychainEntry> => ({
      ...(await store.open(account)),
      ...entry,
    });
    return new SystemKeychain({ openEntry }).check();
  };

  test('fails its check when it gives back something else, nothing, or keeps what it should remove', async () => {
    await checked({});
    await expect(checked({ getSecret: () => Promise.resolve([1, 2, 3]) })).rejects.toMatchObject(untrue);
    await expect(checked({ getSecret: () => Promise.resolve(null) })).rejects.toMatchObject(untrue);
    await expect(checked({ deleteCredential: () => Promise.resolve(false) })).rejects.toMatchObject(untrue);
  });
});
