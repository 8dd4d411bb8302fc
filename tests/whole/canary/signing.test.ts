import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createLogger } from '../../../src/main/platform/logger.ts';
import { strangeMessage, transferMessage } from '../../main/custody/signer/messages.ts';
import { hasKeyring, whySkipped } from '../../support/keyring.ts';
import { folderOfFile } from '../../support/paperCli.ts';
import { ENTER, hasPseudoTerminal, type PseudoTerminal } from '../../support/pseudoTerminal.ts';
import { goneOf } from '../../support/processTree.ts';
import { ASKED, confirmPhrase, setPassphrase } from '../../support/walletQuestions.ts';
import { addressOf, keyOf, onPhantomPath, phraseOf } from '../../support/walletSecrets.ts';
import { DECOY_NAMES } from './decoy.ts';
import { formsOfPhrase } from './forms.ts';
import { Scene, onTerminal } from './scene.ts';
import { ONLY_DECOY } from './search.ts';

const folder = folderOfFile();
const PROGRAM = path.join(import.meta.dirname, 'walletProgram.ts');
const [RECORD, SNAPSHOT] = [path.join(folder, 'record'), path.join(folder, 'snapshot')];
const [NAME, CREATED] = DECOY_NAMES;
const PHRASE = phraseOf('canary that signs');
const ADDRESS = addressOf(PHRASE, onPhantomPath(0));
const [PASSPHRASE, NEXT, WRONG] = ['☂ nDv5rXj1wQk8 cTf2', '☂ gLs6yBm9pZh3 vKx4', '☂ tRw7fJq2dNc5 mHb9'];
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What isn't searched: the signer while it works, and the program that shows the terminal. */
describe.runIf(hasKeyring && hasPseudoTerminal)(
  `in a program that signs, is refused, and sees its signer die, nothing leaks${whySkipped}`,
  () => {
    let scene: Scene;
    let terminal: PseudoTerminal;

    beforeAll(async () => {
      scene = await Scene.open(folder);
      scene.hides(formsOfPhrase('the phrase', PHRASE));
      scene.hidesPassphrases({ PASSPHRASE, NEXT, WRONG });
      const messages = [
        transferMessage(ADDRESS, ADDRESS),
        transferMessage(ADDRESS, keyOf('a stranger').address),
        strangeMessage(ADDRESS),
        Buffer.from('no message of a transaction'),
      ];
      const files = [scene.dataDir, RECORD, SNAPSHOT];
      terminal = scene.at(process.execPath, PROGRAM, ...files, NAME, ...messages.map(hex));

      await terminal.answers(ASKED.phrase, `${PHRASE} again`);
      await terminal.answers(ASKED.phrase, PHRASE);
      await terminal.answers(ASKED.place, '');
      await setPassphrase(terminal, PASSPHRASE);
      await terminal.answers(ASKED.passphrase, WRONG);
      await terminal.answers(ASKED.passphrase, PASSPHRASE);
      await terminal.answers(ASKED.passphrase, PASSPHRASE);
      await setPassphrase(terminal, NEXT);
      await terminal.answers(ASKED.exporting, 'EXPORT');
      await terminal.answers(ASKED.passphrase, NEXT);
      await terminal.answers(ASKED.shown, '');
      scene.hides(formsOfPhrase('the created phrase', await confirmPhrase(terminal)));
      await terminal.answers(ASKED.name, CREATED);
      await setPassphrase(terminal, '');
      await terminal.answers(ASKED.passphrase, NEXT);
      await terminal.shows(/The signer may be killed\./);
      const signer = onTerminal(terminal).signer?.pid ?? 0;
      process.kill(signer, 'SIGKILL');
      await goneOf(signer);
      await terminal.shows(/It may be searched\./);
    });
    afterAll(async () => {
      await terminal[Symbol.asyncDispose]();
      await scene[Symbol.asyncDispose]();
    });

    it('and all of that has happened', () => {
      const told = terminal.shown.split('\n').filter((line) => /^[a-z ]+: [a-zA-Z_]+/.test(line));
      expect(told.map((line) => line.replace(/(?<=[A-Z]): .*/, ''))).toEqual([
        'imported: ok',
        'unlocked: ok',
        'signed: ok',
        'refused: TRANSACTION_REFUSED',
        'refused: TRANSACTION_REFUSED',
        'refused: TRANSACTION_REFUSED',
        'locked: ok',
        'signed while locked: WALLET_LOCKED',
        'changed: ok',
        'exported: ok',
        'created: ok',
        'unlocked again: ok',
        'signed until its death: SIGNER_UNAVAILABLE',
        'signed after its death: WALLET_LOCKED',
        'shown: ok',
        'removed: ok',
      ]);
    });

    it('[N] into a message between the program and the signer, either way', () => {
      const record = readFileSync(RECORD);
      for (const part of ['ceremony', 'sign', 'TRANSACTION_REFUSED', 'unlocked', ADDRESS])
        expect(record.includes(part)).toBe(true);
      expect(scene.search.bytes(record)).toEqual(ONLY_DECOY);
    });

    it('[N] into the memory, the arguments or the environment of a process but the signer', () => {
      const { signer, others } = onTerminal(terminal);
      const { search } = scene;
      for (const one of others) {
        expect(search.surroundings(one)).toEqual(ONLY_DECOY);
        expect(search.memory(one.pid)).toEqual(ONLY_DECOY);
      }
      expect(signer && search.surroundings(signer).secrets).toEqual([]);
    });

    it('[N] into a snapshot of its heap', async () => {
      expect(await scene.search.file(SNAPSHOT)).toEqual(ONLY_DECOY);
      rmSync(SNAPSHOT);
    });

    it('[N] into an error, a log at level debug, or anything else that it wrote or left behind', async () => {
      terminal.type(ENTER);
      const { code, usual } = await terminal.ended();
      expect(code).toBe(0);
      expect(scene.search.bytes(usual)).toEqual(ONLY_DECOY);
      createLogger({ folder: scene.logs, level: 'debug', stderrLevel: 'none', now: Date.now }).debug(NAME);
      expect(scene.search.folder(scene.logs)).toEqual(ONLY_DECOY);
      expect(scene.search.folder(scene.dataDir)).toEqual(ONLY_DECOY);
      expect(scene.leftovers).toEqual([]);
    });
  },
);
