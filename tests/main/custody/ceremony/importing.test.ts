import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { base58Encode } from '../../../../src/main/custody/base58.ts';
import { Keypair } from '../../../../src/main/custody/keypair.ts';
import { seedOf } from '../../../../src/main/custody/phrase.ts';
import { scanPaths } from '../../../../src/main/custody/walletPaths.ts';
import type { StepOf } from '../../../../src/shared/contract/ceremony.ts';
import { Keyring, hasKeyring, whySkipped } from '../../../support/keyring.ts';
import { ABANDON, secretFrom } from '../secretsAtHand.ts';
import { SLIP10_VECTORS } from '../slip10Vectors.ts';
import { held, keys, storedKey } from './ceremonyRig.ts';
import { orderOf, ownerAt } from './orderOf.ts';
import { utf8, type Reply, type ScriptedDialogue } from './scriptedDialogue.ts';

/** What Phantom shows for `abandon … about`: m/44'/501'/0'/0'. */
const PHANTOM = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk';

const [{ secret: SECRET, publicKey: PUBLIC }] = SLIP10_VECTORS[0].chains;
const PAIR = Buffer.from(SECRET + PUBLIC, 'hex');
const pairText = (pair: Uint8Array): string => Buffer.from(base58Encode(pair)).toString('ascii');
const pairAddress = new Keypair(secretFrom('key', Buffer.from(SECRET, 'hex'))).address;
const IMPORT = orderOf({ kind: 'import' });

const answers = (reply: Reply): Reply => ({
  name: ({ suggested }) => suggested,
  newPassphrase: () => null,
  confirmOwner: () => null,
  choosePlace: () => 0,
  enterPhrase: () => utf8(ABANDON),
  enterSecretKey: () => utf8(pairText(PAIR)),
  enterFile: () => utf8(JSON.stringify([...PAIR])),
  ...reply,
});

/** The wallets of the phrase, as they were shown to choose from. */
const placesIn = ({ asked }: ScriptedDialogue) =>
  asked.find(({ name }) => name === 'choosePlace')?.step['places'] as StepOf<'choosePlace'>['places'];

describe.runIf(hasKeyring)(`importing a wallet${whySkipped}`, () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
  });
  afterAll(() => keyring[Symbol.asyncDispose]());
  afterEach(async () => {
    using phrase = secretFrom('phrase', utf8(ABANDON));
    using seed = seedOf(phrase);
    for (const { address } of scanPaths(seed, 5)) await keys.remove(address);
    await keys.remove(pairAddress);
  });

  it('by its phrase shows the wallets on both usual paths, and stores the one that is chosen', async () => {
    const { end, dialogue } = await held(IMPORT, answers({ source: () => 'phrase' }));
    expect(end).toMatchObject({ kind: 'stored', address: PHANTOM, path: "m/44'/501'/0'/0'" });
    const shown = dialogue.asked.find(({ name }) => name === 'choosePlace')?.step['places'];
    const paths = [0, 1, 2, 3, 4].flatMap((index) => [`m/44'/501'/${index}'/0'`, `m/44'/501'/${index}'`]);
    expect(shown).toMatchObject(paths.map((path) => ({ path, stored: false })));
    expect(await keys.look(PHANTOM)).toMatchObject({ address: PHANTOM });
  });

  it('stores each of those wallets under its own address', async () => {
    for (const at of [1, 2, 9]) {
      const { end, dialogue } = await held(
        IMPORT,
        answers({ source: () => 'phrase', choosePlace: () => at }),
      );
      const places = placesIn(dialogue);
      const { path, address } = places[at] ?? {};
      expect(end).toMatchObject({ kind: 'stored', path, address });
    }
  });

  it.each([
    ['secretKey', null],
    ['file', null],
  ] as const)('by its %s stores that key, which has no path', async (source, path) => {
    const { end } = await held(IMPORT, answers({ source: () => source }));
    expect(end).toMatchObject({ kind: 'stored', address: pairAddress, path });
    expect(await keys.look(pairAddress)).toMatchObject({ path: null });
  });

  it.each([
    ['phrase', 'enterPhrase', `${ABANDON}x`, 'WALLET_INVALID_PHRASE'],
    ['phrase', 'enterPhrase', ABANDON.replace('about', 'abandon'), 'WALLET_INVALID_PHRASE'],
    ['phrase', 'enterPhrase', ABANDON.replace(' about', ''), 'WALLET_INVALID_PHRASE'],
    ['phrase', 'enterPhrase', 'ábaco '.repeat(12), 'WALLET_INVALID_PHRASE'],
    ['phrase', 'enterPhrase', '', 'WALLET_INVALID_PHRASE'],
    ['secretKey', 'enterSecretKey', pairText(PAIR.subarray(0, 63)), 'WALLET_INVALID_KEY'],
    ['secretKey', 'enterSecretKey', PHANTOM, 'WALLET_INVALID_KEY'],
    ['secretKey', 'enterSecretKey', '', 'WALLET_INVALID_KEY'],
    [
      'secretKey',
      'enterSecretKey',
      pairText(PAIR.map((byte, at) => (at === 40 ? byte ^ 1 : byte))),
      'WALLET_KEY_MISMATCH',
    ],
    ['file', 'enterFile', '{"a": 1}', 'WALLET_INVALID_FILE'],
    ['file', 'enterFile', '', 'WALLET_INVALID_FILE'],
    ['file', 'enterFile', JSON.stringify([...PAIR.subarray(1)]), 'WALLET_INVALID_FILE'],
    ['file', 'enterFile', ' '.repeat(5000), 'WALLET_INVALID_FILE'],
    [
      'file',
      'enterFile',
      JSON.stringify([...PAIR.subarray(32), ...PAIR.subarray(0, 32)]),
      'WALLET_KEY_MISMATCH',
    ],
  ] as const)(
    'by %s: %s is asked for again after what is none, and three times wrong ends it with nothing stored (%#)',
    async (source, step, wrong, code) => {
      const before = keyring.itemCount();
      const { end, dialogue } = await held(
        IMPORT,
        answers({ source: () => source, [step]: () => utf8(wrong) }),
      );
      expect(end).toMatchObject({ code });
      expect(dialogue.names.filter((name) => name === step)).toHaveLength(3);
      expect(dialogue.problems).toHaveLength(2);
      expect(keyring.itemCount()).toBe(before);
      const { end: then } = await held(
        IMPORT,
        answers({
          source: () => source,
          [step]: (asked: never, times: number) =>
            times === 1
              ? utf8(wrong)
              : (answers({})[step] as (one: never, two: number) => Uint8Array)(asked, times),
        }),
      );
      expect(then).toMatchObject({ kind: 'stored' });
    },
  );

  it('marks wallets that are here already, and takes another one instead', async () => {
    await held(IMPORT, answers({ source: () => 'phrase' }));
    const known = [ownerAt(PHANTOM, 'Main')];
    const { end, dialogue } = await held(
      orderOf({ kind: 'import' }, { known }),
      answers({ source: () => 'phrase', choosePlace: (_step, times) => [0, 99, 1][times - 1] ?? 1 }),
    );
    expect(dialogue.problems).toEqual([
      'That wallet is here already: Main.',
      'Choose one of the wallets by its number, from 1 to 10.',
    ]);
    expect(end).toMatchObject({ kind: 'stored', path: "m/44'/501'/0'" });
    const places = placesIn(dialogue);
    expect(places.filter(({ stored }) => stored)).toMatchObject([{ address: PHANTOM }]);
  });

  it('gives its key to a wallet that was only watched, or has lost it, under the name that it has', async () => {
    const known = [ownerAt(PHANTOM, 'Main')];
    const { end, dialogue } = await held(
      orderOf({ kind: 'import' }, { known }),
      answers({ source: () => 'phrase' }),
    );
    expect(placesIn(dialogue)[0]).toMatchObject({ address: PHANTOM, stored: false });
    expect(dialogue.names).not.toContain('name');
    expect(end).toMatchObject({ kind: 'stored', address: PHANTOM, name: 'Main' });
    expect(await keys.look(PHANTOM)).toBeDefined();
  });

  it('gives a delegate that has lost its key back as a delegate, and makes no delegate of an owner', async () => {
    const hand = { ...ownerAt(pairAddress, 'Hand'), kind: 'delegate', owner: PHANTOM } as const;
    const { end } = await held(
      orderOf({ kind: 'import' }, { known: [hand, ownerAt(PHANTOM, 'Main')] }),
      answers({ source: () => 'file' }),
    );
    expect(end).toMatchObject({ kind: 'stored', name: 'Hand', role: 'delegate', owner: PHANTOM });
    await keys.remove(pairAddress);
    const known = [ownerAt(pairAddress, 'Own'), ownerAt(PHANTOM, 'Main')];
    const refused = await held(
      orderOf({ kind: 'import', delegateOf: PHANTOM }, { known }),
      answers({ source: () => 'file' }),
    );
    expect(refused.end).toMatchObject({ code: 'WALLET_EXISTS' });
    expect(await keys.look(pairAddress)).toBeUndefined();
  });

  it('takes a key in that the keychain has from another data folder, as it is protected there', async () => {
    await storedKey();
    await held(
      IMPORT,
      answers({
        source: () => 'file',
        newPassphrase: () => ({ passphrase: utf8('long enough'), repeated: utf8('long enough') }),
      }),
    );
    const { end, dialogue } = await held(IMPORT, answers({ source: () => 'file' }));
    expect(end).toMatchObject({ kind: 'stored', address: pairAddress, hasPassphrase: true });
    expect(dialogue.names).not.toContain('newPassphrase');
  });

  it('refuses to make a wallet its own delegate', async () => {
    const before = keyring.itemCount();
    const known = [ownerAt(pairAddress, 'Watched')];
    const order = orderOf({ kind: 'import', delegateOf: pairAddress }, { known });
    const { end } = await held(order, answers({ source: () => 'secretKey' }));
    expect(end).toMatchObject({ code: 'WALLET_EXISTS' });
    expect(keyring.itemCount()).toBe(before);
  });

  it('stores nothing for who leaves, at whichever step', async () => {
    const before = keyring.itemCount();
    const steps = ['source', 'enterPhrase', 'choosePlace', 'name', 'newPassphrase'] as const;
    for (const step of steps) {
      const { end } = await held(IMPORT, answers({ source: () => 'phrase', [step]: undefined }));
      expect([step, end]).toMatchObject([step, { code: 'CANCELLED' }]);
    }
    expect(keyring.itemCount()).toBe(before);
  });

  it('zeroes every answer that was handed over, taken or not', async () => {
    const { dialogue } = await held(
      IMPORT,
      answers({
        source: () => 'phrase',
        enterPhrase: (_step, times) => utf8(times === 1 ? `${ABANDON} ${ABANDON}` : ABANDON),
      }),
    );
    expect(dialogue.handed).toHaveLength(2);
    for (const bytes of dialogue.handed) expect([...bytes].every((byte) => byte === 0)).toBe(true);
  });
});
