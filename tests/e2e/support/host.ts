import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  COMMANDS,
  type CommandName,
  type PayloadOf,
  type ReplyOf,
} from '../../../src/shared/contract/commands.ts';
import { connectClient, type LoopbackClient } from '../../support/loopbackClient.ts';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LAUNCHER = join(ROOT, 'src', 'main', 'launch.mjs');
const SHIFTED_CLOCK = new URL('shiftedClock.mjs', import.meta.url).href;
const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)\/#key=([0-9a-f]+)/;
/** Building the page and starting, on a machine that does much else. */
const STARTS_WITHIN_MS = 60_000;

/** The program on a data folder of its own, served on 127.0.0.1 by a process of its own. */
export class Host {
  readonly dataDir: string;
  #process: ChildProcessWithoutNullStreams | undefined;
  #gone: Promise<void> = Promise.resolve();
  #client: LoopbackClient | undefined;
  readonly #startsAt: number | undefined;
  readonly #env: NodeJS.ProcessEnv;
  readonly #options: readonly string[];
  #port = 0;
  #key = '';

  /**
   * @param startsAt what the program takes for the present when it starts, Unix ms; the present itself otherwise
   * @param env where the program finds a keychain, for instance
   * @param options of the command line, beside those that every test has
   */
  constructor(
    dataDir: string = mkdtempSync(join(tmpdir(), 'phantom-e2e-')),
    startsAt?: number,
    env: NodeJS.ProcessEnv = process.env,
    options: readonly string[] = [],
  ) {
    this.dataDir = dataDir;
    this.#startsAt = startsAt;
    this.#env = env;
    this.#options = options;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get key(): string {
    return this.#key;
  }

  /** What is printed on the terminal, with a query before the key: `address('?screen=vault')`. */
  address(query = ''): string {
    return `${this.origin}/${query}#key=${this.#key}`;
  }

  /** Starts the program, on the port that it had before. */
  async start(): Promise<void> {
    const args = [
      'serve',
      '--no-open',
      '--port',
      String(this.#port),
      '--data-dir',
      this.dataDir,
      ...this.#options,
    ];
    const shifted = this.#startsAt === undefined ? [] : ['--import', SHIFTED_CLOCK];
    const env = { ...this.#env, PROGRAM_STARTS_AT: String(this.#startsAt) };
    const child = spawn(process.execPath, [...shifted, LAUNCHER, ...args], { cwd: ROOT, env });
    this.#process = child;
    this.#gone = new Promise((resolve) => {
      child.once('close', () => {
        resolve();
      });
    });
    const [, port = '', key = ''] = await said(child, ADDRESS);
    this.#port = Number(port);
    this.#key = key;
  }

  /** As a power cut would: nobody is told, nothing is finished. */
  async kill(): Promise<void> {
    this.#process?.kill('SIGKILL');
    await this.#ended();
  }

  /** As Ctrl-C does. */
  async stop(): Promise<void> {
    this.#client?.terminate();
    this.#process?.kill('SIGINT');
    await this.#ended();
  }

  /** Ends it, and leaves nothing behind. */
  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Asks the program past the page. Throws what it refuses. */
  async ask<Name extends CommandName>(command: Name, payload: PayloadOf<Name>): Promise<ReplyOf<Name>> {
    this.#client ??= await this.connect();
    const result = await this.#client.command(command, payload);
    if (result.status !== 'ok')
      throw new Error(`${command}: ${result.status === 'error' ? result.error.message : result.status}`);
    return COMMANDS[command].reply.parse(result.data) as ReplyOf<Name>;
  }

  /** Another client, which hears everything. */
  connect(): Promise<LoopbackClient> {
    return connectClient({ port: this.#port, key: this.#key });
  }

  async #ended(): Promise<void> {
    this.#client = undefined;
    await this.#gone;
    this.#process = undefined;
  }
}

/** What a process says on its output, once it fits. Rejects with all that it said when it ends without. */
function said(child: ChildProcessWithoutNullStreams, fits: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    const failed = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`The program ${why}. It said:\n${text}`));
    };
    const timer = setTimeout(() => {
      failed(`said nothing that fits ${String(fits)} in time`);
    }, STARTS_WITHIN_MS);
    const hear = (piece: string): void => {
      text += piece;
      const found = fits.exec(text);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.once('close', (code) => {
      failed(`ended with ${code}`);
    });
  });
}
