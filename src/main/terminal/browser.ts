import { spawn } from 'node:child_process';
import { pause } from '../platform/timers.ts';
import type { Surroundings } from './surroundings.ts';

/** A program that fails to open a browser says so by then; one that opens it may run as long as the browser does. */
const FAILS_WITHIN_MS = 3_000;

/** The command that opens a file in the user's browser, never through a shell; undefined where nobody would see it. */
export function openingCommand(
  { platform, hasDisplay, isRemote }: Pick<Surroundings, 'platform' | 'hasDisplay' | 'isRemote'>,
  file: string,
): readonly [string, ...string[]] | undefined {
  if (isRemote || !hasDisplay) return undefined;
  if (platform === 'darwin') return ['open', file];
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', file];
  return ['xdg-open', file];
}

/** Runs such a command and lets it go. Whether it seems to have worked; never throws. */
export function openInBrowser([program, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  const ended = new Promise<boolean>((resolve) => {
    child.once('error', () => {
      resolve(false);
    });
    child.once('exit', (code) => {
      resolve(code === 0);
    });
  });
  child.unref();
  return Promise.race([ended, pause(FAILS_WITHIN_MS).then(() => true)]);
}
