import { resolve } from 'node:path';

/** What lets another program drive the page or look into the process, and what takes its walls away. */
const REFUSED = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-brk-node',
  'inspect-port',
  'inspect-wait',
  'no-sandbox',
  'disable-web-security',
  'load-extension',
  'js-flags',
] as const;

/** The name of a switch as Chromium reads it: `--Inspect=9229`, and `/inspect` on Windows too. */
const switchOf = (argument: string): string | undefined =>
  /^(?:--?|\/)([a-z][a-z-]*)(?:=|$)/i.exec(argument)?.[1]?.toLowerCase();

/** Why an installed app doesn't start with these arguments; undefined when it does. In development all are fine. */
export function whyNotStart(args: readonly string[], isPackaged: boolean): string | undefined {
  if (!isPackaged) return undefined;
  const names = args.map(switchOf);
  const refused = REFUSED.find((name) => names.includes(name));
  return refused === undefined
    ? undefined
    : `Phantom Arbiter does not start with --${refused}: it would let another program look into it or drive it. Start it without.`;
}

/** The folder that `--data-dir` names, whole; undefined where it doesn't. */
export function givenDataDir(args: readonly string[], cwd: string): string | undefined {
  const at = args.findIndex((argument) => argument === '--data-dir' || argument.startsWith('--data-dir='));
  if (at === -1) return undefined;
  const folder = args[at]?.split('=').slice(1).join('=') || args[at + 1];
  return folder === undefined || folder.startsWith('--') ? undefined : resolve(cwd, folder);
}
