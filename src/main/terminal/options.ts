import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { levelFrom, type LogLevel } from '../platform/logger.ts';
import { AppError } from '../../shared/contract/appError.ts';
import { NotADecimal, formatUsd, parseUsd } from '../../shared/money/decimal.ts';

const LEAST_CAPITAL = parseUsd('100');
/** More would not find its depth in the simulated book. */
const MOST_CAPITAL = parseUsd('1000000');

/** Options as the terminal gives them: texts, switches, and lists where an option may come again. */
export type RawOptions = Readonly<
  Record<string, string | boolean | readonly (string | boolean)[] | undefined>
>;

/**
 * Reads a command line. An unknown option, one that is given twice, a value that is missing or a stray word is
 * INVALID_OPTION.
 */
export function readOptions(args: readonly string[], options: ParseArgsOptionsConfig): RawOptions {
  const { values, tokens } = parsed(args, options);
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  const twice = given.find((name, i) => given.indexOf(name) !== i && options[name]?.multiple !== true);
  if (twice !== undefined)
    throw new AppError('INVALID_OPTION', `--${twice} is given twice.`, { option: twice });
  return values;
}

function parsed(args: readonly string[], options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({
      args: withNegativesJoined(args),
      options,
      strict: true,
      allowPositionals: false,
      tokens: true,
    });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(/[.\n]/)[0] ?? '') : '';
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new AppError('INVALID_OPTION', `${reason}. Known options: ${known.join(', ')}.`);
  }
}

/** `--capital -5` as `--capital=-5`: a negative number is a value, if a bad one, and not another option. */
function withNegativesJoined(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    if (/^-\d/.test(arg) && last?.startsWith('--') === true && !last.includes('='))
      joined.push(`${joined.pop() ?? ''}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

export function textOf(options: RawOptions, name: string): string | undefined {
  const given = options[name];
  if (given === undefined || typeof given === 'boolean' || Array.isArray(given)) return undefined;
  if (given === '') throw invalid(name, '', 'a value');
  return String(given);
}

/** A whole number within bounds, or undefined where the option is absent. */
export function wholeOf(options: RawOptions, name: string, low: number, high: number): number | undefined {
  const text = textOf(options, name);
  if (text === undefined) return undefined;
  const parsed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(parsed >= low && parsed <= high)) throw invalid(name, text, `a whole number from ${low} to ${high}`);
  return parsed;
}

/** Dollars of capital, as the canonical decimal string. */
export function capitalOf(options: RawOptions, fallback: string): string {
  const text = textOf(options, 'capital') ?? fallback;
  const wanted = `dollars from ${formatUsd(LEAST_CAPITAL)} to ${formatUsd(MOST_CAPITAL)}, with at most 6 decimals`;
  try {
    const capital = parseUsd(text);
    if (capital < LEAST_CAPITAL || capital > MOST_CAPITAL) throw invalid('capital', text, wanted);
    return formatUsd(capital);
  } catch (error) {
    if (error instanceof NotADecimal) throw invalid('capital', text, wanted);
    throw error;
  }
}

/** `--set name=value`, as often as wanted. */
export function overridesOf(options: RawOptions): Readonly<Record<string, string>> {
  const given = options['set'];
  if (!Array.isArray(given)) return {};
  return Object.fromEntries(
    given.map((one): [string, string] => {
      const text = String(one);
      const equals = text.indexOf('=');
      if (equals < 1) throw invalid('set', text, 'name=value');
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

export function invalid(name: string, text: string, wanted: string): AppError {
  return new AppError('INVALID_OPTION', `--${name} cannot be "${text}": it takes ${wanted}.`, {
    option: name,
    value: text,
  });
}

/** How much is logged: what the command line says, else the environment, else the default. */
export function logLevelOf(options: RawOptions, env: NodeJS.ProcessEnv): LogLevel {
  const given = textOf(options, 'log-level');
  return given === undefined ? levelFrom(env) : levelFrom({}, given);
}
