import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Keyring, hasKeyring, whySkipped } from '../../support/keyring.ts';
import { LAUNCHER, folderOfFile } from '../../support/paperCli.ts';
import { CONTROL_C, ENTER, PseudoTerminal, hasPseudoTerminal } from '../../support/pseudoTerminal.ts';
import { goneOf, isAlive, processesBelow } from '../../support/processTree.ts';
import { WalletCli } from '../../support/walletCli.ts';
import { ASKED, confirmPhrase, phraseShownOn } from '../../support/walletQuestions.ts';
import { keyOf, phraseOf } from '../../support/walletSecrets.ts';

const folder = folderOfFile();
const PASSPHRASE = 'correct horse battery';

interface Step {
  readonly args: readonly string[];
  /** As far as this step, which nobody has answered yet. */
  readonly reach: (terminal: PseudoTerminal) => Promise<unknown>;
}

const create = ['create', '--words', '12'] as const;

/** Every step of making a wallet. */
const CREATING = {
  'how many words': { args: ['create'], reach: (at) => at.asks(ASKED.words) },
  'the phrase': { args: create, reach: phraseShownOn },
  'a word of it': {
    args: create,
    reach: async (at) => {
      await phraseShownOn(at);
      at.type(ENTER);
      await at.asks(ASKED.word);
    },
  },
  'the name': {
    args: create,
    reach: async (at) => {
      await confirmPhrase(at);
      await at.asks(ASKED.name);
    },
  },
  'a new passphrase': {
    args: [...create, '--name', 'Main'],
    reach: async (at) => {
      await confirmPhrase(at);
      await at.asks(ASKED.newPassphrase);
    },
  },
  'the passphrase again': {
    args: [...create, '--name', 'Main'],
    reach: async (at) => {
      await confirmPhrase(at);
      await at.answers(ASKED.newPassphrase, PASSPHRASE);
      await at.asks(ASKED.repeated);
    },
  },
} as const satisfies Readonly<Record<string, Step>>;

/** Those of bringing one that making one hasn't. */
const IMPORTING = {
  'where it is from': { args: ['import'], reach: (at) => at.asks(ASKED.source) },
  'its phrase': { args: ['import', '--phrase'], reach: (at) => at.asks(ASKED.phrase) },
  'its secret key': { args: ['import', '--key'], reach: (at) => at.asks(ASKED.secretKey) },
  'its file': {
    args: ['import'],
    reach: async (at) => {
      await at.answers(ASKED.source, '3');
      await at.asks(ASKED.file);
    },
  },
  'which of its wallets': {
    args: ['import', '--phrase'],
    reach: async (at) => {
      await at.answers(ASKED.phrase, phraseOf('leaving'));
      await at.asks(ASKED.place);
    },
  },
  'its name': {
    args: ['import', '--key'],
    reach: async (at) => {
      await at.answers(ASKED.secretKey, keyOf('leaving').base58);
      await at.asks(ASKED.name);
    },
  },
} as const satisfies Readonly<Record<string, Step>>;

/** The two processes behind a terminal: the program, and the signer that it has started. */
function behind(terminal: PseudoTerminal): { readonly program: number; readonly signer: number } {
  const all = processesBelow(terminal.pid);
  const program = all.find(({ argv }) => argv[1] === LAUNCHER)?.pid;
  const signer = all.find(({ argv }) => argv.at(-1)?.endsWith('/signer/main.ts') === true)?.pid;
  if (program === undefined || signer === undefined)
    throw new Error('the program has not started its signer');
  return { program, signer };
}

describe.runIf(hasKeyring && hasPseudoTerminal).concurrent(`leaving a wallet ceremony${whySkipped}`, () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await Keyring.start('unlocked');
  });
  // Nothing here comes so far that it is stored, so that this holds for all of it.
  afterAll(async () => {
    expect(keyring.itemCount()).toBe(0);
    await keyring[Symbol.asyncDispose]();
  });
  let folders = 0;
  const newCli = (): WalletCli => new WalletCli(folder, `data-${(folders += 1)}`, keyring.env);

  it.each(Object.entries({ ...CREATING, ...IMPORTING }))(
    '[N] by Ctrl-C at %s ends with CANCELLED, and stores nothing',
    async (_, { args, reach }) => {
      const cli = newCli();
      await using terminal = cli.at(...args);
      await reach(terminal);
      terminal.type(`half${CONTROL_C}`);
      const end = await terminal.ended();
      expect(end).toMatchObject({ code: 1, isGivenBack: true });
      expect(end.usual).toMatch(/CANCELLED: You left before the end, and nothing was stored or changed\.$/);
      expect(cli.kept()).toEqual([]);
    },
  );

  it.each(Object.entries(CREATING))(
    '[N] by the death of the signer at %s is told, and leaves neither a phrase nor a key',
    async (_, { args, reach }) => {
      const cli = newCli();
      await using terminal = cli.at(...args);
      await reach(terminal);
      process.kill(behind(terminal).signer, 'SIGKILL');
      const end = await terminal.ended();
      expect(end).toMatchObject({ code: 1, isGivenBack: true });
      expect(end.usual).toMatch(/SIGNER_UNAVAILABLE: [^\n]+ ended unexpectedly\. It comes back locked\.$/);
      expect(cli.kept()).toEqual([]);
    },
  );

  it.each(Object.entries(CREATING))(
    '[N] by the end of the program at %s takes the signer with it, and gives the terminal back first',
    async (_, { args, reach }) => {
      const cli = newCli();
      await using terminal = cli.at(...args);
      await reach(terminal);
      const { program, signer } = behind(terminal);
      process.kill(program, 'SIGTERM');
      expect(await terminal.ended()).toMatchObject({ code: 143, isGivenBack: true });
      expect(isAlive(signer)).toBe(false);
      expect(cli.kept()).toEqual([]);
    },
  );

  it.each(['signer', 'program'] as const)(
    'by the end of the %s while the key is being stored leaves a whole key, or none',
    async (whom) => {
      await using own = await Keyring.start('unlocked');
      const cli = new WalletCli(folder, `storing-${whom}`, own.env);
      const key = keyOf(whom);
      await using terminal = cli.at('import', '--key', '--name', 'Main');
      await terminal.answers(ASKED.secretKey, key.base58);
      await terminal.answers(ASKED.newPassphrase, PASSPHRASE);
      await terminal.asks(ASKED.repeated);
      const both = behind(terminal);
      terminal.type(`${PASSPHRASE}${ENTER}`);
      await terminal.shows(/•\n/);
      process.kill(both[whom], whom === 'signer' ? 'SIGKILL' : 'SIGTERM');
      expect(await terminal.ended()).toMatchObject({ isGivenBack: true });
      // A busy computer may have been so slow to end it that all was done.
      const adopted = await cli.run('import', '--keychain', key.address);
      if (adopted.stderr.startsWith('WALLET_MISSING: ')) expect(cli.kept()).toEqual([]);
      else expect(await cli.list()).toMatchObject({ wallets: [{ address: key.address, key: 'protected' }] });
    },
  );

  it('[N] by a program that is killed leaves no signer behind, which would wait for a key and take it from the shell', async () => {
    const cli = newCli();
    // A shell that goes on, as a person's does.
    const shell = ['sh', '-c', '"$@"; echo over; sleep 600', 'sh', process.execPath, LAUNCHER, 'wallet'];
    await using terminal = new PseudoTerminal([...shell, ...create, '--data-dir', cli.dataDir], cli.env);
    await phraseShownOn(terminal);
    const { program, signer } = behind(terminal);
    process.kill(program, 'SIGKILL');
    await terminal.shows(/over$/m);
    await goneOf(signer);
    expect(cli.kept()).toEqual([]);
  });

  it('by the closing of its window ends the program and the signer', async () => {
    const cli = newCli();
    const terminal = cli.at(...create);
    await phraseShownOn(terminal);
    const { program, signer } = behind(terminal);
    await terminal[Symbol.asyncDispose]();
    await Promise.all([goneOf(program), goneOf(signer)]);
    expect(cli.kept()).toEqual([]);
  });

  it('by the end of the program at the question for a name to remove gives the terminal back, and removes nothing', async () => {
    const cli = newCli();
    await cli.done('watch', keyOf('seen').address, '--name', 'Seen');
    for (const signal of ['SIGTERM', undefined] as const) {
      await using terminal = cli.at('remove', 'Seen');
      await terminal.asks(ASKED.removing);
      const program = processesBelow(terminal.pid).find(({ argv }) => argv[1] === LAUNCHER)?.pid ?? 0;
      if (signal === undefined) terminal.type(`Seen${CONTROL_C}`);
      else process.kill(program, signal);
      expect(await terminal.ended()).toMatchObject({
        code: signal === undefined ? 1 : 143,
        isGivenBack: true,
      });
    }
    expect(cli.kept()).toMatchObject([{ name: 'Seen' }]);
  });
});
