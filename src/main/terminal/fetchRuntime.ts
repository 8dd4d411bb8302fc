import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopwatch } from '../platform/clock.ts';
import { pause } from '../platform/timers.ts';
import type { Output } from './output.ts';
import { whyGiveUp } from './patience.ts';

const LOOK_EVERY_MS = 500;
const SAY_EVERY_MS = 5_000;
const MEGABYTE = 1_000_000;

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/**
 * Gets Electron's runtime through Electron's own installer, which checks it against the package's checksums.
 * `http_proxy`, `https_proxy`, `no_proxy` and `ELECTRON_MIRROR` are honoured. Why not, in half a sentence, where it
 * fails or isn't worth waiting for; never throws.
 * @param electron the folder of the package
 */
export async function fetchRuntime(
  electron: string,
  env: NodeJS.ProcessEnv,
  output: Output,
  stop: AbortSignal,
): Promise<string | undefined> {
  output.err('Fetching the desktop runtime, once (about 110 MB; npm start -- --browser goes without)…\n');
  // The installer tells nothing about its progress, but what has arrived lies in a folder of our own.
  const arriving = mkdtempSync(join(tmpdir(), 'phantom-arbiter-'));
  const child = spawn(process.execPath, [join(electron, 'install.js')], {
    env: { ...env, TMPDIR: arriving, TEMP: arriving, TMP: arriving, NODE_USE_ENV_PROXY: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const ended = endOf(child);
    const gaveUp = new AbortController();
    const impatience = untilHopeless([arriving, join(electron, 'dist')], output, [stop, gaveUp.signal]);
    const first = await Promise.race([ended, impatience]);
    gaveUp.abort();
    if (typeof first === 'string') return `the download of Electron was given up, ${first}`;
    return first.code === 0 ? undefined : `Electron could not be downloaded (${reasonIn(first.said)})`;
  } finally {
    child.kill('SIGKILL');
    rmSync(arriving, { recursive: true, force: true, maxRetries: 5 });
  }
}

function endOf(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => {
    let said = '';
    const hear = (text: string): void => {
      said += text;
    };
    child.stdout?.setEncoding('utf8').on('data', hear);
    child.stderr?.setEncoding('utf8').on('data', hear);
    child.once('error', ({ message }) => {
      resolve({ code: null, said: message });
    });
    child.once('close', (code) => {
      resolve({ code, said });
    });
  });
}

/** Resolves with the reason to give up; also, with whatever reason, when a signal aborts. */
async function untilHopeless(
  folders: readonly string[],
  output: Output,
  signals: readonly AbortSignal[],
): Promise<string> {
  const over = AbortSignal.any([...signals]);
  const started = stopwatch();
  let [bytes, movedAt, saidAt] = [bytesIn(folders), started, started];
  const before = bytes;
  for (;;) {
    await pause(LOOK_EVERY_MS, over);
    if (over.aborted) return 'it was interrupted';
    const [now, found] = [stopwatch(), bytesIn(folders)];
    if (found !== bytes) movedAt = now;
    bytes = found;
    const arrived = Math.max(0, bytes - before);
    const why = whyGiveUp({ elapsedMs: now - started, stalledMs: now - movedAt, bytes: arrived });
    if (why !== undefined) return why;
    if (now - saidAt < SAY_EVERY_MS) continue;
    saidAt = now;
    output.err(`  ${Math.round(arrived / MEGABYTE)} MB so far\n`);
  }
}

/** What lies below some folders; files come and go meanwhile. */
function bytesIn(folders: readonly string[]): number {
  let bytes = 0;
  for (const folder of folders) {
    try {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
    } catch {
      // Removed while we looked: what is gone has no size.
    }
  }
  return bytes;
}

/** The one line of the installer's stack trace that says something. */
export function reasonIn(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  const line = lines.find((one) => /^\w*Error\b/.test(one)) ?? lines.find((one) => one !== '');
  return (line ?? 'no reason given').replace(/^\w*Error: /, '').slice(0, 200);
}
