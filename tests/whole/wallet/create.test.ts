import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Keyring, hasKeyring, whySkipped } from '../../support/keyring.ts';
import { folderOfFile } from '../../support/paperCli.ts';
import { ENTER, hasPseudoTerminal, type TerminalEnd } from '../../support/pseudoTerminal.ts';
import { WalletCli, hasKey } from '../../support/walletCli.ts';
import {
  ASKED,
  answerWord,
  confirmPhrase,
  phraseShownOn,
  setPassphrase,
} from '../../support/walletQuestions.ts';
import { addressOf, keyOf, onPhantomPath } from '../../support/walletSecrets.ts';

const folder = folderOfFile();
const PASSPHRASE = 'correct horse battery';

/** That a phrase was shown so often, on a screen that leaves nothing, and stood nowhere else. */
function expectShown({ own, usual, isGivenBack }: TerminalEnd, phrase: string, times: number): void {
  const words = phrase.split(' ');
  expect(own.split('Your recovery phrase, shown once.')).toHaveLength(times + 1);
  // Padded, since a word may stand in a phrase twice: as the first, and as the eleventh.
  for (const [at, word] of words.entries())
    expect(own.split(`  ${String(at + 1).padStart(2)}  ${word} `)).toHaveLength(times + 1);
  // Cleared before the usual screen comes back.
  expect(own.endsWith('\u001b[2J\u001b[H')).toBe(true);
  const pairs = words.slice(1).map((word, at) => `${words[at] ?? ''} ${word}`);
  const numbered = words.map((word, at) => `${at + 1}  ${word}`);
  expect([...pairs, ...numbered].filter((part) => usual.includes(part))).toEqual([]);
  expect(isGivenBack).toBe(true);
}

describe.runIf(hasKeyring && hasPseudoTerminal).concurrent(`wallet create${whySkipped}`, () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
  });
  afterAll(() => keyring[Symbol.asyncDispose]());
  const cliOf = (name: string): WalletCli => new WalletCli(folder, name, keyring.env);

  it.each([12, 24])(
    '[N] shows %i words once, asks for three of them, and stores their first wallet',
    async (count) => {
      const cli = cliOf(`words-${count}`);
      await using terminal = cli.at('create');
      await terminal.answers(ASKED.words, String(count));
      const phrase = await confirmPhrase(terminal);
      expect(phrase.split(' ')).toHaveLength(count);
      const [, suggested] = await terminal.answers(ASKED.name, '');
      expect(suggested).toBe('Wallet');
      await setPassphrase(terminal, '');
      const end = await terminal.ended();
      const address = addressOf(phrase, onPhantomPath(0));
      expect(end.code).toBe(0);
      expect(end.shown).toContain(
        `Wallet: ${address}\nOwner: may withdraw.\nIts key is protected by the keychain.`,
      );
      expectShown(end, phrase, 1);
      expect(cli.kept()).toMatchObject([
        { address, name: 'Wallet', kind: 'owner', owner: address, path: "m/44'/501'/0'/0'", active: 1 },
      ]);
      expect(await hasKey(address)).toBe(true);
    },
  );

  it('asks again for what is no number of words, and for a name that another wallet has', async () => {
    const cli = cliOf('again');
    await cli.done('watch', keyOf('taken').address, '--name', 'Main');
    await using terminal = cli.at('create', '--name', 'main');
    await terminal.answers(ASKED.words, '13');
    await terminal.shows(/Type 12 or 24\./);
    await terminal.answers(ASKED.words, '');
    const phrase = await confirmPhrase(terminal);
    await terminal.shows(/Another wallet has that name already\./);
    await terminal.answers(ASKED.name, ' '.repeat(3));
    await setPassphrase(terminal, '');
    expect(await terminal.ended()).toMatchObject({ code: 0, isGivenBack: true });
    expect(cli.kept().map(({ name }) => name)).toEqual(['Main', 'Wallet']);
    expect(await hasKey(addressOf(phrase, onPhantomPath(0)))).toBe(true);
  });

  it('tells of a wrong word and asks for it again, and shows the phrase again for Enter alone', async () => {
    const cli = cliOf('wrong-word');
    await using terminal = cli.at('create', '--words', '12', '--name', 'Main');
    const phrase = await phraseShownOn(terminal);
    terminal.type(ENTER);
    const at = await answerWord(terminal, phrase.replaceAll(/\w+/g, 'wrong'));
    await terminal.shows(new RegExp(`That is not word ${at} of the phrase\\.`));
    expect(await answerWord(terminal, phrase)).toBe(at);
    await terminal.answers(ASKED.word, '');
    expect(await phraseShownOn(terminal)).toBe(phrase);
    terminal.type(ENTER);
    // All three again; capitals and spaces around a word are no other word.
    const loud = phrase.toUpperCase().replaceAll(' ', '  ').split('  ').join(' ');
    for (let word = 0; word < 3; word += 1) await answerWord(terminal, loud);
    await setPassphrase(terminal, '');
    const end = await terminal.ended();
    expect(end.code).toBe(0);
    expectShown(end, phrase, 2);
    expect(end.shown).toContain(`Main: ${addressOf(phrase, onPhantomPath(0))}`);
  });

  it('ends with WALLET_NOT_CONFIRMED at the third wrong word, and nothing is stored', async () => {
    const cli = cliOf('three-wrong');
    await using terminal = cli.at('create', '--words', '24', '--name', 'Main');
    const phrase = await phraseShownOn(terminal);
    terminal.type(ENTER);
    for (let time = 0; time < 3; time += 1) await terminal.answers(ASKED.word, 'zoo zoo');
    const end = await terminal.ended();
    expect(end.code).toBe(1);
    expect(end.shown).toMatch(/\nWALLET_NOT_CONFIRMED: That is not word \d+ of the phrase\.$/);
    expectShown(end, phrase, 1);
    expect(cli.kept()).toEqual([]);
    expect(await hasKey(addressOf(phrase, onPhantomPath(0)))).toBe(false);
  });

  it('[N] locks a key with a passphrase, after those that differ or are too short', async () => {
    const cli = cliOf('passphrase');
    await using terminal = cli.at('create', '--words', '12', '--name', 'Main');
    const phrase = await confirmPhrase(terminal);
    await terminal.answers(ASKED.newPassphrase, PASSPHRASE);
    await terminal.answers(ASKED.repeated, `${PASSPHRASE}!`);
    await terminal.shows(/The two passphrases are not the same\. Type the same one twice\./);
    await setPassphrase(terminal, 'short');
    await terminal.shows(/The passphrase is too short: it needs at least 8 characters\./);
    await setPassphrase(terminal, PASSPHRASE);
    const end = await terminal.ended();
    const address = addressOf(phrase, onPhantomPath(0));
    expect(end).toMatchObject({ code: 0, isGivenBack: true });
    expect(end.shown).toContain('Its key is protected by the keychain and its passphrase.');
    expect(`${end.usual}${end.own}`).not.toContain(PASSPHRASE);
    const view = await cli.list();
    expect(view).toMatchObject({ wallets: [{ address, key: 'protected', active: true }], lock: 'locked' });
  });

  it('asks for a passphrase until one is fit, however often: the phrase was not written down for nothing', async () => {
    const cli = cliOf('unfit');
    await using terminal = cli.at('create', '--words', '12', '--name', 'Main');
    const phrase = await confirmPhrase(terminal);
    for (let time = 0; time < 2; time += 1) {
      await setPassphrase(terminal, 'seven77');
      await setPassphrase(terminal, ' '.repeat(12));
      await terminal.shows(/The passphrase is nothing but space\./);
      await setPassphrase(terminal, 'x'.repeat(1025));
      await terminal.shows(/The passphrase is too long: it may have 1024 bytes/);
    }
    await setPassphrase(terminal, 'fit at last');
    expect(await terminal.ended()).toMatchObject({ code: 0, isGivenBack: true });
    expect(await hasKey(addressOf(phrase, onPhantomPath(0)))).toBe(true);
  });
});
