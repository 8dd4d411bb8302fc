import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSignedBy } from '../../../../src/main/custody/address.ts';
import { SystemKeychain } from '../../../../src/main/custody/keychain/systemKeychain.ts';
import { SecretBytes } from '../../../../src/main/custody/secretBytes.ts';
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
  const elapsed = { ms: 0 };
  const desk = new SignerDesk({
    keychain: new SystemKeychain(),
    keys,
    fill,
    schedule,
    elapsed: () => elapsed.ms,
    clear: () => Promise.resolve(),
    changed: (state) => states.push(state),
    log: (level, text) => lines.push(`${level} ${text}`),
  });
  const unlock = (address: string) =>
    desk.ceremony(
      orderOf({ kind: 'unlock', address }),
      new ScriptedDialogue({ passphrase: () => utf8(PASSPHRASE) }),
    );
  return { desk, states, lines, schedule, elapsed, unlock };
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

  it('sends SOL for gas to a delegate of its own, and no longer once that key was removed', async () => {
    const { header } = await storedKey();
    const { address } = header;
    const hand = (await storedKey(undefined, { role: 'delegate', owner: address })).header.address;
    const { desk } = opened();
    await desk.select({ address, opens: true, idleMs: 0 });
    const message = transferMessage(address, hand);
    expect(isSignedBy(address, message, (await desk.sign(message)).signature)).toBe(true);
    expect(await desk.remove(hand)).toBe(true);
    await expect(desk.sign(message)).rejects.toMatchObject({ details: { reason: 'destination' } });
  });

  it('takes neither another wallet here nor the delegate of another for its own, since anybody may bring a key in', async () => {
    const { address } = (await storedKey()).header;
    const { desk } = opened();
    await desk.select({ address, opens: true, idleMs: 0 });
    for (const about of [{}, { role: 'delegate', owner: STRANGER }] as const) {
      const { header } = await storedKey(undefined, about);
      const message = transferMessage(address, header.address);
      await expect(desk.sign(message)).rejects.toMatchObject({ details: { reason: 'destination' } });
    }
  });

  it('gives away no more in a day than that may cost, whatever each of its transactions costs', async () => {
    const { address } = (await storedKey()).header;
    const hand = (await storedKey(undefined, { role: 'delegate', owner: address })).header.address;
    const { desk, elapsed, lines } = opened();
    await desk.select({ address, opens: true, idleMs: 0 });
    const [gas, least] = [100_000_000, 1].map((lamports) => transferMessage(address, hand, lamports));
    if (gas === undefined || least === undefined) throw new Error('there are two');
    for (let time = 1; time <= 5; time += 1) {
      await desk.sign(gas);
      elapsed.ms += 1_000;
    }
    await expect(desk.sign(least)).rejects.toMatchObject({ details: { reason: 'budget' } });
    expect(lines.at(-1)).toMatch(/^warn Not signed .* 0\.5 SOL were spent in the last 24 hours\.$/);
    // What gives nothing away is signed all the same.
    await desk.sign(transferMessage(address, address));
    elapsed.ms = 86_400_000;
    await desk.sign(least);
    await expect(desk.sign(gas)).rejects.toMatchObject({ details: { reason: 'budget' } });
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

  it.each(['create', 'import'] as const)(
    'asks nothing for %s where the keychain could not keep the key: no phrase is written down for nothing',
    async (kind) => {
      const { desk } = opened();
      const dialogue = new ScriptedDialogue({});
      keyring.lock();
      await expect(desk.ceremony(orderOf({ kind }), dialogue)).rejects.toMatchObject({
        code: 'KEYCHAIN_UNAVAILABLE',
        details: { reason: 'locked' },
      });
      expect(dialogue.names).toEqual([]);
      await keyring.unlock();
    },
  );

  it.each(['lock', 'sleep'] as const)(
    'does not hold a key that was being unlocked when a %s came',
    async (act) => {
      const { address } = (await storedKey(PASSPHRASE)).header;
      const { desk } = opened();
      await desk.select({ address, opens: true, idleMs: 0 });
      const dialogue = new ScriptedDialogue({
        passphrase: () => {
          desk[act]();
          return utf8(PASSPHRASE);
        },
      });
      await expect(desk.ceremony(orderOf({ kind: 'unlock', address }), dialogue)).rejects.toMatchObject({
        code: 'WALLET_LOCKED',
      });
      expect(desk.state.lock).toBe('locked');
    },
  );

  it('locks a key that was sealed or removed elsewhere, once it hears of it', async () => {
    const { address } = (await storedKey()).header;
    const { desk } = opened();
    await desk.select({ address, opens: true, idleMs: 0 });
    await keys.reseal(address, undefined, SecretBytes.taken('text', utf8(PASSPHRASE)));
    await desk.look([address]);
    expect(desk.state).toEqual({ address, lock: 'locked' });
    await keys.remove(address);
    await desk.look([address]);
    expect(desk.state).toEqual({ address: null, lock: 'none' });
  });

  it('stays ready with a key that could not be removed', async () => {
    const { address } = (await storedKey()).header;
    const { desk } = opened();
    await desk.select({ address, opens: true, idleMs: 0 });
    keyring.lock();
    await expect(desk.remove(address)).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
    await keyring.unlock();
    expect(desk.state).toEqual({ address, lock: 'unlocked' });
    await desk.sign(transferMessage(address, address));
  });

  it('goes by the new passphrase at once, whatever becomes of the keychain after it was set', async () => {
    const { address } = (await storedKey()).header;
    const { desk, schedule } = opened();
    await desk.select({ address, opens: true, idleMs: IDLE_MS });
    const set = {
      newPassphrase: () => ({ passphrase: utf8(PASSPHRASE), repeated: utf8(PASSPHRASE) }),
    };
    const done = desk.ceremony(orderOf({ kind: 'passphrase', address }), new ScriptedDialogue(set));
    await done;
    keyring.lock();
    expect(desk.state.lock).toBe('locked');
    await keyring.unlock();
    await desk.ceremony(
      orderOf({ kind: 'unlock', address }),
      new ScriptedDialogue({ passphrase: () => utf8(PASSPHRASE) }),
    );
    schedule.pass(IDLE_MS);
    expect(desk.state.lock).toBe('locked');
  });

  it('says of each wallet whether the keychain has its key, and nothing for what is no address', async () => {
    const { header } = await storedKey(PASSPHRASE, { role: 'delegate', owner: STRANGER });
    const { desk } = opened();
    const { keys: found } = await desk.look([header.address, STRANGER, '1'.repeat(44)]);
    expect(found).toEqual({ [header.address]: header, [STRANGER]: null, ['1'.repeat(44)]: null });
  });
});
