import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { AsyncEntry } from '@napi-rs/keyring';
import BetterSqlite3 from 'better-sqlite3';

import type { WalletsView } from '../../src/shared/contract/commands/walletCommands.ts';
import { DATABASE, LAUNCHER, type Ended } from './paperCli.ts';
import { PseudoTerminal } from './pseudoTerminal.ts';

/** What a data folder remembers of a wallet. */
export interface KeptWallet {
  readonly address: string;
  readonly name: string;
  readonly kind: string;
  readonly owner: string;
  readonly path: string | null;
  readonly active: number;
}

/** The `wallet` command on a data folder, with the keychain of an environment. */
export class WalletCli {
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;

  /** @param folder of the test file; where Node.js keeps the program's compiled modules as well */
  constructor(folder: string, name: string, env: NodeJS.ProcessEnv) {
    this.dataDir = path.join(folder, name);
    const plain = Object.entries(env).filter(([key]) => !/^(NODE_|VITEST|LOG|PHANTOM|npm_)/.test(key));
    this.env = { ...Object.fromEntries(plain), NODE_COMPILE_CACHE: path.join(folder, 'compile-cache') };
  }

  /** Starts it on a terminal. */
  at(...args: readonly string[]): PseudoTerminal {
    return new PseudoTerminal(this.#command('wallet', args), this.env);
  }

  /** Runs it to its end where there is no terminal. */
  run(...args: readonly string[]): Promise<Ended> {
    return this.command('wallet', ...args);
  }

  /** The same with another command of the program. */
  async command(name: string, ...args: readonly string[]): Promise<Ended> {
    const [node = '', ...rest] = this.#command(name, args);
    // A session of its own has no terminal.
    const child = spawn(node, rest, { env: this.env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr, [code, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    ]);
    return { code, signal, stdout, stderr };
  }

  /** Runs it to its good end; what it printed. */
  async done(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    if (code !== 0 || stderr !== '') throw new Error(`ended with ${code}: ${stderr}`);
    return stdout;
  }

  async list(): Promise<WalletsView> {
    return JSON.parse(await this.done('list', '--json')) as WalletsView;
  }

  /** The wallets in the database itself, in the order in which they were added. */
  kept(): readonly KeptWallet[] {
    const file = path.join(this.dataDir, DATABASE);
    if (!existsSync(file)) return [];
    const db = new BetterSqlite3(file, { readonly: true });
    try {
      return db.prepare<[], KeptWallet>('SELECT * FROM wallets ORDER BY added_at, rowid').all();
    } finally {
      db.close();
    }
  }

  #command(name: string, args: readonly string[]): readonly string[] {
    return [process.execPath, LAUNCHER, name, ...args, '--data-dir', this.dataDir];
  }
}

/** Whether the keychain that this process was given has a key of an address. */
export async function hasKey(address: string): Promise<boolean> {
  const entry = new AsyncEntry('phantom-arbiter', `key:${address}`, { linux: { store: 'secret-service' } });
  return (await entry.getSecret()) !== null;
}
