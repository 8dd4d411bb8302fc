import { spawn } from 'node:child_process';
import { stopwatch } from '../platform/clock.ts';

/** A runtime that this computer can't run is gone by then; what ends later has run. */
const AT_ONCE_MS = 15_000;
const TAIL_CHARACTERS = 8_000;
/** What a shell adds to a signal's number, and the ones that we pass on. */
const INTERRUPTED = 130;

export interface WindowEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it said on stderr. */
  readonly said: string;
  readonly ranMs: number;
}

/** How the desktop window ended: with an exit code of its own, or because this computer can't run it. */
export type WindowOutcome = { readonly exitCode: number } | { readonly unusable: string };

export interface WindowRequest {
  readonly executable: string;
  /** The app: the folder with package.json. */
  readonly root: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stop: AbortSignal;
}

/** Opens the app in Electron and waits for its end. Never throws. */
export async function openDesktopWindow(request: WindowRequest): Promise<WindowOutcome> {
  const end = await runToEnd(request);
  if (request.stop.aborted) return { exitCode: end.code ?? INTERRUPTED };
  const unusable = whyUnusable(end);
  return unusable === undefined ? { exitCode: end.code ?? 1 } : { unusable };
}

function runToEnd({ executable, root, args, env, stop }: WindowRequest): Promise<WindowEnd> {
  const started = stopwatch();
  // Set by tools that use Electron as a Node.js; here it would run the app without a window.
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = env;
  const child = spawn(executable, [root, ...args], { env: rest, stdio: ['ignore', 'inherit', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text);
    said = (said + text).slice(-TAIL_CHARACTERS);
  });
  const quit = (): void => {
    child.kill('SIGTERM');
  };
  stop.addEventListener('abort', quit);
  return new Promise((resolve) => {
    const ended = (code: number | null, signal: NodeJS.Signals | null): void => {
      stop.removeEventListener('abort', quit);
      resolve({ code, signal, said, ranMs: stopwatch() - started });
    };
    child.once('error', ({ message }) => {
      said += `cannot be run: ${message}`;
      ended(null, null);
    });
    child.once('close', ended);
  });
}

/** Why a runtime that ended at once can't be used on this computer; undefined where the app itself ended. */
export function whyUnusable({ code, signal, said, ranMs }: WindowEnd): string | undefined {
  if (ranMs > AT_ONCE_MS || code === 0) return undefined;
  const library = /error while loading shared libraries: ([^\s:]+)/.exec(said)?.[1];
  if (library !== undefined) return `the system library ${library} is missing`;
  if (/version `GLIBC/.test(said)) return "this system is too old for Electron's runtime";
  if (/cannot be run: /.test(said)) return "Electron's runtime cannot be run on this computer";
  const crashed = signal !== null || (code ?? 0) > 128;
  if (/Missing X server|cannot open display|ozone_platform/i.test(said)) return 'the display does not answer';
  if (crashed && /sandbox/i.test(said)) return "this system does not allow Chromium's sandbox";
  return crashed ? `Electron's runtime crashed at its start (${signal ?? code})` : undefined;
}
