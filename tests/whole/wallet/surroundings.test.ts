import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ABANDON } from '../../main/custody/secretsAtHand.ts';
import { Keyring, hasKeyring, whySkipped, type KeyringState } from '../../support/keyring.ts';
import { folderOfFile, launch, type Ended } from '../../support/paperCli.ts';
import {
  ENTER,
  hasPseudoTerminal,
  type PseudoTerminal,
  type TerminalEnd,
} from '../../support/pseudoTerminal.ts';
import { WalletCli } from '../../support/walletCli.ts';
import { ASKED, answerWord, phraseShownOn } from '../../support/walletQuestions.ts';
import { keyOf } from '../../support/walletSecrets.ts';

const folder = folderOfFile();
const KEY = keyOf('surroundings');

/** Whatever is asked until the end: a keychain that can't be used may be told of at once, or when it is needed. */
async function created(terminal: PseudoTerminal): Promise<TerminalEnd> {
  const end = terminal.ended();
  const through = async (): Promise<void> => {
    const phrase = await phraseShownOn(terminal);
    terminal.type(ENTER);
    for (let word = 0; word < 3; word += 1) await answerWord(terminal, phrase);
    await terminal.answers(ASKED.newPassphrase, 'none');
  };
  await through().catch(() => undefined);
  return await end;
}

/** One line with a code and a sentence, and nothing else anywhere. */
function expectRefused({ code, stdout, stderr }: Ended, errorCode: string): void {
  expect(stderr).toMatch(new RegExp(`^${errorCode}: \\S[^\\n]*\\.\\n$`));
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
}

const KEYCHAINS: readonly (readonly [KeyringState | 'noBus', RegExp])[] = [
  ['noBus', /There is no keychain here: no session bus \(D-Bus\) can be reached\./],
  ['noService', /There is no keychain here: nothing offers the Secret Service\./],
  ['noKeyring', /The keychain has no default keyring/],
  ['locked', /The keychain is locked\. Unlock the keyring/],
  ['plain', /The keychain keeps everything in plain text on the disk/],
];

describe
  .runIf(hasKeyring && hasPseudoTerminal)
  .concurrent(`wallet create with a keychain that is${whySkipped}`, () => {
    it.each(KEYCHAINS)(
      '%s ends with what to do about it, and nothing is stored anywhere',
      async (state, told) => {
        await using keyring = await Keyring.start(state === 'noBus' ? 'noService' : state);
        const env = {
          ...keyring.env,
          ...(state === 'noBus' && { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' }),
        };
        const cli = new WalletCli(folder, state, env);
        await using terminal = cli.at('create', '--words', '12', '--name', 'Main');
        const end = await created(terminal);
        expect(end).toMatchObject({ code: 1, isGivenBack: true });
        expect(end.shown).toMatch(/(^|\n)KEYCHAIN_UNAVAILABLE: [^\n]+\.$/);
        expect(end.shown).toMatch(told);
        expect(cli.kept()).toEqual([]);
        if (state === 'plain') {
          const text = readFileSync(path.join(keyring.keyrings, 'plain.keyring'), 'utf8');
          expect(text).not.toContain('phantom-arbiter');
        }
        const { keychain } = await cli.list();
        expect(keychain.error).toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' });
      },
    );
  });

describe.runIf(hasKeyring && hasPseudoTerminal)(`wallet${whySkipped}`, () => {
  let keyring: Keyring;
  let cli: WalletCli;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    cli = new WalletCli(folder, 'data', keyring.env);
    await cli.done('watch', keyOf('seen').address, '--name', 'Seen');
  });
  afterAll(async () => {
    expect(keyring.itemCount()).toBe(0);
    await keyring[Symbol.asyncDispose]();
  });

  it.each([
    ['create', '--words', '12'],
    ['import', '--phrase'],
    ['remove', 'Seen'],
  ])('%s needs a terminal, and says so where there is none', async (...args) => {
    const ended = await cli.run(...args);
    expectRefused(ended, 'TERMINAL_REQUIRED');
    expect(cli.kept()).toHaveLength(1);
  });

  it('does not repeat what stands behind it in the wrong place: it may be a secret', async () => {
    const lines: readonly (readonly [readonly string[], string])[] = [
      [[KEY.base58], 'INVALID_OPTION'],
      [['create', '--words', ABANDON], 'INVALID_OPTION'],
      [['create', '--passphrase', KEY.base58], 'INVALID_OPTION'],
      [['import', `--phrase=${ABANDON}`], 'INVALID_OPTION'],
      [['import', '--phrase', ...ABANDON.split(' ')], 'INVALID_OPTION'],
      [['import', '--key', KEY.base58], 'INVALID_OPTION'],
      [['import', '--key', '--phrase'], 'INVALID_OPTION'],
      [['import', '--keychain', KEY.base58], 'WALLET_INVALID_ADDRESS'],
      [['import', '--delegate-of', KEY.base58], 'WALLET_UNKNOWN'],
      [['export', KEY.base58], 'WALLET_UNKNOWN'],
      [['watch', KEY.base58], 'WALLET_INVALID_ADDRESS'],
      [['select', '--name', KEY.base58], 'INVALID_OPTION'],
    ];
    for (const [args, code] of lines) {
      const ended = await cli.run(...args);
      expectRefused(ended, code);
      for (const part of [KEY.base58.slice(0, 12), KEY.base58.slice(-12), 'abandon', 'about'])
        expect(ended.stderr).not.toContain(part);
    }
    expect(cli.kept()).toHaveLength(1);
  });

  it('ends with DATA_FOLDER_IN_USE while another program has the data folder', async () => {
    const running = launch(['terminal', '--data-dir', cli.dataDir]);
    await running.said(/^PAPER: /);
    expectRefused(await cli.run('list'), 'DATA_FOLDER_IN_USE');
    await using terminal = cli.at('create');
    expect((await terminal.ended()).shown).toMatch(/^DATA_FOLDER_IN_USE: [^\n]+\.$/);
    running.signal('SIGINT');
    expect((await running.ended()).code).toBe(0);
    expect(readdirSync(cli.dataDir)).toContain('lock');
    expect((await cli.list()).wallets).toMatchObject([{ name: 'Seen' }]);
  });
});
