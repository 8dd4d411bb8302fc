import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Keyring, hasKeyring, whySkipped } from '../../support/keyring.ts';
import { DATABASE, folderOfFile } from '../../support/paperCli.ts';
import { ENTER, PseudoTerminal, hasPseudoTerminal } from '../../support/pseudoTerminal.ts';
import { processesBelow } from '../../support/processTree.ts';
import { WalletCli } from '../../support/walletCli.ts';
import { ASKED, answerWord, phraseShownOn } from '../../support/walletQuestions.ts';
import { fileOf, keyOf } from '../../support/walletSecrets.ts';

const folder = folderOfFile();
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PASSPHRASE = 'canary passphrase 2718';
const KEY = keyOf('traces');

/** What a secret key looks like where somebody has written it down. */
const formsOf = ({ pair, base58, json }: typeof KEY): readonly string[] => {
  const secret = pair.subarray(0, 32);
  const encoded = [pair, secret].flatMap((bytes) => [
    bytes.toString('hex'),
    bytes.toString('base64').slice(0, 40),
  ]);
  return [base58.slice(0, 24), base58.slice(-24), json.slice(1, 60), secret.toString('latin1'), ...encoded];
};

describe.runIf(hasKeyring && hasPseudoTerminal)(
  `nothing secret stays behind a wallet command${whySkipped}`,
  () => {
    let keyring: Keyring;
    let cli: WalletCli;
    /** All that other programs of this user could see of the processes, at every question. */
    let seen = '';
    let secrets: readonly string[];

    /** Starts it as a person does, through npm. */
    const atNpm = (...args: readonly string[]): PseudoTerminal =>
      new PseudoTerminal(
        ['npm', '--prefix', ROOT, 'run', '-s', 'wallet', '--', ...args, '--data-dir', cli.dataDir],
        { ...cli.env, PHANTOM_LOG_LEVEL: 'debug' },
      );

    function look(terminal: PseudoTerminal): void {
      const all = processesBelow(terminal.pid);
      // The shell, npm, the program and the signer, at the least.
      expect(all.length).toBeGreaterThan(3);
      expect(all.filter(({ argv }) => argv.join(' ').includes('/signer/main.ts'))).toHaveLength(1);
      seen += all.flatMap(({ argv, environment }) => [...argv, ...environment]).join('\n');
    }

    async function answer(terminal: PseudoTerminal, question: RegExp, typed: string): Promise<void> {
      await terminal.asks(question);
      look(terminal);
      terminal.type(`${typed}${ENTER}`);
    }

    beforeAll(async () => {
      keyring = await Keyring.start('unlocked');
      cli = new WalletCli(folder, 'data', keyring.env);

      await using creating = atNpm('create', '--words', '12', '--name', 'Made');
      const phrase = await phraseShownOn(creating);
      look(creating);
      creating.type(ENTER);
      await answerWord(creating, 'wrong '.repeat(12));
      look(creating);
      for (let word = 0; word < 3; word += 1) await answerWord(creating, phrase);
      await answer(creating, ASKED.newPassphrase, PASSPHRASE);
      await answer(creating, ASKED.repeated, PASSPHRASE);
      expect((await creating.ended()).code).toBe(0);

      await using bringing = atNpm('import', '--key', '--name', 'Brought');
      await answer(bringing, ASKED.secretKey, `${KEY.base58}x`);
      await answer(bringing, ASKED.secretKey, KEY.base58);
      await answer(bringing, ASKED.newPassphrase, 'none');
      expect((await bringing.ended()).code).toBe(0);

      await using failing = atNpm('import', '--file', fileOf(folder, 'bad.json', `${KEY.json}]`));
      expect((await failing.ended()).code).toBe(1);

      await using exporting = atNpm('export', 'Made');
      await answer(exporting, ASKED.exporting, 'EXPORT');
      await answer(exporting, ASKED.passphrase, PASSPHRASE.toUpperCase());
      await answer(exporting, ASKED.passphrase, PASSPHRASE);
      await exporting.asks(ASKED.shown);
      look(exporting);
      const [, shown = ''] = await exporting.shows(/\n {2}(\w{80,})\n/);
      exporting.type(ENTER);
      expect((await exporting.ended()).code).toBe(0);

      const words = phrase.split(' ');
      const trios = words.slice(2).map((word, at) => `${words[at] ?? ''} ${words[at + 1] ?? ''} ${word}`);
      secrets = [
        ...trios,
        PASSPHRASE,
        PASSPHRASE.toUpperCase(),
        shown.slice(0, 24),
        shown.slice(-24),
        ...formsOf(KEY),
      ];
    });
    afterAll(() => keyring[Symbol.asyncDispose]());

    const foundIn = (text: string): readonly string[] => secrets.filter((secret) => text.includes(secret));

    it('[N] in the arguments and the environment of any of its processes', () => {
      expect(seen).toContain('launch.mjs');
      expect(foundIn(seen)).toEqual([]);
    });

    it('[N] in its logs at level debug, its database, or anything else in the data folder', () => {
      const files = readdirSync(cli.dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      const names = files.map((entry) => path.join(entry.parentPath, entry.name));
      expect(names.some((name) => name.endsWith(DATABASE))).toBe(true);
      const logs = names.filter((name) => name.includes(`${path.sep}logs${path.sep}`));
      expect(logs.map((name) => readFileSync(name, 'utf8')).join('')).toContain(KEY.address);
      const found = names.flatMap((name) => {
        const bytes = readFileSync(name);
        return [...foundIn(bytes.toString('latin1')), ...foundIn(bytes.toString('utf8'))].map(() => name);
      });
      expect(found).toEqual([]);
    });

    it('and would be found if it did', () => {
      for (const form of formsOf(KEY)) expect(foundIn(`before ${form} behind`)).toContain(form);
      expect(foundIn(`PASS=${PASSPHRASE}`)).toEqual([PASSPHRASE]);
    });
  },
);
