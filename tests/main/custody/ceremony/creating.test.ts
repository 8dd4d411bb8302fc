import { mnemonicToSeedSync } from '@scure/bip39';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveKey } from '../../../../src/main/custody/derivation.ts';
import { Keypair } from '../../../../src/main/custody/keypair.ts';
import { phantomPath } from '../../../../src/main/custody/walletPaths.ts';
import { Keyring, hasKeyring, whySkipped } from '../../../support/keyring.ts';
import { secretFrom } from '../secretsAtHand.ts';
import { held, keys } from './ceremonyRig.ts';
import { orderOf, ownerAt } from './orderOf.ts';
import { utf8, type Reply } from './scriptedDialogue.ts';

const OTHER = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk';

/** Somebody who writes the phrase down, and knows its words. */
function writer(reply: Reply = {}): { readonly reply: Reply; readonly phrase: () => string } {
  let phrase = '';
  return {
    phrase: () => phrase,
    reply: {
      words: () => 12,
      name: ({ suggested }) => suggested,
      showPhrase({ phrase: shown }) {
        phrase = Buffer.from(shown).toString('ascii');
        return null;
      },
      confirmWord: ({ position }) => utf8(phrase.split(' ')[position - 1] ?? ''),
      newPassphrase: () => null,
      confirmOwner: () => null,
      ...reply,
    },
  };
}

/** What an implementation of others makes of a phrase. */
function addressOf(phrase: string): string {
  using seed = secretFrom('seed', mnemonicToSeedSync(phrase));
  using secret = deriveKey(seed, phantomPath(0));
  using keypair = new Keypair(secret);
  return keypair.address;
}

describe.runIf(hasKeyring)(`creating a wallet${whySkipped}`, () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
  });
  afterAll(() => keyring[Symbol.asyncDispose]());

  it.each([12, 24] as const)(
    'of %i words stores the first wallet of the phrase that was shown',
    async (words) => {
      const { reply, phrase } = writer({ words: () => words });
      const { end, dialogue } = await held(orderOf({ kind: 'create' }), reply);
      const address = addressOf(phrase());
      const path = "m/44'/501'/0'/0'";
      expect(end).toEqual({
        kind: 'stored',
        address,
        name: 'Wallet',
        role: 'owner',
        owner: address,
        path,
        hasPassphrase: false,
      });
      expect(phrase().split(' ')).toHaveLength(words);
      expect(await keys.look(address)).toMatchObject({ address, path, hasPassphrase: false });
      expect(dialogue.names.filter((name) => name === 'confirmWord')).toHaveLength(3);
    },
  );

  it('asks for three different words of the phrase, in their order', async () => {
    for (let time = 0; time < 20; time += 1) {
      const { reply } = writer({ name: undefined });
      const { dialogue } = await held(orderOf({ kind: 'create' }), reply);
      const positions = dialogue.asked.flatMap(({ name, step }) =>
        name === 'confirmWord' ? [Number(step['position'])] : [],
      );
      expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
      expect(positions).toHaveLength(3);
      expect(Math.min(...positions)).toBeGreaterThan(0);
      expect(Math.max(...positions)).toBeLessThanOrEqual(12);
    }
  });

  it('asks again for a word that is wrong, and takes it when it is right', async () => {
    const { reply, phrase } = writer();
    const { end, dialogue } = await held(orderOf({ kind: 'create' }), {
      ...reply,
      confirmWord: ({ position }, times) =>
        utf8(times === 1 ? 'wrong' : (phrase().split(' ')[position - 1] ?? '')),
    });
    expect(end).toMatchObject({ kind: 'stored' });
    expect(dialogue.problems).toEqual([expect.stringMatching(/^That is not word \d+ of the phrase\.$/)]);
  });

  it('shows the same phrase again for who has not written it down', async () => {
    const { reply } = writer();
    const shown: string[] = [];
    const { end } = await held(orderOf({ kind: 'create' }), {
      ...reply,
      showPhrase(step, times) {
        shown.push(Buffer.from(step.phrase).toString('ascii'));
        return reply.showPhrase?.(step, times) ?? null;
      },
      confirmWord: (step, times) => (times === 2 ? null : (reply.confirmWord?.(step, times) ?? null)),
    });
    expect(end).toMatchObject({ kind: 'stored' });
    expect(shown).toHaveLength(2);
    expect(new Set(shown).size).toBe(1);
  });

  it('stores nothing for who leaves, at whichever step', async () => {
    const before = keyring.itemCount();
    for (const step of ['words', 'showPhrase', 'confirmWord', 'name', 'newPassphrase'] as const) {
      const { reply } = writer({ [step]: undefined });
      const { end } = await held(orderOf({ kind: 'create' }), reply);
      expect([step, end]).toMatchObject([step, { code: 'CANCELLED' }]);
    }
    expect(keyring.itemCount()).toBe(before);
  });

  it('ends after three wrong words with nothing stored', async () => {
    const before = keyring.itemCount();
    const { reply } = writer({ confirmWord: () => utf8('wrong') });
    const { end } = await held(orderOf({ kind: 'create' }), reply);
    expect(end).toMatchObject({ code: 'WALLET_NOT_CONFIRMED' });
    expect(keyring.itemCount()).toBe(before);
  });

  it('with a passphrase stores it locked, after two that differed and one that was too short', async () => {
    const answers = ['passphrase one|passphrase two', 'short|short', 'long enough|long enough'];
    const { reply } = writer({
      newPassphrase(_step, times) {
        const [passphrase = '', repeated = ''] = (answers[times - 1] ?? '').split('|');
        return { passphrase: utf8(passphrase), repeated: utf8(repeated) };
      },
    });
    const { end, dialogue } = await held(orderOf({ kind: 'create' }), reply);
    expect(end).toMatchObject({ kind: 'stored', hasPassphrase: true });
    expect(dialogue.problems).toHaveLength(2);
    if (end instanceof Error || end.kind !== 'stored') throw new Error('nothing was stored');
    await expect(keys.open(end.address, undefined)).rejects.toMatchObject({ code: 'WALLET_LOCKED' });
  });

  it('zeroes every answer that was handed over', async () => {
    const { reply } = writer({
      newPassphrase: () => ({ passphrase: utf8('long enough'), repeated: utf8('long enough') }),
    });
    const { dialogue } = await held(orderOf({ kind: 'create' }), reply);
    expect(dialogue.handed).toHaveLength(5);
    for (const bytes of dialogue.handed) expect([...bytes].every((byte) => byte === 0)).toBe(true);
  });

  it('takes the answers that were given beforehand, and proposes a name that nobody has', async () => {
    const { reply, phrase } = writer({ words: undefined });
    const known = [ownerAt(OTHER, 'wallet')];
    const { end, dialogue } = await held(orderOf({ kind: 'create' }, { known, given: { words: 24 } }), reply);
    expect(phrase().split(' ')).toHaveLength(24);
    expect(end).toMatchObject({ kind: 'stored', name: 'Wallet 2' });
    expect(dialogue.names).not.toContain('words');
  });

  it('asks for a name anew where the one that was given cannot be', async () => {
    const { reply } = writer({ name: () => ' Fine ' });
    const known = [ownerAt(OTHER, 'Taken')];
    const order = orderOf({ kind: 'create' }, { known, given: { name: 'taken' } });
    const { end, dialogue } = await held(order, reply);
    expect(dialogue.problems).toEqual(['Another wallet has that name already.']);
    expect(end).toMatchObject({ kind: 'stored', name: 'Fine' });
  });

  it('for another wallet makes a delegate of it, which says whose account it trades', async () => {
    const { reply } = writer();
    const known = [ownerAt(OTHER, 'Main')];
    const order = orderOf({ kind: 'create', delegateOf: OTHER }, { known });
    const { end, dialogue } = await held(order, reply);
    expect(dialogue.asked[0]).toEqual({ name: 'confirmOwner', step: { owner: OTHER, name: 'Main' } });
    expect(end).toMatchObject({ kind: 'stored', role: 'delegate', owner: OTHER, name: 'Trading delegate' });
    if (end instanceof Error || end.kind !== 'stored') throw new Error('nothing was stored');
    expect(await keys.look(end.address)).toMatchObject({ role: 'delegate', owner: OTHER });
  });

  it('is for none but a wallet of the user’s: a stranger is not even asked about', async () => {
    const { reply } = writer();
    for (const kind of ['create', 'import'] as const) {
      const { end, dialogue } = await held(orderOf({ kind, delegateOf: OTHER }), reply);
      expect(end).toMatchObject({ code: 'WALLET_UNKNOWN' });
      expect(dialogue.names).toEqual([]);
    }
  });

  it('makes no delegate for who does not know the owner', async () => {
    const { reply } = writer({ confirmOwner: undefined });
    const order = orderOf({ kind: 'create', delegateOf: OTHER }, { known: [ownerAt(OTHER, 'Main')] });
    const { end, dialogue } = await held(order, reply);
    expect(end).toMatchObject({ code: 'CANCELLED' });
    expect(dialogue.names).toEqual(['confirmOwner']);
  });
});
