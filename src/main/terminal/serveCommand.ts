import { openInBrowser, openingCommand } from './browser.ts';
import { electronIn } from './electronRuntime.ts';
import { freshBuild, pagesIn } from './freshBuild.ts';
import { serveOptions, type HostOptions } from './hostOptions.ts';
import type { Keyboard } from './keyboard.ts';
import type { Output } from './output.ts';
import { writeRedirectFile } from './redirectFile.ts';
import { lookAround } from './surroundings.ts';

/** What the loopback host is asked for. */
export interface HostRequest extends Pick<
  HostOptions,
  'port' | 'dataDir' | 'logLevel' | 'unlocks' | 'allowsLive'
> {
  readonly pages: string;
}

/** The loopback host, running. */
export interface RunningHost {
  /** With the key in its fragment. */
  readonly address: string;
  readonly port: number;
  /** The wallet that was unlocked on the terminal, by its name. */
  readonly unlocked?: string | undefined;
  close(): Promise<void>;
}

/** What the commands that show the app rest on; the terminal itself knows no host. */
export interface AppOnDisk {
  /** The folder with package.json, out and node_modules. */
  readonly root: string;
  readonly serve: (request: HostRequest) => Promise<RunningHost>;
}

/** `serve`: the app on 127.0.0.1, until Ctrl-C. */
export async function serveCommand(
  args: readonly string[],
  app: AppOnDisk,
  output: Output,
  keys: Keyboard,
): Promise<void> {
  await serveUntilStopped(serveOptions(args, process.env), app, output, keys);
}

/** Builds if it must, serves, says where, and closes gracefully when asked to stop. */
export async function serveUntilStopped(
  options: HostOptions,
  app: AppOnDisk,
  output: Output,
  keys: Keyboard,
): Promise<void> {
  const stop = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stop.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  const unhear = keys.onStop(() => {
    // A second time is meant: nothing is in the way of the signal any more.
    unhear();
    stop.abort();
  });
  try {
    await freshBuild(app.root, 'renderer');
    if (stop.signal.aborted) return;
    const host = await app.serve({ ...options, pages: pagesIn(app.root) });
    try {
      await showUntil(stopped, host, options, app, output);
    } finally {
      await host.close();
    }
    output.out('Stopped. What was done is kept.\n');
  } catch (error) {
    // Ctrl-C reaches the build too, and what it says then is no news.
    if (!stop.signal.aborted) throw error;
  } finally {
    unhear();
  }
}

async function showUntil(
  stopped: Promise<void>,
  { address, port, unlocked }: RunningHost,
  { dataDir, opens, allowsLive }: HostOptions,
  { root }: AppOnDisk,
  output: Output,
): Promise<void> {
  const around = lookAround(electronIn(root), process.env);
  if (unlocked !== undefined) output.out(`${unlocked} is unlocked.\n`);
  const what = allowsLive
    ? 'Live trading is allowed: real money moves once somebody goes live there.'
    : 'PAPER: a simulated market, no real money.';
  output.out(`${what} Kept in ${dataDir}\n${address}\n`);
  if (around.isRemote)
    output.out(`From your own computer: ssh -L ${port}:127.0.0.1:${port} …, then open the address there.\n`);
  output.out('Ctrl-C stops it.\n');
  const redirect = opens ? tryRedirectFile(dataDir, address) : undefined;
  try {
    const command = redirect && openingCommand(around, redirect.path);
    if (command !== undefined && !(await Promise.race([openInBrowser(command), stopped.then(() => true)])))
      output.err('No browser could be opened; please open the address yourself.\n');
    await stopped;
  } finally {
    redirect?.remove();
  }
}

/** A browser that isn't opened is no reason not to serve. */
function tryRedirectFile(dataDir: string, address: string): ReturnType<typeof writeRedirectFile> | undefined {
  try {
    return writeRedirectFile(dataDir, address);
  } catch {
    return undefined;
  }
}
