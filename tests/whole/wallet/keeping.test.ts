import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Keyring, hasKeyring, whySkipped } from '../../support/keyring.ts';
import { folderOfFile } from '../../support/paperCli.ts';
import { hasPseudoTerminal, type PseudoTerminal, type TerminalEnd } from '../../support/pseudoTerminal.ts';
import { WalletCli, hasKey } from '../../support/walletCli.ts';
import { ASKED, setPassphrase } from '../../support/walletQuestions.ts';
import { fileOf, keyOf, type WrittenKey } from '../../support/walletSecrets.ts';

const folder = folderOfFile();
const [MAIN, TRADER, OTHER, WATCHED] = ['main', 'trader', 'other', 'watched'].map(keyOf) as [
  WrittenKey,
  WrittenKey,
  WrittenKey,
  WrittenKey,
];
const PASSPHRASE = 'correct horse battery';

describe.runIf(hasKeyring && hasPseudoTerminal)(`several wallets${whySkipped}`, () => {
  let keyring: Keyring;
  let cli: WalletCli;

  /** Imports a key by its file, with a passphrase or without. */
  async function imported(key: WrittenKey, passphrase: string, ...args: readonly string[]): Promise<string> {
    const file = fileOf(folder, `${key.address}.json`, key.json);
    await using terminal = cli.at('import', '--file', file, ...args);
    if (args.includes('--delegate-of')) await confirmOwner(terminal);
    await setPassphrase(terminal, passphrase);
    const end = await terminal.ended();
    expect(end.code).toBe(0);
    return end.shown;
  }

  /** Sees whose account a delegate is for, in full, and goes on. */
  async function confirmOwner(terminal: PseudoTerminal): Promise<void> {
    await terminal.shows(new RegExp(`\n  ${MAIN.address}\n`));
    await terminal.answers(ASKED.owner, 'yes');
  }

  /** Answers one question, and reads to the end. */
  async function answered(
    question: RegExp,
    answer: string,
    ...args: readonly string[]
  ): Promise<TerminalEnd> {
    await using terminal = cli.at(...args);
    await terminal.answers(question, answer);
    return await terminal.ended();
  }

  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
    cli = new WalletCli(folder, 'data', keyring.env);
    await imported(MAIN, PASSPHRASE, '--name', 'Main');
  });
  afterAll(() => keyring[Symbol.asyncDispose]());

  it('has a delegate that trades for another wallet, by its name or address, and tells it apart everywhere', async () => {
    expect(await imported(TRADER, '', '--delegate-of', 'main', '--name', 'Trader')).toContain(
      `Trader: ${TRADER.address}\nTrading delegate of Main: may trade, cannot withdraw.\nIts key is protected by the keychain.`,
    );
    expect(await imported(OTHER, '', '--delegate-of', MAIN.address, '--name', 'Other')).toContain(
      'Trading delegate of Main: may trade, cannot withdraw.',
    );
    await cli.done('watch', WATCHED.address, '--name', 'Seen');
    const { wallets } = await cli.list();
    const plain = { owner: MAIN.address, path: null, active: false, key: 'plain' } as const;
    expect(wallets).toMatchObject([
      { ...plain, address: MAIN.address, name: 'Main', kind: 'owner', active: true, key: 'protected' },
      { ...plain, address: TRADER.address, name: 'Trader', kind: 'delegate' },
      { ...plain, address: OTHER.address, name: 'Other', kind: 'delegate' },
      { address: WATCHED.address, name: 'Seen', kind: 'watch', owner: WATCHED.address, key: 'none' },
    ]);
  });

  it('are listed for a person with what each may do and where its key is, the active one marked', async () => {
    expect(await cli.done('list')).toBe(
      [
        `* Main\n    ${MAIN.address}\n    Owner: may withdraw\n    its key is in the keychain, with a passphrase\n`,
        `  Trader\n    ${TRADER.address}\n    Trading delegate of Main: may trade, cannot withdraw\n    its key is in the keychain, without a passphrase\n`,
        `  Other\n    ${OTHER.address}\n    Trading delegate of Main: may trade, cannot withdraw\n    its key is in the keychain, without a passphrase\n`,
        `  Seen\n    ${WATCHED.address}\n    Watch-only: no key here\n`,
      ].join(''),
    );
  });

  it('never has one that is its own delegate', async () => {
    const before = cli.kept();
    await using terminal = cli.at('import', '--key', '--delegate-of', 'Main');
    await confirmOwner(terminal);
    await terminal.answers(ASKED.secretKey, MAIN.base58);
    const end = await terminal.ended();
    expect(end.code).toBe(1);
    expect(end.shown).toMatch(/\nWALLET_EXISTS: That wallet is here already: Main\.$/);
    expect(cli.kept()).toEqual(before);
  });

  it('are selected by name or address; what is not there is told without repeating it', async () => {
    expect(await cli.done('select', 'TRADER')).toBe('Trader is the active wallet now.\n');
    const { lock, wallets } = await cli.list();
    expect({ lock, active: wallets.map(({ active }) => active) }).toEqual({
      lock: 'unlocked',
      active: [false, true, false, false],
    });
    expect(await cli.done('select', MAIN.address)).toBe('Main is the active wallet now.\n');
    const refused =
      'WALLET_UNKNOWN: There is no wallet of that name or address here: wallet list shows them.\n';
    expect(await cli.run('select', TRADER.base58)).toMatchObject({ code: 1, stdout: '', stderr: refused });
    expect(cli.kept().filter(({ active }) => active === 1)).toMatchObject([{ name: 'Main' }]);
  });

  it('take another name, and none that another has, that is empty, or that is too long', async () => {
    expect(await cli.done('rename', 'Other', '--name', 'Backup ☂')).toBe('Other is called Backup ☂ now.\n');
    const refusals = [
      ['MAIN', 'WALLET_INVALID_NAME: Another wallet has that name already.\n'],
      [OTHER.base58, 'WALLET_INVALID_NAME: A name has at most 40 characters.\n'],
    ] as const;
    for (const [name, stderr] of refusals)
      expect(await cli.run('rename', 'Seen', '--name', name)).toMatchObject({ code: 1, stdout: '', stderr });
    expect(cli.kept().map(({ name }) => name)).toEqual(['Main', 'Trader', 'Backup ☂', 'Seen']);
  });

  it('watch what is an address, and once', async () => {
    const refusals = [
      [OTHER.base58, 'WALLET_INVALID_ADDRESS: That is no Solana address: it does not stand for 32 bytes.\n'],
      [MAIN.address, 'WALLET_EXISTS: '],
    ] as const;
    for (const [address, stderr] of refusals) {
      const ended = await cli.run('watch', address, '--name', 'Again');
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr.startsWith(stderr)).toBe(true);
    }
    const { stderr } = await cli.run('export', 'Seen');
    expect(stderr).toBe('WALLET_WATCH_ONLY: Seen is only watched: its key is not here.\n');
  });

  it('get a name that is free where none is given', async () => {
    const names = ['first', 'second'].map((title) => keyOf(`unnamed ${title}`).address);
    for (const address of names) await cli.done('watch', address);
    const watched = cli.kept().filter(({ address }) => names.includes(address));
    expect(watched).toMatchObject([{ name: 'Watched' }, { name: 'Watched 2' }]);
    for (const { name } of watched) await answered(ASKED.removing, name, 'remove', name);
  });

  it('are brought in by the keychain’s key as what the keychain says that it is', async () => {
    const { code, stderr } = await cli.run('import', '--keychain', TRADER.address, '--delegate-of', 'Seen');
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toMatch(/^INVALID_OPTION: .+ takes no --delegate-of with --keychain/);
  });

  it('show no secret key unless the word for it is typed', async () => {
    const end = await answered(ASKED.exporting, 'export', 'export', 'Main');
    expect(end).toMatchObject({ code: 1, own: '', isGivenBack: true });
    expect(end.shown).toMatch(/\nWALLET_NOT_CONFIRMED: EXPORT was not typed, so nothing is shown\.$/);
  });

  it('[N] show a secret key after the word and the passphrase, where nothing of it stays', async () => {
    await using terminal = cli.at('export', 'Main');
    await terminal.answers(ASKED.exporting, 'EXPORT');
    await terminal.answers(ASKED.passphrase, `${PASSPHRASE}!`);
    await terminal.shows(/This passphrase does not open the wallet\./);
    await terminal.answers(ASKED.passphrase, PASSPHRASE);
    await terminal.answers(ASKED.shown, '');
    const end = await terminal.ended();
    expect(end).toMatchObject({ code: 0, isGivenBack: true });
    // The key that was imported, and that other wallets take.
    expect(end.own).toContain(`\n  ${MAIN.base58}\r`);
    for (let at = 0; at + 12 <= MAIN.base58.length; at += 1)
      expect(end.usual).not.toContain(MAIN.base58.slice(at, at + 12));
    expect(end.shown).toMatch(/\nThe secret key of Main was shown\. Nothing of it was kept\.$/);
  });

  it('stay where another name is typed, and go with their key where the right one is', async () => {
    const wrong = await answered(ASKED.removing, 'Maim', 'remove', 'Main');
    expect(wrong).toMatchObject({ code: 1, isGivenBack: true });
    expect(wrong.shown).toContain(
      `The key of Main is taken out of the keychain.\n  ${MAIN.address}\nEvery data folder that uses this key loses it.\n`,
    );
    expect(wrong.shown).toContain('Without a copy of the key, its money is lost for good.');
    expect(wrong.shown).toMatch(
      /\nWALLET_NOT_CONFIRMED: Type the wallet's name, Main, to remove it\. Nothing was removed\.$/,
    );
    expect(await hasKey(MAIN.address)).toBe(true);
    const right = await answered(ASKED.removing, 'Main', 'remove', MAIN.address);
    expect(right).toMatchObject({ code: 0, isGivenBack: true });
    expect(right.shown).toMatch(/\nMain was removed\.$/);
    expect(await hasKey(MAIN.address)).toBe(false);
    const seen = await answered(ASKED.removing, ' Seen ', 'remove', 'Seen');
    expect(seen.shown).toContain('Seen is only watched: it is forgotten, and nothing else happens.');
    expect(cli.kept()).toMatchObject([
      { name: 'Trader', active: 0 },
      { name: 'Backup ☂', active: 0 },
    ]);
    expect(await hasKey(TRADER.address)).toBe(true);
  });
});
