import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSignedBy } from '../../../../src/main/custody/address.ts';
import { SystemKeychain } from '../../../../src/main/custody/keychain/systemKeychain.ts';
import { SignerDesk } from '../../../../src/main/custody/signer/signerDesk.ts';
import type { SignerState } from '../../../../src/main/custody/signer/signerState.ts';
import { ManualSchedule } from '../../../../src/main/platform/schedule.ts';
import { Keyring, hasKeyring, whySkipped } from '../../../support/keyring.ts';
import { fill, keys, storedKey } from '../ceremony/ceremonyRig.ts';
import { orderOf } from '../ceremony/orderOf.ts';
import { ScriptedDialogue, utf8 } from '../ceremony/scriptedDialogue.ts';
import { strangeMessage, transferMessage } from './messages.ts';

const STRANGER = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk';
const PASSPHRASE = 'the right one';
const IDLE_MS = 60_000;

function opened() {
  const [states, lines, schedule] = [[] as SignerState[], [] as string[], new ManualSchedule()];
  const desk = new SignerDesk({
    keychain: new SystemKeychain(),
    keys,
    fill,
    schedule,
    clear: () => Promise.resolve(),
    changed: (state) => states.push(state),
    log: (level, text) => lines.push(`${level} ${text}`),
  });
  const unlock = (address: string) =>
    desk.ceremony(
      orderOf({ kind: 'unlock', address }),
      new ScriptedDialogue({ passphrase: () => utf8(PASSPHRASE) }),
    );
  return { desk, states, lines, schedule, unlock };
}

describe.runIf(hasKeyring)(`the signer${whySkipped}`, () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
  });
  afterAll(() => keyring[Symbol.asyncDispose]());

  it('signs with the selected key what its rules allow, and logs it in words', async () => {
    const { address } = (await storedKey()).header;
    const { desk, lines } = opened();
    expect(await desk.select({ address, opens: true, idleMs: 0 })).toEqual({ address, lock: 'unlocked' });
    const message = transferMessage(address, address, 1_500_000_000);
    const { signature, words } = await desk.sign(message);
    expect(isSignedBy(address, message, signature)).toBe(true);
    expect(words.join()).toContain('1.5 SOL');
    expect(lines).toEqual([expect.stringContaining(`info Signed with ${address}: `)]);
    const hex = Buffer.from(signature).toString('hex');
    expect(lines.join()).not.toContain(hex);
  });

  it('signs nothing that goes to a stranger or a program of others, and says why', async () => {
    const { address } = (await storedKey()).header;
    const { desk, lines } = opened();
    await desk.select({ address, opens: true, idleMs: 0 });
    for (const message of [transferMessage(address, STRANGER), strangeMessage(address), utf8('nonsense')])
      await expect(desk.sign(message)).rejects.toMatchObject({ code: 'TRANSACTION_REFUSED' });
    expect(lines).toHaveLength(3);
    expect(lines.every((line) => line.startsWith('warn Not signed with'))).toBe(true);
  });

  it('sends SOL to another wallet whose key the keychain has, and no longer once it was removed', async () => {
    const [{ header }, { header: other }] = [await storedKey(), await storedKey()];
    const { desk } = opened();
    await desk.select({ address: header.address, opens: true, idleMs: 0 });
    const message = transferMessage(header.address, other.address);
    expect(isSignedBy(header.address, message, (await desk.sign(message)).signature)).toBe(true);
    expect(await desk.remove(other.address)).toBe(true);
    await expect(desk.sign(message)).rejects.toMatchObject({ code: 'TRANSACTION_REFUSED' });
  });

  it('signs nothing without a key, with a locked one, and with one that was removed', async () => {
    const { address } = (await storedKey(PASSPHRASE)).header;
    const { desk, unlock } = opened();
    const message = transferMessage(address, address);
    await expect(desk.sign(message)).rejects.toMatchObject({ code: 'WALLET_MISSING' });
    await desk.select({ address, opens: true, idleMs: 0 });
    await expect(desk.sign(message)).rejects.toMatchObject({ code: 'WALLET_LOCKED' });
    await unlock(address);
    expect(isSignedBy(address, message, (await desk.sign(message)).signature)).toBe(true);
    await desk.remove(address);
    await expect(desk.sign(message)).rejects.toMatchObject({ code: 'WALLET_MISSING' });
  });

  it('locks when it is told to, and tells of every change of its lock once', async () => {
    const { address } = (await storedKey()).header;
    const { desk, states } = opened();
    await desk.select({ address, opens: false, idleMs: 0 });
    expect(desk.state.lock).toBe('locked');
    await desk.ceremony(orderOf({ kind: 'unlock', address }), new ScriptedDialogue({}));
    desk.lock();
    desk.lock();
    expect(states.map(({ lock }) => lock)).toEqual(['locked', 'unlocked', 'locked']);
    await expect(desk.sign(transferMessage(address, address))).rejects.toMatchObject({
      code: 'WALLET_LOCKED',
    });
  });

  it('locks a key with a passphrase after its idle time, which each signature begins anew', async () => {
    const { address } = (await storedKey(PASSPHRASE)).header;
    const { desk, schedule, unlock } = opened();
    await desk.select({ address, opens: true, idleMs: IDLE_MS });
    await unlock(address);
    schedule.pass(IDLE_MS - 1);
    await desk.sign(transferMessage(address, address));
    schedule.pass(IDLE_MS - 1);
    expect(desk.state.lock).toBe('unlocked');
    schedule.pass(1);
    expect(desk.state.lock).toBe('locked');
    expect(schedule.waiting).toBe(0);
  });

  it('takes another idle time at once, and 0 for never', async () => {
    const { address } = (await storedKey(PASSPHRASE)).header;
    const { desk, schedule, unlock } = opened();
    await desk.select({ address, opens: true, idleMs: 0 });
    await unlock(address);
    schedule.pass(1_000 * IDLE_MS);
    expect(desk.state.lock).toBe('unlocked');
    desk.idle(IDLE_MS);
    schedule.pass(IDLE_MS);
    expect(desk.state.lock).toBe('locked');
  });

  it('locks for the sleep of the computer what has a passphrase, and leaves what the keychain alone protects', async () => {
    for (const [passphrase, lock] of [
      [PASSPHRASE, 'locked'],
      [undefined, 'unlocked'],
    ] as const) {
      const { address } = (await storedKey(passphrase)).header;
      const { desk, schedule, unlock } = opened();
      await desk.select({ address, opens: true, idleMs: IDLE_MS });
      await unlock(address);
      expect(desk.sleep().lock).toBe(lock);
      schedule.pass(IDLE_MS);
      expect(desk.state.lock).toBe(lock);
    }
  });

  it('stands ready with the key that was selected last, however long the keychain took over the one before', async () => {
    const [{ header }, { header: other }] = [await storedKey(), await storedKey()];
    const { desk } = opened();
    const both = [header, other].map(({ address }) => desk.select({ address, opens: true, idleMs: 0 }));
    await Promise.all(both);
    expect(desk.state).toEqual({ address: other.address, lock: 'unlocked' });
  });

  it('does not unlock a wallet that is not the active one any more', async () => {
    const [{ header }, { header: other }] = [await storedKey(PASSPHRASE), await storedKey()];
    const { desk, unlock } = opened();
    await desk.select({ address: other.address, opens: false, idleMs: 0 });
    await expect(unlock(header.address)).rejects.toMatchObject({ code: 'WALLET_UNKNOWN' });
    expect(desk.state).toEqual({ address: other.address, lock: 'locked' });
  });

  it('is locked once the passphrase was changed, and goes by the new rule', async () => {
    const { address } = (await storedKey()).header;
    const { desk } = opened();
    await desk.select({ address, opens: true, idleMs: 0 });
    const set = { newPassphrase: () => ({ passphrase: utf8(PASSPHRASE), repeated: utf8(PASSPHRASE) }) };
    await desk.ceremony(orderOf({ kind: 'passphrase', address }), new ScriptedDialogue(set));
    expect(desk.state.lock).toBe('locked');
    await desk.select({ address, opens: true, idleMs: 0 });
    expect(desk.state.lock).toBe('locked');
  });

  it('says of each wallet whether the keychain has its key, and nothing for what is no address', async () => {
    const { header } = await storedKey(PASSPHRASE, { role: 'delegate', owner: STRANGER });
    const { desk } = opened();
    const { keys: found } = await desk.look([header.address, STRANGER, '1'.repeat(44)]);
    expect(found).toEqual({ [header.address]: header, [STRANGER]: null, ['1'.repeat(44)]: null });
  });
});
