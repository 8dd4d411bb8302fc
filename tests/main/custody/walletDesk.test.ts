import { expect, it } from 'vitest';
import type { WalletRecord } from '../../../src/main/domain/wallet.ts';
import type { KeyHeader } from '../../../src/main/custody/keys/keyHeader.ts';
import { WalletDesk } from '../../../src/main/custody/walletDesk.ts';
import { ManualSchedule } from '../../../src/main/platform/schedule.ts';
import { WalletRepository } from '../../../src/main/storage/walletRepository.ts';
import type { MessageToSigner } from '../../../src/main/custody/signer/signerMessages.ts';
import { opened } from '../storage/fixtures/scratch.ts';
import { ScriptedProcess } from './signer/scriptedProcess.ts';

const ONE = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk';
const TWO = 'GjJyeC1r2RgkuoCWMyPYkCWSGSGLcz266EaAkLA27AhL';

const headerOf = (address: string): KeyHeader => ({
  address,
  role: 'owner',
  owner: address,
  path: null,
  hasPassphrase: false,
});
const recordOf = (address: string, name: string): WalletRecord => ({
  address,
  name,
  kind: 'owner',
  owner: address,
  path: null,
  addedAt: 1,
});

/** A desk on real records, whose signer answers as a test says. */
function deskWith(...records: readonly WalletRecord[]) {
  const db = opened();
  const repository = new WalletRepository(db);
  for (const record of records) repository.add(record);
  const process = new ScriptedProcess();
  /** What the signer's keychain has. */
  const keys = new Map<string, KeyHeader>(records.map(({ address }) => [address, headerOf(address)]));
  const asked: string[] = [];
  const lines: string[] = [];
  const rules = {
    /** Set by a test: answers of that name wait for it. */
    holds: new Map<string, Promise<unknown>>(),
    fails: new Map<string, string>(),
  };
  const answerTo = ({ name, ask }: MessageToSigner): unknown => {
    const {
      address = null,
      addresses = [],
      order,
    } = ask as {
      address?: string | null;
      addresses?: readonly string[];
      order?: { readonly task: { readonly kind: string } };
    };
    if (name === 'look')
      return { keys: Object.fromEntries(addresses.map((one) => [one, keys.get(one) ?? null])) };
    if (name === 'select')
      return address !== null && keys.has(address)
        ? { address, lock: 'unlocked' }
        : { address: null, lock: 'none' };
    if (name === 'remove') return { removed: keys.delete(address ?? '') };
    if (name === 'sign') return { signature: new Uint8Array(64), words: [] };
    if (order !== undefined) return { kind: 'stored', ...headerOf(TWO), name: 'New' };
    return name === 'lock' || name === 'sleep' ? { address: ONE, lock: 'locked' } : {};
  };
  const receive = async (message: MessageToSigner): Promise<void> => {
    asked.push(message.name);
    await rules.holds.get(message.name);
    const code = rules.fails.get(message.name);
    if (code === undefined) process.say({ kind: 'answer', id: message.id, answer: answerTo(message) });
    else {
      const error = { code, message: 'It failed.', details: {}, retryable: false };
      process.say({ kind: 'failed', id: message.id, error });
    }
  };
  const desk = new WalletDesk({
    records: () => repository,
    startSigner: () => process,
    schedule: new ManualSchedule(),
    now: () => 1,
    idleMs: () => 0,
    changed: () => undefined,
    log: (level, text) => lines.push(`${level} ${text}`),
  });
  process.heard = (message) => {
    void receive(message as MessageToSigner);
  };
  return { desk, repository, db, keys, asked, lines, rules, process };
}

it('tells the signer again which key to stand ready with, once a missing one has come back', async () => {
  const { desk, keys, asked } = deskWith(recordOf(ONE, 'Main'));
  keys.clear();
  expect(await desk.patientView()).toMatchObject({ lock: 'unavailable' });
  keys.set(ONE, headerOf(ONE));
  expect(await desk.select(ONE)).toMatchObject({ lock: 'unlocked' });
  asked.length = 0;
  await desk.sign(new Uint8Array(1));
  expect(asked).toEqual(['sign']);
});

it('tells it again before it signs, where the signer says that it stands ready with another key', async () => {
  const { desk, asked, process } = deskWith(recordOf(ONE, 'Main'));
  await desk.patientView();
  process.say({ kind: 'state', state: { address: null, lock: 'none' } });
  asked.length = 0;
  await desk.sign(new Uint8Array(1));
  expect(asked).toEqual(['select', 'sign']);
});

it('never leaves the former wallet ready when another was chosen while the signer was told of it', async () => {
  const { desk, rules, asked } = deskWith(recordOf(ONE, 'Main'), recordOf(TWO, 'Second'));
  const slow = Promise.withResolvers<undefined>();
  rules.holds.set('select', slow.promise);
  const looking = desk.patientView();
  await expect.poll(() => asked.includes('select')).toBe(true);
  const selecting = desk.select(TWO);
  rules.holds.clear();
  slow.resolve(undefined);
  await looking;
  expect(await selecting).toMatchObject({ lock: 'unlocked', wallets: [{ active: false }, { active: true }] });
});

it('says of a key that is stored and could not be written down where it is, and how it is brought in', async () => {
  const { desk, db, lines, repository } = deskWith(recordOf(ONE, 'Main'));
  db.exec(`CREATE TRIGGER full BEFORE INSERT ON wallets BEGIN SELECT RAISE(ABORT, 'the disk says no'); END`);
  await expect(desk.ceremony({ kind: 'create' }, { port: 'port' })).rejects.toMatchObject({
    code: 'DATA_FOLDER_UNWRITABLE',
    message: expect.stringContaining(`wallet -- import --keychain ${TWO}`) as unknown,
  });
  expect(lines).toContainEqual(expect.stringMatching(/^error The key of /));
  expect(repository.all()).toEqual([recordOf(ONE, 'Main')]);
  db.exec('DROP TRIGGER full');
});

it('keeps everything where the key could not be taken out', async () => {
  const { desk, rules, repository } = deskWith(recordOf(ONE, 'Main'));
  await desk.patientView();
  rules.fails.set('remove', 'KEYCHAIN_UNAVAILABLE');
  await expect(desk.remove(ONE, 'Main')).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
  expect(repository.all()).toHaveLength(1);
  await desk.sign(new Uint8Array(1));
});

it('asks one question about a key at a time, and takes closing for a no', async () => {
  const { desk, repository } = deskWith(recordOf(ONE, 'Main'));
  let asked = 0;
  desk.useWindows({
    open: () => Promise.resolve(),
    agreesToRemoval: () => {
      asked += 1;
      return Promise.withResolvers<boolean>().promise;
    },
  });
  const first = desk.removeForPage(ONE, 'Main');
  await expect.poll(() => asked).toBe(1);
  await expect(desk.removeForPage(ONE, 'Main')).rejects.toMatchObject({ code: 'CANCELLED' });
  desk.close();
  await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
  expect([asked, repository.all().length]).toEqual([1, 1]);
});

it('asks before it destroys a key although it was missing when it last looked', async () => {
  const { desk, keys } = deskWith(recordOf(ONE, 'Main'));
  keys.clear();
  await desk.patientView();
  keys.set(ONE, headerOf(ONE));
  const asked: string[] = [];
  desk.useWindows({
    open: () => Promise.resolve(),
    agreesToRemoval: ({ address }) => {
      asked.push(address);
      return Promise.resolve(false);
    },
  });
  await expect(desk.removeForPage(ONE, 'Main')).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(asked).toEqual([ONE]);
});
