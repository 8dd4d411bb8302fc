import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { Keyring } from '../../support/keyring.ts';
import { PseudoTerminal } from '../../support/pseudoTerminal.ts';
import { processesBelow, type SeenProcess } from '../../support/processTree.ts';
import { WalletCli } from '../../support/walletCli.ts';
import { DECOY, DECOY_NAMES } from './decoy.ts';
import { formsOfPassphrase, type Forms } from './forms.ts';
import { leftBy } from './leftovers.ts';
import { Search } from './search.ts';

/** Where a canary is taken through the program: a keychain, a data folder, and an environment with a decoy in it. */
export class Scene implements AsyncDisposable {
  readonly keyring: Keyring;
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly #tmp: string;
  #secrets: Forms = [];

  private constructor(keyring: Keyring, folder: string) {
    this.keyring = keyring;
    const cli = new WalletCli(folder, 'data', keyring.env);
    this.dataDir = cli.dataDir;
    this.#tmp = path.join(folder, 'tmp');
    mkdirSync(this.#tmp);
    this.env = {
      ...cli.env,
      PHANTOM_LOG_LEVEL: 'debug',
      TMPDIR: this.#tmp,
      DECOY: DECOY_NAMES[0],
    };
  }

  /** @param folder of the test file */
  static async open(folder: string): Promise<Scene> {
    return new Scene(await Keyring.start('unlocked'), folder);
  }

  /** From now on every search is for these too. */
  hides(...secrets: readonly Forms[]): void {
    this.#secrets = [...this.#secrets, ...secrets.flat()];
  }
  hidesPassphrases(passphrases: Readonly<Record<string, string>>): void {
    for (const [name, passphrase] of Object.entries(passphrases))
      this.hides(formsOfPassphrase(name, passphrase));
  }

  get search(): Search {
    return new Search(this.#secrets, DECOY.forms);
  }

  at(...command: readonly string[]): PseudoTerminal {
    return new PseudoTerminal(command, this.env);
  }

  /** Files that something killed has left where it worked. */
  get leftovers(): readonly string[] {
    return leftBy({ dataDir: this.dataDir, tmp: this.#tmp });
  }

  get logs(): string {
    return path.join(this.dataDir, 'logs');
  }

  /** Everything of the user that the keychain, npm and Node.js write to, the keychain's own files among it. */
  get home(): string {
    return path.dirname(path.dirname(this.keyring.keyrings));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.keyring[Symbol.asyncDispose]();
  }
}

/** The processes on a terminal, by what they are: the one that has keys, and all others. */
export function onTerminal({ pid }: PseudoTerminal): {
  readonly signer: SeenProcess | undefined;
  readonly others: readonly SeenProcess[];
} {
  const all = processesBelow(pid);
  const signer = all.find(isSigner);
  return { signer, others: all.filter((one) => one !== signer) };
}

const isSigner = ({ argv }: SeenProcess): boolean =>
  argv.some((arg) => arg.endsWith('custody/signer/main.ts'));
