import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { AsyncEntry } from '@napi-rs/keyring';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Keyring, hasKeyring, whySkipped } from '../../support/keyring.ts';
import { bytesIn, folderOfFile } from '../../support/paperCli.ts';
import { hasPseudoTerminal } from '../../support/pseudoTerminal.ts';
import { WalletCli } from '../../support/walletCli.ts';
import { ASKED, setPassphrase } from '../../support/walletQuestions.ts';
import { fileOf, keyOf, type WrittenKey } from '../../support/walletSecrets.ts';

const folder = folderOfFile();
const [MAIN, TRADER] = [keyOf('doctor, main'), keyOf('doctor, trader')];

describe.runIf(hasKeyring && hasPseudoTerminal)(`doctor, of the keychain${whySkipped}`, () => {
  let keyring: Keyring;
  let cli: WalletCli;

  async function imported({ address, json }: WrittenKey, ...args: readonly string[]): Promise<void> {
    const file = fileOf(folder, `${address}.json`, json);
    await using terminal = cli.at('import', '--file', file, ...args);
    if (args.includes('--delegate-of')) await terminal.answers(ASKED.owner, 'yes');
    await setPassphrase(terminal, '');
    expect((await terminal.ended()).code).toBe(0);
  }

  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
    cli = new WalletCli(folder, 'data', keyring.env);
    await imported(MAIN, '--name', 'Main');
    await imported(TRADER, '--name', 'Trader', '--delegate-of', 'Main');
  });
  afterAll(() => keyring[Symbol.asyncDispose]());

  it('finds the keys of the folder’s wallets in it, and changes neither', async () => {
    const [files, items] = [bytesIn(cli.dataDir), keyring.itemCount()];
    const { code, stdout } = await cli.command('doctor');
    expect(stdout).toMatch(/^✓ keychain +the Secret Service works, and has the keys of all 2 wallets$/m);
    expect(stdout).toMatch(/\nAll is well\.\n$/);
    expect({ code, items: keyring.itemCount() }).toEqual({ code: 0, items });
    expect(bytesIn(cli.dataDir)).toEqual(files);
  });

  it('does not touch it for a folder without a key, unless it is told to', async () => {
    const other = new WalletCli(folder, 'without', {
      ...keyring.env,
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere',
    });
    await other.done('watch', keyOf('seen').address);
    const { code, stdout } = await other.command('doctor');
    expect(code).toBe(0);
    expect(stdout).not.toContain('keychain');
    const told = await other.command('doctor', '--keychain');
    expect(told.code).toBe(1);
    expect(told.stdout).toMatch(/^✗ keychain +PROBLEM KEYCHAIN_UNAVAILABLE: There is no keychain here/m);
  });

  it('tries it where it is told to, and leaves nothing in it', async () => {
    const empty = new WalletCli(folder, 'empty', keyring.env);
    mkdirSync(path.join(folder, 'empty'));
    const items = keyring.itemCount();
    const { code, stdout } = await empty.command('doctor', '--keychain');
    expect(stdout).toMatch(/^✓ keychain +the Secret Service works$/m);
    expect({ code, items: keyring.itemCount() }).toEqual({ code: 0, items });
  });

  it('says of one that is locked how it is unlocked', async () => {
    keyring.lock();
    const { code, stdout } = await cli.command('doctor');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ keychain +PROBLEM KEYCHAIN_UNAVAILABLE: The keychain is locked\. Unlock /m);
    await keyring.unlock();
  });

  it('names the wallets whose key is missing, and how each is brought back as what it was', async () => {
    for (const { address } of [MAIN, TRADER]) {
      const store = { linux: { store: 'secret-service' } } as const;
      expect(await new AsyncEntry('phantom-arbiter', `key:${address}`, store).deleteCredential()).toBe(true);
      const { code, stdout } = await cli.command('doctor');
      expect(code).toBe(1);
      expect(stdout).toMatch(/^✗ keychain +PROBLEM WALLET_MISSING: .+ has no key for Main \(/m);
      expect(stdout).toMatch(/\n1 to mend\.\n$/);
    }
    const { stdout } = await cli.command('doctor');
    const line = 'to import it again: npm run -s wallet -- import';
    expect(stdout).toContain(`Main (${line}), Trader (${line} --delegate-of ${MAIN.address}).`);
    expect(await cli.done('list')).toMatch(
      /\n    KEY MISSING from the keychain: import it again, with --delegate-of\n/,
    );
  });
});
