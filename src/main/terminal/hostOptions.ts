import { defaultDataDir } from '../platform/dataFolder.ts';
import { LOG_LEVEL_VARIABLE } from '../platform/logLevel.ts';
import { levelFrom, type LogLevel } from '../platform/logger.ts';
import { readOptions, textOf, wholeOf } from './options.ts';

const OPTIONS = {
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  'no-open': { type: 'boolean' },
  unlock: { type: 'boolean' },
  'allow-live': { type: 'boolean' },
} as const;
const START_OPTIONS = { ...OPTIONS, browser: { type: 'boolean' } } as const;

const LAST_PORT = 65_535;

/** What `serve` takes. */
export interface HostOptions {
  /** Undefined: the default. */
  readonly port: number | undefined;
  readonly dataDir: string;
  /** Whether to open the user's browser. */
  readonly opens: boolean;
  /** Whether to ask for the passphrase of the active wallet on the terminal first. */
  readonly unlocks: boolean;
  /** Whether real money may be traded from a browser: whoever has the address could. */
  readonly allowsLive: boolean;
  /** What the environment says of the log; undefined leaves it to the setting. */
  readonly logLevel: LogLevel | undefined;
}

/** What `start` takes. */
export interface StartOptions extends HostOptions {
  readonly wantsBrowser: boolean;
  /** What was said on the command line, for the desktop host to decide by itself. */
  readonly givenDataDir: string | undefined;
}

export const serveOptions = (args: readonly string[], env: NodeJS.ProcessEnv): HostOptions =>
  hostOptions(readOptions(args, OPTIONS), env);

export function startOptions(args: readonly string[], env: NodeJS.ProcessEnv): StartOptions {
  const options = readOptions(args, START_OPTIONS);
  return {
    ...hostOptions(options, env),
    wantsBrowser: options['browser'] === true,
    givenDataDir: textOf(options, 'data-dir'),
  };
}

function hostOptions(options: ReturnType<typeof readOptions>, env: NodeJS.ProcessEnv): HostOptions {
  return {
    port: wholeOf(options, 'port', 0, LAST_PORT),
    dataDir: textOf(options, 'data-dir') ?? defaultDataDir(),
    opens: options['no-open'] !== true,
    unlocks: options['unlock'] === true,
    allowsLive: options['allow-live'] === true,
    logLevel: (env[LOG_LEVEL_VARIABLE.name] ?? '') === '' ? undefined : levelFrom(env),
  };
}
