import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import BetterSqlite3 from 'better-sqlite3';
import { afterAll } from 'vitest';

import type { Recomputed } from './recompute.ts';

export const LAUNCHER = fileURLToPath(new URL('../../src/main/launch.mjs', import.meta.url));
export const DATABASE = 'phantom-arbiter.sqlite';

/** What `paper --json` prints. */
export interface Report extends Omit<Recomputed, 'lines' | 'valuations' | 'problems'> {
  readonly seed: number;
  readonly neverExiting: { readonly pnlTotal: string };
  readonly minHealth: number;
  readonly maxLeverage: number;
  readonly maxDriftPct: number;
  readonly maxDrawdownPct: number;
  readonly steps: number;
  readonly elapsedMs: number;
}

/** How a process ended and all that it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of the program that is under way. */
export interface Running {
  readonly pid: number | undefined;
  /** Resolves with the n-th whole line of its output that fits, the first; rejects when the process ends without it. */
  said(fits: RegExp, nth?: number): Promise<string>;
  /** Whole lines of its output so far that fit, stdout before stderr. */
  heard(fits: RegExp): readonly string[];
  signal(name: NodeJS.Signals): void;
  ended(): Promise<Ended>;
}

/** What happens to a run, as its script file tells it. */
export type ScriptEntry = { readonly at: number } & (
  | { readonly action: 'deposit' | 'withdraw'; readonly asset: 'SOL' | 'USDC'; readonly amount: string }
  | { readonly action: 'fault'; readonly fault: string; readonly orders?: number }
  | { readonly action: 'kill' }
);

const running = new Set<ChildProcessWithoutNullStreams>();
/** Where Node.js keeps the program's compiled modules between two of its processes: half of a short one's time. */
let compileCache: string | undefined;

/** A folder of the running test file, gone when it ends; what still runs in it is ended first. */
export function folderOfFile(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'whole-'));
  compileCache = path.join(folder, 'compile-cache');
  afterAll(async () => {
    const left = [...running].map((child) => {
      const closed = closing(child);
      child.kill('SIGKILL');
      return closed;
    });
    await Promise.all(left);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Starts the program: this Node.js, the real entry, no terminal. */
export function launch(args: readonly string[], node: readonly string[] = []): Running {
  return followed(spawn(process.execPath, [...node, LAUNCHER, ...args], { env: plainEnvironment() }));
}

/** The same under another Node.js. */
export function launchWith(executable: string, args: readonly string[]): Running {
  return followed(spawn(executable, [LAUNCHER, ...args], { env: plainEnvironment() }));
}

/** Runs the program to its end, whatever that is. */
export const run = (...args: readonly string[]): Promise<Ended> => launch(args).ended();

/** Runs `paper --json` to its good end. */
export async function paper(...args: readonly string[]): Promise<Report> {
  return reportIn(await run('paper', '--json', ...args));
}

/** The report that a run ended with; throws with what the process said where it did not. */
export function reportIn({ code, signal, stdout, stderr }: Ended): Report {
  if (code !== 0) throw new Error(`ended with ${code ?? signal}: ${stderr.slice(-2_000)}`);
  return JSON.parse(stdout) as Report;
}

/** What of a report is the same however long it took. */
export function timeless({ elapsedMs: _, ...report }: Report): Omit<Report, 'elapsedMs'> {
  return report;
}

export function writeScript(file: string, entries: readonly ScriptEntry[]): string {
  writeFileSync(file, JSON.stringify(entries));
  return file;
}

/** A row of the database; integers are bigint. */
export type Row = Readonly<Record<string, string | bigint | null>>;

/** Every table that a run's books are made of, row by row. */
export interface Books {
  readonly orders: readonly Row[];
  readonly events: readonly Row[];
  readonly transactions: readonly Row[];
  readonly entries: readonly Row[];
  readonly funding: readonly Row[];
  readonly checkpoints: readonly Row[];
  readonly marks: readonly Row[];
}

/** What a data folder's database holds of the engine's vault; nothing in it is changed. */
export function booksIn(dataDir: string): Books {
  const db = new BetterSqlite3(path.join(dataDir, DATABASE), { readonly: true });
  try {
    db.defaultSafeIntegers();
    const rows = (table: string, order: string): Row[] =>
      db
        .prepare<[], Row>(
          `SELECT * FROM ${table} WHERE vault_id = (SELECT id FROM vaults WHERE engine = 'funding') ORDER BY ${order}`,
        )
        .all();
    return {
      orders: rows('orders', 'client_order_id'),
      events: rows('events', 'seq'),
      transactions: rows('ledger_transactions', 'seq'),
      entries: rows('ledger_entries', 'seq, ordinal'),
      funding: rows('funding_rates', 'market, t'),
      checkpoints: rows('checkpoints', 'step'),
      marks: rows('script_marks', 'action'),
    };
  } finally {
    db.close();
  }
}

/** A checkpoint's state without how much of the script is done: a script with kills in it is longer. */
export function stateIn({ checkpoints }: Books): unknown {
  return checkpoints.map(({ state, ...row }) => {
    const { scriptDone: _, ...rest } = JSON.parse(String(state)) as Record<string, unknown>;
    return { ...row, rest };
  });
}

/** Sums of the ledger, by account and asset. */
export function balancesIn({ entries }: Books): Readonly<Record<string, bigint>> {
  const sums: Record<string, bigint> = {};
  for (const { account, asset, amount } of entries) {
    const name = `${String(account)} ${String(asset)}`;
    sums[name] = (sums[name] ?? 0n) + BigInt(amount ?? 0n);
  }
  return sums;
}

/** SHA-256 of every file below a folder that fits. */
export function bytesIn(folder: string, fits: RegExp = /./): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && fits.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    files.map((file) => [
      path.relative(folder, file),
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    ]),
  );
}

/** The market data beside the project; undefined where it is missing. */
export const MARKET_DATA =
  process.env['MARKET_DATA_DIR'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** Numbers from 0 to 1 that are the same in every run of the tests (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Without what this computer's owner has set for the program or for Node.js. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(NODE_|VITEST|LOG|PHANTOM)/.test(name));
  return {
    ...Object.fromEntries(kept),
    ...(compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache }),
  };
}

function closing(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout: '', stderr: '' });
    });
  });
}

function followed(child: ChildProcessWithoutNullStreams): Running {
  running.add(child);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const lines = (): readonly string[] => [stdout, stderr].flatMap((text) => text.split('\n').slice(0, -1));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, stdout, stderr });
    });
  });
  const heard = (fits: RegExp): readonly string[] => lines().filter((line) => fits.test(line));
  return {
    pid: child.pid,
    heard,
    said: (fits, nth = 1) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const line = heard(fits)[nth - 1];
          if (line !== undefined) resolve(line);
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        look();
        ended.then(({ code, signal }) => {
          reject(new Error(`ended with ${code ?? signal} and never said ${String(fits)}: ${stderr}`));
        }, reject);
      }),
    signal: (name) => {
      child.kill(name);
    },
    ended: () => ended,
  };
}
