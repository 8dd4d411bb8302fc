import type { LogMessage, Transport } from 'electron-log';
import electronLog from 'electron-log/node';

import { LogFiles } from './logFiles.ts';
import { reachOf, type LogLevel } from './logLevel.ts';
import { redactFields, type Plain } from './redaction.ts';
import { redactText } from './secrets.ts';

export { LOG_LEVELS, LOG_LEVEL_SETTING, levelFrom, type LogLevel } from './logLevel.ts';

/** What a line tells beside its message. Secrets in it are left out of the log. */
export type LogContext = Readonly<Record<string, unknown>> & { readonly error?: unknown };

/** The one way to log. No call ever throws, and one that is under the level costs a comparison. */
export interface Logger {
  /** What reaches the file. */
  readonly level: LogLevel;
  error(message: string, context?: LogContext): void;
  warn(message: string, context?: LogContext): void;
  info(message: string, context?: LogContext): void;
  debug(message: string, context?: LogContext): void;
  /** Whether a line of this level is written anywhere: ask before building a costly context. */
  isEnabled(level: LogLevel): boolean;
  /** The same log under a name, which is added to this one's: `engine.vault`. */
  child(scope: string): Logger;
}

export interface LoggerOptions {
  /** Where files are kept, one a day; undefined writes none. */
  readonly folder?: string;
  readonly level: LogLevel;
  /** What goes to stderr as well, the same lines. */
  readonly stderrLevel: LogLevel | 'none';
  /** Unix ms. */
  readonly now: () => number;
}

/** Logs nothing. */
export const silentLogger: Logger = {
  level: 'error',
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  isEnabled: () => false,
  child: () => silentLogger,
};

/** A log of one JSON object a line, to a file a day and to stderr, each with a level of its own. */
export function createLogger({ folder, level, stderrLevel, now }: LoggerOptions): Logger {
  const library = electronLog.create({ logId: 'phantom-arbiter' });
  const transports: Transport[] = [];
  if (stderrLevel !== 'none') transports.push(output(stderrLevel, writeStderr));
  if (folder !== undefined) {
    const files = new LogFiles(folder, now(), (error) => {
      const message = 'The log file cannot be written; the program goes on without it.';
      writeStderr(lineOf(now(), 'warn', '', message, { folder, error }));
    });
    transports.push(
      output(level, (line, t) => {
        files.append(line, t);
      }),
    );
  }
  const reach = Math.max(
    folder === undefined ? -1 : reachOf(level),
    stderrLevel === 'none' ? -1 : reachOf(stderrLevel),
  );
  const write: Write = (at, scope, message, context) => {
    const t = now();
    const line = lineOf(t, at, scope, message, context);
    library.processMessage({ data: [line], date: new Date(t), level: at }, { transports });
  };
  return new JsonLogger(level, reach, write, '');
}

type Write = (level: LogLevel, scope: string, message: string, context: LogContext) => void;

class JsonLogger implements Logger {
  readonly level: LogLevel;
  readonly #reach: number;
  readonly #write: Write;
  readonly #scope: string;

  constructor(level: LogLevel, reach: number, write: Write, scope: string) {
    this.level = level;
    this.#reach = reach;
    this.#write = write;
    this.#scope = scope;
  }

  error(message: string, context: LogContext = {}): void {
    if (this.#reach >= ERROR) this.#write('error', this.#scope, message, context);
  }

  warn(message: string, context: LogContext = {}): void {
    if (this.#reach >= WARN) this.#write('warn', this.#scope, message, context);
  }

  info(message: string, context: LogContext = {}): void {
    if (this.#reach >= INFO) this.#write('info', this.#scope, message, context);
  }

  debug(message: string, context: LogContext = {}): void {
    if (this.#reach >= DEBUG) this.#write('debug', this.#scope, message, context);
  }

  isEnabled(level: LogLevel): boolean {
    return this.#reach >= reachOf(level);
  }

  child(scope: string): Logger {
    const whole = this.#scope === '' ? scope : `${this.#scope}.${scope}`;
    return new JsonLogger(this.level, this.#reach, this.#write, whole);
  }
}

const ERROR = reachOf('error');
const WARN = reachOf('warn');
const INFO = reachOf('info');
const DEBUG = reachOf('debug');

/** Fields that every line has; a context's field of such a name is written as `context.t`, and so on. */
const OWN_FIELDS = new Set(['t', 'level', 'scope', 'message']);

function lineOf(t: number, level: LogLevel, scope: string, message: string, context: LogContext): string {
  const line: Record<string, Plain> = { t: new Date(t).toISOString(), level };
  if (scope !== '') line['scope'] = redactText(scope);
  line['message'] = redactText(message);
  const { error, ...fields } = redactFields(context);
  for (const [name, field] of Object.entries(fields)) {
    line[OWN_FIELDS.has(name) ? `context.${name}` : name] = field;
  }
  if (error !== undefined) line['error'] = error;
  return JSON.stringify(line);
}

/** One of the places that the library hands a message to. */
function output(level: LogLevel, write: (line: string, t: number) => void): Transport {
  const send = ({ data, date }: LogMessage): void => {
    write(String(data[0]), date.getTime());
  };
  return Object.assign(send, { level, transforms: [] });
}

/** A closed terminal or a broken pipe must not end a program that trades. */
function writeStderr(line: string): void {
  if (!process.stderr.listeners('error').includes(ignore)) process.stderr.on('error', ignore);
  process.stderr.write(`${line}\n`);
}

const ignore = (): void => undefined;
