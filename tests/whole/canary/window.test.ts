import { readFileSync } from 'node:fs';
import path from 'node:path';
import { serialize } from 'node:v8';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openWallets, type OpenWallets } from '../../../src/main/app.ts';
import { createLogger } from '../../../src/main/platform/logger.ts';
import type { CeremonyTask } from '../../../src/shared/contract/ceremony.ts';
import type { Reply } from '../../main/custody/ceremony/scriptedDialogue.ts';
import { utf8 } from '../../main/custody/ceremony/scriptedDialogue.ts';
import { transferMessage } from '../../main/custody/signer/messages.ts';
import { hasKeyring, whySkipped } from '../../support/keyring.ts';
import { folderOfFile } from '../../support/paperCli.ts';
import { keyOf, phraseOf } from '../../support/walletSecrets.ts';
import { DECOY_NAMES } from './decoy.ts';
import { DesktopSigner, ScriptedWindow } from './desktopSigner.ts';
import { recorded } from './recordedSigner.ts';
import { formsOfKey, formsOfPhrase } from './forms.ts';
import { Scene } from './scene.ts';
import { ONLY_DECOY } from './search.ts';

const folder = folderOfFile();
const RECORD = path.join(folder, 'record');
const [CREATED, IMPORTED, PASTED, FILED] = DECOY_NAMES;
const PHRASE = phraseOf('canary in the window');
const [PASTED_KEY, FILED_KEY] = [keyOf('canary pasted into the window'), keyOf('canary dropped on it')];
const [PASSPHRASE, NEXT, WRONG] = ['☂ mBq8xTs3vKd6 hWr1', '☂ cFn5zLp2jYg7 wXk9', '☂ dHt4rVb9sMc1 qJf6'];

const named = (name: string): Reply => ({ name: () => name });
const sealed = (passphrase: string): Reply => ({
  newPassphrase: () => ({ passphrase: utf8(passphrase), repeated: utf8(passphrase) }),
});
const unsealed: Reply = { newPassphrase: () => null };
/** The wrong one, then the right one. */
const opened = (right: string): Reply => ({ passphrase: (_, times) => utf8(times === 1 ? WRONG : right) });

/**
 * The program's side of ceremonies in a window. What isn't searched: the window, which is Chromium's, the port between it
 * and the signer, on which the secrets have to go, and the memory of this test, which knows them.
 */
describe.runIf(hasKeyring)(`beside a window for keys, nothing leaks${whySkipped}`, () => {
  let scene: Scene;
  let opening: OpenWallets;
  let signer: DesktopSigner;
  const errors: unknown[] = [];

  /** Holds a ceremony, and gives what went through its port. */
  async function held(task: CeremonyTask, reply: Reply): Promise<readonly unknown[]> {
    const window = new ScriptedWindow(reply);
    await opening.wallets.ceremony(task, { port: window }).catch((error: unknown) => errors.push(error));
    return window.frames;
  }
  const firstAddress = (): string => opening.wallets.list()[0]?.address ?? '';

  beforeAll(async () => {
    scene = await Scene.open(folder);
    scene.hides(formsOfPhrase('the phrase', PHRASE));
    scene.hides(formsOfKey('PASTED_KEY', PASTED_KEY.pair), formsOfKey('FILED_KEY', FILED_KEY.pair));
    scene.hidesPassphrases({ PASSPHRASE, NEXT, WRONG });
    opening = openWallets({
      dataDir: scene.dataDir,
      logLevel: 'debug',
      stderrLevel: 'none',
      startSigner: () => {
        signer = new DesktopSigner(scene.env);
        return recorded(signer.process, RECORD);
      },
    });
  });
  afterAll(async () => {
    opening.close();
    await scene[Symbol.asyncDispose]();
  });

  /** Everything that the program was told, remembers and has written. */
  function searchProgram(): void {
    const { search } = scene;
    expect(search.bytes(readFileSync(RECORD))).toEqual(ONLY_DECOY);
    expect(search.folder(scene.dataDir)).toEqual(ONLY_DECOY);
    expect(search.bytes(serialize(errors.map(String)), JSON.stringify(errors)).secrets).toEqual([]);
    expect(scene.leftovers).toEqual([]);
  }
  const secretsIn = (frames: readonly unknown[]): readonly string[] =>
    scene.search.bytes(serialize(frames)).secrets;

  it('[N] of a phrase that is made in it', async () => {
    let phrase = '';
    await held(
      { kind: 'create' },
      {
        words: () => 12,
        showPhrase: ({ phrase: shown }) => {
          phrase = Buffer.from(shown).toString();
          return null;
        },
        confirmWord: ({ position }) => utf8(phrase.split(' ')[position - 1] ?? ''),
        ...named(CREATED),
        ...sealed(PASSPHRASE),
      },
    );
    expect(errors).toEqual([]);
    scene.hides(formsOfPhrase('the created phrase', phrase));
    searchProgram();
  });

  it('[N] of what is imported in it, whichever way', async () => {
    const enterings: readonly (readonly [Reply, string, string])[] = [
      [
        { source: () => 'phrase', enterPhrase: () => utf8(PHRASE), choosePlace: () => 0, ...named(IMPORTED) },
        PASSPHRASE,
        'the phrase with " " between the words',
      ],
      [
        {
          source: () => 'secretKey',
          enterSecretKey: (_, times) => utf8(`${PASTED_KEY.base58}${times === 1 ? 'x' : ''}`),
          ...named(PASTED),
        },
        '',
        'PASTED_KEY in base58, as a pair',
      ],
      [
        { source: () => 'file', enterFile: () => utf8(FILED_KEY.json), ...named(FILED) },
        '',
        'FILED_KEY as a list of numbers',
      ],
    ];
    for (const [reply, passphrase, form] of enterings) {
      const protection = passphrase === '' ? unsealed : sealed(passphrase);
      const frames = await held({ kind: 'import' }, { ...reply, ...protection });
      // It did go through the port, and the search would see it.
      expect(secretsIn(frames)).toContain(form);
    }
    expect(errors).toEqual([]);
    expect(opening.wallets.list()).toHaveLength(4);
    searchProgram();
  });

  it('[N] of passphrases that unlock, are wrong, are changed and are taken away', async () => {
    const address = firstAddress();
    expect(secretsIn(await held({ kind: 'unlock', address }, opened(PASSPHRASE)))).toContain('PASSPHRASE');
    const message = transferMessage(address, address);
    expect((await opening.wallets.sign(message)).signature).toHaveLength(64);
    const drain = transferMessage(address, keyOf('a stranger').address);
    errors.push(await opening.wallets.sign(drain).catch((error: unknown) => error));
    await held({ kind: 'passphrase', address }, { ...opened(PASSPHRASE), ...sealed(NEXT) });
    errors.push(await opening.wallets.sign(message).catch((error: unknown) => error));
    await held({ kind: 'passphrase', address }, { ...opened(NEXT), ...unsealed });
    expect(errors).toMatchObject([{ code: 'TRANSACTION_REFUSED' }, { code: 'WALLET_LOCKED' }]);
    searchProgram();
  });

  it('[N] when the window is left or destroyed, or the signer dies, in the middle', async () => {
    errors.length = 0;
    const begins: Reply = { source: () => 'phrase', enterPhrase: () => utf8(PHRASE) };
    const never = (act: () => void) => (): Promise<never> => {
      act();
      return Promise.withResolvers<never>().promise;
    };
    await held({ kind: 'import' }, begins);
    const destroyed = never(() => {
      signer.closeWindow();
    });
    await held({ kind: 'import' }, { ...begins, choosePlace: destroyed });
    const dead = never(() => {
      signer.crash();
    });
    await held({ kind: 'import' }, { ...begins, choosePlace: dead });
    await held({ kind: 'passphrase', address: firstAddress() }, { newPassphrase: dead });
    const codes = ['CANCELLED', 'CANCELLED', 'SIGNER_UNAVAILABLE', 'SIGNER_UNAVAILABLE'];
    expect(errors).toMatchObject(codes.map((code) => ({ code })));
    searchProgram();
  });

  it('[N] into the logs at level debug', () => {
    createLogger({ folder: scene.logs, level: 'debug', stderrLevel: 'none', now: Date.now }).debug(CREATED);
    expect(scene.search.folder(scene.logs)).toEqual(ONLY_DECOY);
  });
});
