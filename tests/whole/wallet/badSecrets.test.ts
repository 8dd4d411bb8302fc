import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ABANDON } from '../../main/custody/secretsAtHand.ts';
import { base58ByHand } from '../../main/custody/rfc8032.ts';
import { Keyring, hasKeyring, whySkipped } from '../../support/keyring.ts';
import { folderOfFile } from '../../support/paperCli.ts';
import { hasPseudoTerminal, type TerminalEnd } from '../../support/pseudoTerminal.ts';
import { WalletCli } from '../../support/walletCli.ts';
import { ASKED } from '../../support/walletQuestions.ts';
import { fileOf, keyOf } from '../../support/walletSecrets.ts';

const folder = folderOfFile();
const KEY = keyOf('bad secrets');
const OTHER = keyOf('another');
const words = ABANDON.split(' ');
/** The same key with the public half of another. */
const mixed = Buffer.concat([KEY.pair.subarray(0, 32), OTHER.pair.subarray(32)]);
const file = (name: string, content: string | Uint8Array): string => fileOf(folder, name, content);

/** What each kind of bad input is told as. Three of a kind end an import. */
const TYPED = {
  phrase: {
    question: ASKED.phrase,
    code: 'WALLET_INVALID_PHRASE',
    tries: [
      ['a wrong checksum', ABANDON.replace('about', 'abandon'), /together they are no recovery phrase/],
      [
        'another language',
        'ábaco abdomen abeja abierto abogado abono aborto abrazo abrir abuelo abuso acabar',
        /Word 1 has a character that no English word has\./,
      ],
      ['a word that is none', words.with(4, 'abandom').join(' '), /Word 5 of 12 is not in the English list/],
      ['eleven words', words.slice(1).join(' '), /This has 11\./],
      ['nothing', '', /This has 0\./],
      ['a secret key', KEY.base58, /This has 1\./],
    ],
  },
  key: {
    question: ASKED.secretKey,
    code: 'WALLET_INVALID_KEY',
    tries: [
      ['an address', KEY.address, /This has 32 bytes, as an address has\./],
      [
        'a key that was cut',
        KEY.base58.slice(0, 80),
        /This has 80 letters and digits, which make \d\d bytes\./,
      ],
      ['letters that base58 does not have', `${KEY.base58.slice(1)}0`, /characters that base58 does not use/],
      ['nothing', '', /No secret key was entered\./],
      ['space', '   ', /No secret key was entered\./],
      ['a recovery phrase', ABANDON, /characters that base58 does not use/],
    ],
  },
} as const;

const FILES = [
  ['no keypair', 'WALLET_INVALID_FILE', () => file('text.json', '{"name":"me"}')],
  ['an empty one', 'WALLET_INVALID_FILE', () => file('empty.json', '')],
  ['63 numbers', 'WALLET_INVALID_FILE', () => file('short.json', JSON.stringify([...KEY.pair.subarray(1)]))],
  ['halves that disagree', 'WALLET_KEY_MISMATCH', () => file('mixed.json', JSON.stringify([...mixed]))],
  ['a folder', 'WALLET_FILE_UNREADABLE', () => folder],
  ['the secret itself in place of its name', 'WALLET_FILE_UNREADABLE', () => KEY.base58],
] as const;

describe
  .runIf(hasKeyring && hasPseudoTerminal)
  .concurrent(`wallet import of what is no secret${whySkipped}`, () => {
    let keyring: Keyring;
    beforeAll(async () => {
      keyring = await Keyring.start('unlocked');
    });
    // Nothing here may have stored anything, so that this holds for all of it.
    afterAll(async () => {
      expect(keyring.itemCount()).toBe(0);
      await keyring[Symbol.asyncDispose]();
    });
    let folders = 0;
    const newCli = (): WalletCli => new WalletCli(folder, `data-${(folders += 1)}`, keyring.env);

    /** One line with a code, and nothing stored, shown or left behind. */
    function expectRefused(cli: WalletCli, end: TerminalEnd, code: string): void {
      expect(end).toMatchObject({ code: 1, own: '', isGivenBack: true });
      expect(end.shown).toMatch(new RegExp(`(^|\\n)${code}: [A-Z][^\\n]*\\.$`));
      for (const typed of [KEY.base58.slice(0, 16), KEY.base58.slice(-16), 'abandon', 'ábaco'])
        expect(end.shown).not.toContain(typed);
      expect(cli.kept()).toEqual([]);
    }

    const trios = Object.entries(TYPED).flatMap(([option, { question, code, tries }]) =>
      [tries.slice(0, 3), tries.slice(3)].map((trio) => ({ option, question, code, trio })),
    );
    it.each(trios)('says of each $option what is wrong with it, and ends with $code: %#', async (trio) => {
      const cli = newCli();
      await using terminal = cli.at('import', `--${trio.option}`);
      for (const [, typed, told] of trio.trio) {
        await terminal.answers(trio.question, typed);
        await terminal.shows(told);
      }
      expectRefused(cli, await terminal.ended(), trio.code);
    });

    it('tells of two halves that disagree by a code of their own', async () => {
      const cli = newCli();
      await using terminal = cli.at('import', '--key');
      for (let time = 0; time < 3; time += 1) await terminal.answers(ASKED.secretKey, base58ByHand(mixed));
      expectRefused(cli, await terminal.ended(), 'WALLET_KEY_MISMATCH');
    });

    it.each(FILES)('refuses %s as a keypair file with %s', async (_, code, nameOf) => {
      const cli = newCli();
      await using terminal = cli.at('import', '--file', nameOf());
      expectRefused(cli, await terminal.ended(), code);
    });
  });
