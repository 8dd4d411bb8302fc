import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ABANDON } from '../../main/custody/secretsAtHand.ts';
import { SLIP10_VECTORS } from '../../main/custody/slip10Vectors.ts';
import { Keyring, hasKeyring, whySkipped } from '../../support/keyring.ts';
import { folderOfFile } from '../../support/paperCli.ts';
import { ENTER, hasPseudoTerminal } from '../../support/pseudoTerminal.ts';
import { WalletCli, hasKey } from '../../support/walletCli.ts';
import { ASKED, setPassphrase } from '../../support/walletQuestions.ts';
import {
  addressOf,
  fileOf,
  keyOf,
  onLedgerPath,
  onPhantomPath,
  phraseOf,
  writtenKey,
} from '../../support/walletSecrets.ts';

const folder = folderOfFile();
/** What a terminal puts around something that is pasted. */
const pasted = (text: string): string => `\u001b[200~${text}\u001b[201~`;
/** The keys of a published seed, whose public keys are published as well. */
const [PUBLISHED] = SLIP10_VECTORS;
const published = (at: number): ReturnType<typeof writtenKey> & { readonly publicKey: string } => {
  const { secret, publicKey } = PUBLISHED.chains[at] ?? PUBLISHED.chains[0];
  return { ...writtenKey(Buffer.from(secret, 'hex')), publicKey };
};

describe.runIf(hasKeyring && hasPseudoTerminal).concurrent(`wallet import${whySkipped}`, () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
    keyring.applyHere();
  });
  afterAll(() => keyring[Symbol.asyncDispose]());
  const cliOf = (name: string): WalletCli => new WalletCli(folder, name, keyring.env);

  it('[N] finds the published addresses of abandon … about on both paths, whatever space and capitals it was pasted with', async () => {
    const cli = cliOf('abandon');
    await using first = cli.at('import');
    await first.answers(ASKED.source, '1');
    await first.asks(ASKED.phrase);
    const words = ABANDON.split(' ');
    const lines = [words.slice(0, 4).join('   '), words.slice(4, 8).join('\t').toUpperCase()];
    first.type(pasted(`\r\n  ${lines.join('\r\n')} \n${words.slice(8).join('\n')}\r\n\r\n`));
    await first.shows(/12 words$/);
    first.type(ENTER);
    await first.asks(ASKED.place);
    expect(first.shown).toContain("  1  HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk  m/44'/501'/0'/0'\n");
    expect(first.shown).toContain("  2  GjJyeC1r2RgkuoCWMyPYkCWSGSGLcz266EaAkLA27AhL  m/44'/501'/0'\n");
    first.type(ENTER);
    await first.answers(ASKED.name, '');
    await setPassphrase(first, '');
    const end = await first.ended();
    expect(end).toMatchObject({ code: 0, own: '', isGivenBack: true });
    expect(end.shown.toLowerCase()).not.toContain('abandon');

    // Its other wallets follow; the one that is here already is not taken twice.
    await using second = cli.at('import', '--phrase', '--name', 'Second');
    await second.answers(ASKED.phrase, ABANDON);
    await second.asks(ASKED.place);
    expect(second.shown).toContain(
      "HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk  m/44'/501'/0'/0'  here already",
    );
    second.type(ENTER);
    await second.shows(/That wallet is here already: Wallet\./);
    await second.answers(ASKED.place, '11');
    await second.shows(/Choose one of the wallets by its number, from 1 to 10\./);
    await second.answers(ASKED.place, '3');
    await setPassphrase(second, '');
    expect((await second.ended()).shown).toContain('Second: Hh8QwFUA6MtVu1qAoq12ucvFHNwCcVTV7hpWjeY1Hztb');
    expect(cli.kept()).toMatchObject([
      { address: 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk', path: "m/44'/501'/0'/0'", active: 1 },
      { address: 'Hh8QwFUA6MtVu1qAoq12ucvFHNwCcVTV7hpWjeY1Hztb', path: "m/44'/501'/1'/0'", active: 0 },
    ]);
  });

  it('[N] takes 24 words, and the place on the path that Ledger uses', async () => {
    const cli = cliOf('ledger');
    const phrase = phraseOf('ledger', 24);
    await using terminal = cli.at('import', '--phrase', '--name', 'Ledger');
    await terminal.answers(ASKED.phrase, phrase);
    await terminal.asks(ASKED.place);
    const [onPhantom, onLedger] = [onPhantomPath(1), onLedgerPath(1)].map((at) => addressOf(phrase, at));
    expect(terminal.shown).toContain(
      `  3  ${onPhantom}  m/44'/501'/1'/0'\n  4  ${onLedger}  m/44'/501'/1'\n`,
    );
    terminal.type(`4${ENTER}`);
    await setPassphrase(terminal, 'correct horse battery');
    const end = await terminal.ended();
    expect(end.shown).toContain(
      `Ledger: ${onLedger}\nOwner: may withdraw.\nIts key is protected by the keychain and its passphrase.`,
    );
    expect(cli.kept()).toMatchObject([{ address: onLedger, path: "m/44'/501'/1'" }]);
    expect(await hasKey(onPhantom ?? '')).toBe(false);
  });

  it('[N] takes a secret key as other wallets export it, and gives the published address of it', async () => {
    const cli = cliOf('key');
    const key = published(0);
    await using terminal = cli.at('import', '--name', 'Phantom');
    await terminal.answers(ASKED.source, '2');
    await terminal.answers(ASKED.secretKey, ` ${key.base58} `);
    await setPassphrase(terminal, '');
    const end = await terminal.ended();
    expect(end).toMatchObject({ code: 0, isGivenBack: true });
    expect(end.shown).toContain(`Phantom: ${key.address}\n`);
    expect(`${end.usual}${end.own}`).not.toContain(key.base58.slice(0, 20));
    expect(cli.kept()).toMatchObject([{ address: key.address, path: null }]);
    expect(key.pair.subarray(32).toString('hex')).toBe(key.publicKey);
  });

  it('[N] takes a keypair file of the Solana command line, named or asked for, and leaves the file alone', async () => {
    const cli = cliOf('file');
    const [named, asked] = [published(1), published(2)];
    const pretty = JSON.stringify([...asked.pair], undefined, 2);
    const files = [fileOf(folder, 'id.json', named.json), fileOf(folder, 'my keys.json', pretty)] as const;
    await using first = cli.at('import', '--file', files[0], '--name', 'Named');
    await setPassphrase(first, '');
    expect((await first.ended()).shown).toContain(`Named: ${named.address}\n`);
    await using second = cli.at('import', '--name', 'Asked');
    await second.answers(ASKED.source, '3');
    await second.answers(ASKED.file, path.join(folder, 'nowhere.json'));
    await second.shows(/There is no such file\./);
    await second.answers(ASKED.file, files[1]);
    await setPassphrase(second, '');
    expect((await second.ended()).shown).toContain(`Asked: ${asked.address}\n`);
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual([named.json, pretty]);
  });

  it('takes over a key that the keychain has already, without its secret, in another data folder', async () => {
    const [cli, other] = [cliOf('here'), cliOf('there')];
    const key = keyOf('adopted');
    await using terminal = cli.at(
      'import',
      '--file',
      fileOf(folder, 'adopted.json', key.json),
      '--name',
      'A',
    );
    await setPassphrase(terminal, 'correct horse battery');
    await terminal.ended();
    expect(await other.done('import', '--keychain', key.address, '--name', 'B')).toBe(
      `Added B: ${key.address}\n`,
    );
    expect(await other.list()).toMatchObject({
      wallets: [{ address: key.address, name: 'B', kind: 'owner', key: 'protected', active: true }],
      lock: 'locked',
    });
    expect(await other.run('import', '--keychain', key.address, '--name', 'C')).toMatchObject({
      code: 1,
      stderr: 'WALLET_EXISTS: That wallet is here already: B.\n',
    });
    const { address } = keyOf('nobody');
    expect(await other.run('import', '--keychain', address)).toMatchObject({
      code: 1,
      stderr: `WALLET_MISSING: The keychain has no key for ${address}.\n`,
    });
    // Whoever has the secret gets the key as it is protected already: no new passphrase is asked for.
    const third = cliOf('third');
    await using again = third.at('import', '--key', '--name', 'D');
    await again.answers(ASKED.secretKey, key.base58);
    expect((await again.ended()).shown).toContain('Its key is protected by the keychain and its passphrase.');
  });
});
