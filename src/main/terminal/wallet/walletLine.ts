import type { ParseArgsOptionsConfig } from 'node:util';
import { AppError } from '../../../shared/contract/appError.ts';
import { defaultDataDir } from '../../platform/dataFolder.ts';
import { LOG_LEVEL_VARIABLE } from '../../platform/logLevel.ts';
import { levelFrom, type LogLevel } from '../../platform/logger.ts';
import { readOptions, textOf, type RawOptions } from '../options.ts';

/** What an action takes beside `--data-dir`. */
export interface ActionOptions {
  /** What stands behind the action: the wallet that it is about, by its name or address, or an address. */
  readonly subject: 'wallet' | 'address' | undefined;
  readonly options: ParseArgsOptionsConfig;
}

/** A command line of `wallet`, read. */
export interface WalletLine {
  readonly subject: string | undefined;
  readonly options: RawOptions;
  readonly dataDir: string;
  readonly logLevel: LogLevel | undefined;
}

/** Throws INVALID_OPTION. */
export function readWalletLine(
  action: string,
  args: readonly string[],
  { subject, options }: ActionOptions,
): WalletLine {
  const [first, ...rest] = args;
  const hasSubject = first !== undefined && !first.startsWith('-');
  if (subject !== undefined && !hasSubject) {
    const wanted = subject === 'wallet' ? 'a wallet, by its name or address' : 'an address';
    throw new AppError(
      'INVALID_OPTION',
      `wallet ${action} needs ${wanted}: wallet ${action} ${subject.toUpperCase()}.`,
    );
  }
  const read = readLine(action, subject === undefined ? args : rest, options);
  return {
    subject: subject === undefined ? undefined : first,
    options: read,
    dataDir: textOf(read, 'data-dir') ?? defaultDataDir(),
    logLevel: (process.env[LOG_LEVEL_VARIABLE.name] ?? '') === '' ? undefined : levelFrom(process.env),
  };
}

/** What doesn't fit is not repeated: whoever types a secret behind an option must not find it in an error. */
function readLine(action: string, args: readonly string[], own: ParseArgsOptionsConfig): RawOptions {
  const options = { ...own, 'data-dir': { type: 'string' } } as const;
  try {
    return readOptions(args, options);
  } catch {
    const known = Object.keys(options).map((name) => `--${name}`);
    const message = `wallet ${action} takes ${known.join(', ')}, each once, and nothing else. Secrets are never on the command line: you are asked for them.`;
    throw new AppError('INVALID_OPTION', message, { action });
  }
}
