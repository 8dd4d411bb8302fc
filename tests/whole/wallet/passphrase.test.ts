import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Keyring, hasKeyring, whySkipped } from '../../support/keyring.ts';
import { folderOfFile } from '../../support/paperCli.ts';
import { CONTROL_C, hasPseudoTerminal } from '../../support/pseudoTerminal.ts';
import { WalletCli } from '../../support/walletCli.ts';
import { ASKED, setPassphrase } from '../../support/walletQuestions.ts';
import { fileOf, keyOf } from '../../support/walletSecrets.ts';

const folder = folderOfFile();
const [FIRST, SECOND] = ['correct horse battery', 'pâté à la crème ☂'];

describe.runIf(hasKeyring && hasPseudoTerminal).concurrent(`wallet passphrase${whySkipped}`, () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
  });
  afterAll(() => keyring[Symbol.asyncDispose]());

  /** A data folder with one wallet. */
  async function cliWith(name: string, passphrase: string): Promise<WalletCli> {
    const cli = new WalletCli(folder, name, keyring.env);
    const file = fileOf(folder, `${name}.json`, keyOf(name).json);
    await using terminal = cli.at('import', '--file', file, '--name', 'Main');
    await setPassphrase(terminal, passphrase);
    await terminal.ended();
    return cli;
  }

  it('sets one, changes it after the old one, and takes it away', async () => {
    const cli = await cliWith('changes', '');
    await using set = cli.at('passphrase', 'Main');
    await setPassphrase(set, FIRST);
    expect(await set.ended()).toMatchObject({ code: 0, isGivenBack: true, own: '' });
    expect(await cli.list()).toMatchObject({ wallets: [{ key: 'protected' }], lock: 'locked' });

    await using change = cli.at('passphrase', 'Main');
    await change.answers(ASKED.passphrase, '');
    await change.shows(/This passphrase does not open the wallet\./);
    await change.answers(ASKED.passphrase, FIRST);
    await setPassphrase(change, SECOND);
    const changed = await change.ended();
    expect(changed.shown).toMatch(/\nMain has its new passphrase\.$/);
    for (const passphrase of [FIRST, SECOND]) expect(changed.usual).not.toContain(passphrase);

    await using away = cli.at('passphrase', 'Main');
    await away.answers(ASKED.passphrase, FIRST);
    await away.shows(/This passphrase does not open the wallet\./);
    await away.answers(ASKED.passphrase, SECOND);
    await setPassphrase(away, '');
    expect((await away.ended()).shown).toMatch(/\nMain has no passphrase now\.$/);
    expect(await cli.list()).toMatchObject({ wallets: [{ key: 'plain' }], lock: 'unlocked' });
  });

  it('[N] lets five wrong ones pass, then makes each next one wait longer, whichever process it is typed to', async () => {
    const cli = await cliWith('tries', FIRST);
    const wrong = (terminal: ReturnType<WalletCli['at']>): Promise<unknown> =>
      terminal.answers(ASKED.passphrase, 'wrong wrong wrong');
    await using first = cli.at('passphrase', 'Main');
    for (let time = 0; time < 3; time += 1) await wrong(first);
    const end = await first.ended();
    expect(end).toMatchObject({ code: 1, isGivenBack: true });
    expect(end.shown).toMatch(/\nWALLET_WRONG_PASSPHRASE: This passphrase does not open the wallet\.$/);

    await using second = cli.at('passphrase', 'Main');
    await wrong(second);
    await second.shows(/does not open the wallet\.$/m);
    const triedAt = performance.now();
    await wrong(second);
    await second.shows(/The next try is possible in 1 second\./);
    await wrong(second);
    expect(performance.now() - triedAt).toBeGreaterThan(1000);
    expect((await second.ended()).shown).toMatch(
      /\nWALLET_WRONG_PASSPHRASE: [^\n]+ possible in 2 seconds\.$/,
    );

    // Too early, even for the right one; whoever doesn't want to wait may leave.
    await using third = cli.at('passphrase', 'Main');
    await wrong(third);
    // Whether the wait of the last one was over by then depends on how fast a process starts.
    await third.shows(/[Tt]he next try is possible in \d seconds?\./);
    third.type(CONTROL_C);
    const left = await third.ended();
    expect(left).toMatchObject({ code: 1, isGivenBack: true });
    expect(left.shown).toMatch(/\nCANCELLED: You left before the end, and nothing was stored or changed\.$/);
  });

  it('takes the right one after the wait, also where it was typed meanwhile, and then counts anew', async () => {
    const cli = await cliWith('waits', FIRST);
    for (const times of [3, 2]) {
      await using terminal = cli.at('export', 'Main');
      await terminal.answers(ASKED.exporting, 'EXPORT');
      for (let time = 0; time < times; time += 1) await terminal.answers(ASKED.passphrase, 'wrong');
      if (times === 3) await terminal.ended();
      else {
        await terminal.shows(/The next try is possible in 1 second\./);
        terminal.type(`${FIRST}\r`);
        await terminal.answers(ASKED.shown, '');
        expect(await terminal.ended()).toMatchObject({ code: 0, isGivenBack: true });
      }
    }
    await using terminal = cli.at('passphrase', 'Main');
    await terminal.answers(ASKED.passphrase, 'wrong');
    await terminal.shows(/This passphrase does not open the wallet\.\n/);
    await terminal.answers(ASKED.passphrase, FIRST);
    await setPassphrase(terminal, '');
    expect((await terminal.ended()).code).toBe(0);
  });
});
