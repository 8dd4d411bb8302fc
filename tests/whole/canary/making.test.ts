import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { hasKeyring, whySkipped } from '../../support/keyring.ts';
import { folderOfFile } from '../../support/paperCli.ts';
import { ENTER, hasPseudoTerminal } from '../../support/pseudoTerminal.ts';
import { ASKED, answerWord, phraseShownOn, setPassphrase } from '../../support/walletQuestions.ts';
import { fileOf, keyOf, phraseOf } from '../../support/walletSecrets.ts';
import { DECOY_NAMES } from './decoy.ts';
import { atWallet, searchEach, type Flow } from './flow.ts';
import { formsOfKey, formsOfPhrase } from './forms.ts';
import { Scene } from './scene.ts';
import { ONLY_DECOY } from './search.ts';

const folder = folderOfFile();
const [CREATED, FROM_PHRASE, FROM_KEY, FROM_FILE, WATCHED] = DECOY_NAMES;
const PHRASE = phraseOf('canary on the terminal');
const [PASTED, FILED] = [keyOf('canary that is pasted'), keyOf('canary in a file')];
const PASSPHRASE = '☂ qXv7tLw2mZk9 pRf4';

let scene: Scene;
let created = '';
const FLOWS: Readonly<Record<string, Flow>> = {
  'a phrase is made': {
    args: ['create', '--words', '12', '--name', CREATED],
    killed: ['the signer', 'the program'],
    begins: async (terminal) => {
      created = await phraseShownOn(terminal);
      scene.hides(formsOfPhrase('a created phrase', created));
    },
    ends: async (terminal) => {
      terminal.type(ENTER);
      for (let word = 0; word < 3; word += 1) await answerWord(terminal, created);
      await setPassphrase(terminal, PASSPHRASE);
    },
  },
  'a phrase is imported': {
    args: ['import', '--phrase', '--name', FROM_PHRASE],
    killed: ['the signer', 'the program'],
    begins: async (terminal) => {
      await terminal.answers(ASKED.phrase, PHRASE);
      await terminal.answers(ASKED.place, '');
      await terminal.answers(ASKED.newPassphrase, PASSPHRASE);
      await terminal.asks(ASKED.repeated);
    },
    ends: async (terminal) => {
      terminal.type(`${PASSPHRASE}${ENTER}`);
      await terminal.ended();
    },
  },
  'a secret key is imported': {
    args: ['import', '--key', '--name', FROM_KEY],
    killed: ['the signer'],
    begins: async (terminal) => {
      await terminal.answers(ASKED.secretKey, `${PASTED.base58}x`);
      await terminal.answers(ASKED.secretKey, PASTED.base58);
      await terminal.asks(ASKED.newPassphrase);
    },
    ends: (terminal) => setPassphrase(terminal, ''),
  },
  'a keypair file is imported': {
    args: ['import', '--file', path.join(folder, 'pair.json'), '--name', FROM_FILE],
    killed: ['the program'],
    begins: async (terminal) => {
      await terminal.asks(ASKED.newPassphrase);
    },
    ends: (terminal) => setPassphrase(terminal, PASSPHRASE),
  },
};

/**
 * What isn't searched: the signer itself while it works, which has to have the key; the program that shows the terminal,
 * and its own screen, on which a person has to see it.
 */
describe.runIf(hasKeyring && hasPseudoTerminal)(`on the terminal, nothing leaks when${whySkipped}`, () => {
  beforeAll(async () => {
    scene = await Scene.open(folder);
    scene.hides(formsOfPhrase('the phrase', PHRASE));
    scene.hides(formsOfKey('the pasted key', PASTED.pair), formsOfKey('the key in a file', FILED.pair));
    scene.hidesPassphrases({ PASSPHRASE });
    fileOf(folder, 'pair.json', FILED.json);
    await using watching = atWallet(scene, 'node', ['watch', keyOf('watched').address, '--name', WATCHED]);
    expect((await watching.ended()).code).toBe(0);
  });
  afterAll(() => scene[Symbol.asyncDispose]());

  searchEach(FLOWS, () => scene);

  it('[N] all is done, in what the keychain, npm and Node.js keep for the user', () => {
    expect(scene.search.folder(scene.home)).toEqual(ONLY_DECOY);
  });
});
