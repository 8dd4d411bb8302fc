import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { AsyncEntry } from '@napi-rs/keyring';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Keyring, hasKeyring, whySkipped } from '../../support/keyring.ts';
import { bytesIn, folderOfFile } from '../../support/paperCli.ts';
import { hasPseudoTerminal } from '../../support/pseudoTerminal.ts';
import { WalletCli } from '../../support/walletCli.ts';
import { setPassphrase } from '../../support/walletQuestions.ts';
import { fileOf, keyOf } from '../../support/walletSecrets.ts';

const folder = folderOfFile();
const KEYS = ['one', 'two'].map((title) => keyOf(`doctor ${title}`));

describe.runIf(hasKeyring && hasPseudoTerminal)(`doctor, of the keychain${whySkipped}`, () => {
  let keyring: Keyring;
  let cli: WalletCli;

  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
    cli = new WalletCli(folder, 'data', keyring.env);
    for (const { address, json } of KEYS) {
      const file = fileOf(folder, `${address}.json`, json);
      await using terminal = cli.at('import', '--file', file, '--name', address.slice(0, 4));
      await setPassphrase(terminal, '');
      expect((await terminal.ended()).code).toBe(0);
    }
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

  it('names the wallets whose key is missing', async () => {
    const [lost = keyOf('')] = KEYS;
    const entry = new AsyncEntry('phantom-arbiter', `key:${lost.address}`, {
      linux: { store: 'secret-service' },
    });
    expect(await entry.deleteCredential()).toBe(true);
    const { code, stdout } = await cli.command('doctor');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      new RegExp(
        `^✗ keychain +PROBLEM WALLET_MISSING: .+ no key for ${lost.address.slice(0, 4)}\\. To import`,
        'm',
      ),
    );
    expect(stdout).toMatch(/\n1 to mend\.\n$/);
  });

  it('says of one that is locked how it is unlocked', async () => {
    keyring.lock();
    const { code, stdout } = await cli.command('doctor');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ keychain +PROBLEM KEYCHAIN_UNAVAILABLE: The keychain is locked\. Unlock /m);
  });
});
