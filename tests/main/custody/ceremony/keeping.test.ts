import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base58Encode } from '../../../../src/main/custody/base58.ts';
import { SecretBytes } from '../../../../src/main/custody/secretBytes.ts';
import { Keyring, hasKeyring, whySkipped } from '../../../support/keyring.ts';
import { base58ByHand, publicKeyByHand } from '../rfc8032.ts';
import { held, keys, storedKey } from './ceremonyRig.ts';
import { orderOf } from './orderOf.ts';
import { utf8 } from './scriptedDialogue.ts';

const ABSENT = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk';
const twice = (text: string) => ({ passphrase: utf8(text), repeated: utf8(text) });

/** Whether a passphrase opens a key; undefined for none. */
async function opens(address: string, passphrase: string | undefined): Promise<boolean> {
  using typed = passphrase === undefined ? undefined : SecretBytes.taken('text', utf8(passphrase));
  try {
    (await keys.open(address, typed)).secret.dispose();
    return true;
  } catch {
    return false;
  }
}

describe.runIf(hasKeyring)(`a stored key${whySkipped}`, () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
  });
  afterAll(() => keyring[Symbol.asyncDispose]());

  it('without a passphrase is unlocked without a question', async () => {
    const { header } = await storedKey();
    const { end, dialogue, unlocked } = await held(orderOf({ kind: 'unlock', address: header.address }), {});
    expect(end).toEqual({ kind: 'unlocked', address: header.address });
    expect(unlocked).toEqual([header]);
    expect(dialogue.names).toEqual([]);
  });

  it('with a passphrase is unlocked by that alone, asked for again after a wrong one', async () => {
    const { header } = await storedKey('the right one');
    const { end, dialogue, unlocked } = await held(orderOf({ kind: 'unlock', address: header.address }), {
      passphrase: (_step, times) => utf8(times === 1 ? 'a wrong one' : 'the right one'),
    });
    expect(end).toMatchObject({ kind: 'unlocked' });
    expect(unlocked).toHaveLength(1);
    expect(dialogue.asked.map(({ step }) => [step['purpose'], step['problem'] !== undefined])).toEqual([
      ['unlock', false],
      ['unlock', true],
    ]);
    for (const bytes of dialogue.handed) expect([...bytes].every((byte) => byte === 0)).toBe(true);
  });

  it('stays locked after three wrong ones', async () => {
    const { header } = await storedKey('the right one');
    const { end, unlocked } = await held(orderOf({ kind: 'unlock', address: header.address }), {
      passphrase: () => utf8('a wrong one'),
    });
    expect(end).toMatchObject({ code: 'WALLET_WRONG_PASSPHRASE' });
    expect(unlocked).toEqual([]);
  });

  it.each(['unlock', 'passphrase', 'export'] as const)('has to be there for %s', async (kind) => {
    const { end } = await held(orderOf({ kind, address: ABSENT }), { confirmExport: ({ word }) => word });
    expect(end).toMatchObject({ code: 'WALLET_MISSING' });
  });

  it('gets a passphrase, another one, and none again, each time after the one that it has', async () => {
    const { address } = (await storedKey()).header;
    const order = orderOf({ kind: 'passphrase', address });
    const set = await held(order, { newPassphrase: () => twice('the first one') });
    expect(set.end).toEqual({ kind: 'passphrase', address, hasPassphrase: true });
    expect(set.dialogue.names).toEqual(['newPassphrase']);
    expect([await opens(address, undefined), await opens(address, 'the first one')]).toEqual([false, true]);

    const changed = await held(order, {
      passphrase: () => utf8('the first one'),
      newPassphrase: () => twice('the second one'),
    });
    expect(changed.dialogue.asked[0]?.step).toMatchObject({ purpose: 'change' });
    expect(changed.dialogue.asked[1]?.step).toMatchObject({ had: true });
    expect([await opens(address, 'the first one'), await opens(address, 'the second one')]).toEqual([
      false,
      true,
    ]);

    const removed = await held(order, {
      passphrase: () => utf8('the second one'),
      newPassphrase: () => null,
    });
    expect(removed.end).toMatchObject({ hasPassphrase: false });
    expect(await opens(address, undefined)).toBe(true);
  });

  it('keeps its passphrase where the old one was wrong, and no new one is asked for', async () => {
    const { address } = (await storedKey('the right one')).header;
    const { end, dialogue } = await held(orderOf({ kind: 'passphrase', address }), {
      passphrase: () => utf8('a wrong one'),
      newPassphrase: () => twice('another one'),
    });
    expect(end).toMatchObject({ code: 'WALLET_WRONG_PASSPHRASE' });
    expect(dialogue.names).not.toContain('newPassphrase');
    expect(await opens(address, 'the right one')).toBe(true);
  });

  it('is shown after a typed word and its passphrase, as Solana writes a secret key', async () => {
    const { header, secret } = await storedKey('the right one');
    let shown = '';
    const { end } = await held(orderOf({ kind: 'export', address: header.address }), {
      confirmExport: ({ word }) => word,
      passphrase: ({ purpose }) => utf8(purpose === 'export' ? 'the right one' : ''),
      showSecretKey({ secretKey }) {
        shown = Buffer.from(secretKey).toString('ascii');
        return null;
      },
    });
    expect(end).toEqual({ kind: 'exported', address: header.address });
    const pair = Buffer.concat([secret, publicKeyByHand(Buffer.from(secret))]);
    expect(shown).toBe(base58ByHand(pair));
    expect(shown).toBe(Buffer.from(base58Encode(pair)).toString('ascii'));
  });

  it.each(['', 'export', 'EXPORT '])(
    'is not shown for the word %j, nor is its passphrase asked for',
    async (word) => {
      const { header } = await storedKey('the right one');
      const { end, dialogue } = await held(orderOf({ kind: 'export', address: header.address }), {
        confirmExport: () => word,
        passphrase: () => utf8('the right one'),
        showSecretKey: () => null,
      });
      expect(end).toMatchObject({ code: 'WALLET_NOT_CONFIRMED' });
      expect(dialogue.names).toEqual(['confirmExport']);
    },
  );
});
