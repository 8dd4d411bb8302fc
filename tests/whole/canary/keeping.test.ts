import { afterAll, beforeAll, describe, expect } from 'vitest';

import { hasKeyring, whySkipped } from '../../support/keyring.ts';
import { folderOfFile } from '../../support/paperCli.ts';
import { ENTER, hasPseudoTerminal } from '../../support/pseudoTerminal.ts';
import { ASKED, setPassphrase } from '../../support/walletQuestions.ts';
import { fileOf, keyOf } from '../../support/walletSecrets.ts';
import { DECOY_NAMES } from './decoy.ts';
import { atWallet, searchEach, type Flow } from './flow.ts';
import { formsOfKey } from './forms.ts';
import { Scene } from './scene.ts';

const folder = folderOfFile();
const [PLAIN, SEALED] = DECOY_NAMES;
const [PLAIN_KEY, SEALED_KEY] = [keyOf('canary without a passphrase'), keyOf('canary with one')];
const [PASSPHRASE, NEXT, WRONG] = ['☂ wDk5sNz8rTc3 jLq6', '☂ hB3nYc8sJd6 wKg5', '☂ zTq1vMx0lPf7 rNb2'];

const FLOWS: Readonly<Record<string, Flow>> = {
  'a passphrase is set': {
    args: ['passphrase', PLAIN],
    killed: ['the signer'],
    begins: async (terminal) => {
      await terminal.answers(ASKED.newPassphrase, PASSPHRASE);
      await terminal.asks(ASKED.repeated);
    },
    ends: async (terminal) => {
      terminal.type(`${PASSPHRASE}${ENTER}`);
      await terminal.ended();
    },
  },
  'a passphrase is changed': {
    args: ['passphrase', SEALED],
    killed: ['the signer', 'the program'],
    begins: async (terminal) => {
      await terminal.answers(ASKED.passphrase, WRONG);
      await terminal.shows(/does not open the wallet/);
      await terminal.answers(ASKED.passphrase, PASSPHRASE);
      await terminal.asks(ASKED.newPassphrase);
    },
    ends: (terminal) => setPassphrase(terminal, NEXT),
  },
  'a passphrase is taken away': {
    args: ['passphrase', SEALED],
    killed: ['the program'],
    begins: async (terminal) => {
      await terminal.answers(ASKED.passphrase, NEXT);
      await terminal.asks(ASKED.newPassphrase);
    },
    ends: (terminal) => setPassphrase(terminal, ''),
  },
  'a key is exported': {
    args: ['export', PLAIN],
    killed: ['the signer', 'the program'],
    begins: async (terminal) => {
      await terminal.answers(ASKED.exporting, 'EXPORT');
      await terminal.answers(ASKED.passphrase, PASSPHRASE);
      await terminal.asks(ASKED.shown);
    },
    ends: async (terminal) => {
      terminal.type(ENTER);
      await terminal.ended();
    },
  },
  'a key is removed': {
    args: ['remove', SEALED],
    killed: ['the program'],
    isWithoutSigner: true,
    begins: async (terminal) => {
      await terminal.asks(ASKED.removing);
    },
    ends: async (terminal) => {
      await terminal.answers(ASKED.removing, SEALED);
    },
  },
};

/** What isn't searched: the signer itself while it works, and the program that shows the terminal. */
describe.runIf(hasKeyring && hasPseudoTerminal)(
  `of a wallet that is there, nothing leaks when${whySkipped}`,
  () => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await Scene.open(folder);
      scene.hides(formsOfKey('PLAIN_KEY', PLAIN_KEY.pair), formsOfKey('SEALED_KEY', SEALED_KEY.pair));
      scene.hidesPassphrases({ PASSPHRASE, NEXT, WRONG });
      for (const [name, { json }, passphrase] of [
        [PLAIN, PLAIN_KEY, ''],
        [SEALED, SEALED_KEY, PASSPHRASE],
      ] as const) {
        const file = fileOf(folder, 'pair.json', json);
        await using importing = atWallet(scene, 'node', ['import', '--file', file, '--name', name]);
        await setPassphrase(importing, passphrase);
        expect((await importing.ended()).code).toBe(0);
      }
    });
    afterAll(() => scene[Symbol.asyncDispose]());

    searchEach(FLOWS, () => scene);
  },
);
