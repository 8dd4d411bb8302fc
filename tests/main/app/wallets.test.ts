import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PayloadOf } from '../../../src/shared/contract/commands.ts';
import { Keyring, hasKeyring, whySkipped } from '../../support/keyring.ts';
import { newRig, type ProgramRig, type RigClient } from '../../support/programRig.ts';
import { keys, storedKey } from '../custody/ceremony/ceremonyRig.ts';

const WATCHED = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk';
const OTHER = 'GjJyeC1r2RgkuoCWMyPYkCWSGSGLcz266EaAkLA27AhL';

/** Writes a wallet down as `wallet create` does, in a program that isn't there yet. */
async function remembered(rig: ProgramRig, address: string, name: string, kind = 'owner'): Promise<void> {
  rig.meddle(
    `INSERT INTO wallets (address, name, kind, owner, path, added_at, active)
     SELECT '${address}', '${name}', '${kind}', '${kind === 'delegate' ? WATCHED : address}', NULL, 1,
       NOT EXISTS (SELECT 1 FROM wallets)`,
  );
  await rig.restart();
}

/** The processes of signers that this one has started and that are still there. Linux. */
function signers(): readonly number[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
  return children
    .trim()
    .split(' ')
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('signer/main.ts'))
    .map(Number);
}

/** What a wallet looks like once the lock is as a test waits for it. */
const locked = async (client: RigClient, lock: string): Promise<void> =>
  await expect.poll(() => client.ask('GET_WALLETS', {}), { timeout: 20_000 }).toMatchObject({ lock });

describe.runIf(hasKeyring)(`wallets in the program${whySkipped}`, () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
  });
  afterAll(() => keyring[Symbol.asyncDispose]());

  it('are none at first, and the keychain works', async () => {
    const view = await newRig().connect().ask('GET_WALLETS', {});
    expect(view).toEqual({
      wallets: [],
      lock: 'none',
      error: null,
      keychain: { store: 'Secret Service', error: null },
      secrets: 'terminal',
    });
  });

  it('with a key are unlocked at the start where the keychain alone protects it, and locked on command', async () => {
    const { address } = (await storedKey()).header;
    const rig = newRig();
    await remembered(rig, address, 'Main');
    const client = rig.connect();
    await locked(client, 'unlocked');
    const { wallets, lock } = await client.ask('LOCK_WALLET', {});
    expect(lock).toBe('locked');
    expect(wallets).toMatchObject([{ address, name: 'Main', kind: 'owner', key: 'plain', active: true }]);
  });

  it('with a passphrase stay locked until somebody has entered it', async () => {
    const { address } = (await storedKey('a long passphrase')).header;
    const rig = newRig();
    await remembered(rig, address, 'Main');
    const view = await rig.connect().ask('GET_WALLETS', {});
    expect(view).toMatchObject({ lock: 'locked', wallets: [{ key: 'protected' }] });
  });

  it('come back locked when the signer has died, and every client hears of it', async () => {
    const { address } = (await storedKey()).header;
    const rig = newRig();
    await remembered(rig, address, 'Main');
    const client = rig.connect();
    await locked(client, 'unlocked');
    const [signer = 0] = signers();
    const heard = client.nextStatus(({ event }) => event?.kind === 'wallets');
    process.kill(signer, 'SIGKILL');
    await heard;
    expect(await client.ask('GET_WALLETS', {})).toMatchObject({ lock: 'locked', error: null });
    await client.ask('GET_WALLETS', {});
    expect(signers()).not.toContain(signer);
  });

  it('say that their key is missing, and are of no use then', async () => {
    const rig = newRig();
    await remembered(rig, OTHER, 'Lost');
    expect(await rig.connect().ask('GET_WALLETS', {})).toMatchObject({
      lock: 'unavailable',
      wallets: [{ key: 'missing' }],
    });
  });

  it('may be watched, renamed, chosen and forgotten, and each client hears of each change', async () => {
    const rig = newRig();
    const [client, other] = [rig.connect(), rig.connect()];
    const told = (): number => other.events.filter(({ kind }) => kind === 'wallets').length;
    const added = await client.ask('WATCH_ADDRESS', { address: WATCHED, name: 'Cold' });
    expect(added).toMatchObject({
      lock: 'watchOnly',
      wallets: [{ address: WATCHED, name: 'Cold', kind: 'watch', owner: WATCHED, key: 'none', active: true }],
    });
    await client.ask('WATCH_ADDRESS', { address: OTHER, name: 'Colder' });
    await client.ask('SELECT_WALLET', { address: OTHER });
    await client.ask('RENAME_WALLET', { address: WATCHED, name: 'Ice' });
    expect(await other.ask('GET_WALLETS', {})).toMatchObject({
      wallets: [
        { name: 'Ice', active: false },
        { name: 'Colder', active: true },
      ],
    });
    expect(await client.ask('REMOVE_WALLET', { address: OTHER, confirm: ' Colder ' })).toMatchObject({
      lock: 'none',
      wallets: [{ name: 'Ice', active: false }],
    });
    expect(told()).toBeGreaterThanOrEqual(5);
  });

  it('take their key out of the keychain when they are removed by their name, and the user agrees outside of the page', async () => {
    const { address } = (await storedKey()).header;
    const rig = newRig();
    await remembered(rig, address, 'Main');
    const asked: string[] = [];
    let isAgreed = false;
    rig.program.wallets.useWindows({
      open: () => Promise.resolve(),
      agreesToRemoval: ({ name, address: of }) => {
        asked.push(`${name} ${of}`);
        return Promise.resolve(isAgreed);
      },
    });
    const client = rig.connect();
    const code = async (confirm: string) =>
      (await client.refusal('REMOVE_WALLET', { address, confirm })).code;
    expect([await code('main'), await code('Main')]).toEqual(['WALLET_NOT_CONFIRMED', 'CANCELLED']);
    expect(await keys.look(address)).toBeDefined();
    isAgreed = true;
    expect(await client.ask('REMOVE_WALLET', { address, confirm: 'Main' })).toMatchObject({ wallets: [] });
    expect(await keys.look(address)).toBeUndefined();
    expect(asked).toEqual([`Main ${address}`, `Main ${address}`]);
  });

  it('keep their key where no window could ask: it is removed on the terminal', async () => {
    const { address } = (await storedKey()).header;
    const rig = newRig();
    await remembered(rig, address, 'Main');
    const refused = await rig.connect().refusal('REMOVE_WALLET', { address, confirm: 'Main' });
    expect(refused.code).toBe('NOT_SUPPORTED');
    expect(refused.message).toContain(`npm run -s wallet -- remove ${address}`);
    expect(await keys.look(address)).toBeDefined();
  });

  it('are forgotten without a question where their key is missing', async () => {
    const rig = newRig();
    await remembered(rig, OTHER, 'Lost');
    const client = rig.connect();
    await locked(client, 'unavailable');
    expect(await client.ask('REMOVE_WALLET', { address: OTHER, confirm: 'Lost' })).toMatchObject({
      wallets: [],
    });
  });

  it('stay where their key could not be taken out', async () => {
    const { address } = (await storedKey()).header;
    const rig = newRig();
    await remembered(rig, address, 'Main');
    rig.program.wallets.useWindows({
      open: () => Promise.resolve(),
      agreesToRemoval: () => Promise.resolve(true),
    });
    const client = rig.connect();
    await locked(client, 'unlocked');
    keyring.lock();
    const refused = await client.refusal('REMOVE_WALLET', { address, confirm: 'Main' });
    expect([refused.code, refused.details['reason']]).toEqual(['KEYCHAIN_UNAVAILABLE', 'locked']);
    expect(rig.rows('SELECT name FROM wallets')).toEqual([{ name: 'Main' }]);
    await keyring.unlock();
    expect(await keys.look(address)).toBeDefined();
  });

  it('are told apart as delegates, with whose account they trade', async () => {
    const { address } = (await storedKey(undefined, { role: 'delegate', owner: WATCHED })).header;
    const rig = newRig();
    await remembered(rig, address, 'Hand', 'delegate');
    expect(await rig.connect().ask('GET_WALLETS', {})).toMatchObject({
      wallets: [{ kind: 'delegate', owner: WATCHED, key: 'plain' }],
    });
  });

  it('outlive a restore to a backup that is older than they are', async () => {
    const rig = newRig();
    const client = rig.connect();
    await client.ask('WATCH_ADDRESS', { address: WATCHED, name: 'Before' });
    const { backup } = await client.ask('BACKUP', {});
    await client.ask('RENAME_WALLET', { address: WATCHED, name: 'Renamed' });
    await client.ask('WATCH_ADDRESS', { address: OTHER, name: 'Before 2' });
    await client.ask('SELECT_WALLET', { address: OTHER });
    await client.ask('RESTORE', { backup });
    expect(await client.ask('GET_WALLETS', {})).toMatchObject({
      wallets: [
        { address: WATCHED, name: 'Before', active: false },
        { address: OTHER, name: 'Before 2', active: true },
      ],
    });
  });

  it('outlive a reset of the vault', async () => {
    const client = newRig().connect();
    await client.ask('WATCH_ADDRESS', { address: WATCHED, name: 'Cold' });
    await client.ask('VAULT_RESET', { engine: 'funding' });
    expect(await client.ask('GET_WALLETS', {})).toMatchObject({ wallets: [{ name: 'Cold' }] });
  });

  it('start no process for a trader on paper who looks at none', async () => {
    // Those of the tests before are on their way out.
    await expect.poll(() => signers().length).toBe(0);
    const rig = newRig();
    await rig.connect().ask('GET_STATUS', {});
    await rig.restart();
    await rig.connect().ask('GET_STATUS', {});
    expect(signers()).toEqual([]);
  });
});

it.each([
  ['WATCH_ADDRESS', { address: '1'.repeat(44), name: 'Cold' }, 'WALLET_INVALID_ADDRESS'],
  ['WATCH_ADDRESS', { address: WATCHED, name: ' ' }, 'WALLET_INVALID_NAME'],
  ['WATCH_ADDRESS', { address: 'no address', name: 'Cold' }, 'INVALID_PAYLOAD'],
  ['WATCH_ADDRESS', { address: OTHER, name: 'COLD' }, 'WALLET_INVALID_NAME'],
  ['WATCH_ADDRESS', { address: WATCHED, name: 'Again' }, 'WALLET_EXISTS'],
  ['RENAME_WALLET', { address: OTHER, name: 'Name' }, 'WALLET_UNKNOWN'],
  ['SELECT_WALLET', { address: OTHER }, 'WALLET_UNKNOWN'],
  ['REMOVE_WALLET', { address: OTHER, confirm: 'Cold' }, 'WALLET_UNKNOWN'],
  ['REMOVE_WALLET', { address: WATCHED, confirm: 'Warm' }, 'WALLET_NOT_CONFIRMED'],
  ['OPEN_WALLET_WINDOW', { task: { kind: 'create' } }, 'NOT_SUPPORTED'],
  ['OPEN_WALLET_WINDOW', { task: { kind: 'export', address: WATCHED } }, 'INVALID_PAYLOAD'],
] as const)('%s with %j is refused with %s, and nothing has changed', async (command, payload, code) => {
  const rig = newRig();
  const client = rig.connect();
  await client.ask('WATCH_ADDRESS', { address: WATCHED, name: 'Cold' } satisfies PayloadOf<'WATCH_ADDRESS'>);
  const before = rig.rows('SELECT * FROM wallets');
  expect((await client.refusal(command, payload)).code).toBe(code);
  expect(rig.rows('SELECT * FROM wallets')).toEqual(before);
});

it('the program says which part of the keychain fails where there is none, and watches wallets all the same', async () => {
  const client = newRig().connect();
  await client.ask('WATCH_ADDRESS', { address: WATCHED, name: 'Cold' });
  const before = process.env['DBUS_SESSION_BUS_ADDRESS'];
  process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent';
  try {
    expect(await newRig().connect().ask('GET_WALLETS', {})).toMatchObject({
      lock: 'none',
      error: null,
      keychain: { error: { code: 'KEYCHAIN_UNAVAILABLE', details: { reason: 'missing' } } },
    });
  } finally {
    process.env['DBUS_SESSION_BUS_ADDRESS'] = before;
  }
  expect(await client.ask('GET_WALLETS', {})).toMatchObject({
    lock: 'watchOnly',
    wallets: [{ name: 'Cold' }],
  });
});
