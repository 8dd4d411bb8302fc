import { openDesktopWindow, type WindowOutcome } from './desktopWindow.ts';
import { electronExecutable, electronIn, runtimeOf } from './electronRuntime.ts';
import { fetchRuntime } from './fetchRuntime.ts';
import { freshBuild } from './freshBuild.ts';
import { startOptions, type StartOptions } from './hostOptions.ts';
import type { Keyboard } from './keyboard.ts';
import type { Output } from './output.ts';
import { serveUntilStopped, type AppOnDisk } from './serveCommand.ts';
import { lookAround } from './surroundings.ts';
import { whereToOpen } from './whereToOpen.ts';

/** `start`: the desktop window where this computer allows one, else the same app in the browser, and why. */
export async function launchApp(
  args: readonly string[],
  app: AppOnDisk,
  output: Output,
  keys: Keyboard,
): Promise<void> {
  const options = startOptions(args, process.env);
  const electron = electronIn(app.root);
  const opening = whereToOpen({
    ...lookAround(electron, process.env),
    wantsBrowser: options.wantsBrowser,
    runtime: runtimeOf(electron, process.env),
  });
  const shown =
    opening.where === 'browser'
      ? { unusable: opening.why }
      : await window(options, electron, app, output, keys);
  if (shown === undefined) return;
  if ('exitCode' in shown) {
    process.exitCode = shown.exitCode;
    return;
  }
  output.out(`No desktop window: ${shown.unusable}. The same app is served to your browser instead.\n`);
  await serveUntilStopped(options, app, output, keys);
}

/** Undefined where the user stopped it before there was a window. */
async function window(
  options: StartOptions,
  electron: string,
  { root }: AppOnDisk,
  output: Output,
  keys: Keyboard,
): Promise<WindowOutcome | undefined> {
  const stop = new AbortController();
  const unhear = keys.onStop(() => {
    stop.abort();
  });
  try {
    const { env } = process;
    const fetched =
      electronExecutable(electron, env) === undefined
        ? await fetchRuntime(electron, env, output, stop.signal)
        : undefined;
    if (stop.signal.aborted) return undefined;
    if (fetched !== undefined) return { unusable: fetched };
    const executable = electronExecutable(electron, env);
    if (executable === undefined) return { unusable: "Electron's runtime is incomplete" };
    await freshBuild(root, 'desktop');
    if (stop.signal.aborted) return undefined;
    const args = options.givenDataDir === undefined ? [] : [`--data-dir=${options.givenDataDir}`];
    return await openDesktopWindow({ executable, root, args, env, stop: stop.signal });
  } finally {
    unhear();
  }
}
