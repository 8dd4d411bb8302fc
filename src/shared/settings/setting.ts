import { AppError } from '../contract/appError.ts';
import { NotADecimal, formatDecimal, parseDecimal } from '../money/decimal.ts';
import {
  BASE_DECIMALS,
  RATE_DECIMALS,
  USD_DECIMALS,
  base,
  rate,
  usd,
  type Base,
  type Rate,
  type Usd,
} from '../money/quantity.ts';

/** One setting: what a person reads about it, and how its text becomes a value that code can trust. */
export interface Setting<T> {
  /** Dotted, with its unit in the name where it has one: `engine.deltaTolerancePct`. */
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  readonly fallback: string;
  /** Shown beside the input: `0.01 to 50`. */
  readonly range: string;
  /** Throws INVALID_SETTING, naming the setting and its range. */
  parse(text: string): T;
}

interface Described {
  readonly name: string;
  readonly fallback: string;
  readonly meaning: string;
}

interface Bounded extends Described {
  readonly min: string;
  readonly max: string;
}

/** A percentage, as a fraction: "1" is 0.01. */
export const percentSetting = (about: Bounded): Setting<Rate> =>
  decimalSetting(about, '%', RATE_DECIMALS - 2, rate);

/** A multiple, such as leverage: "5" is 5 × RATE_ONE. */
export const multipleSetting = (about: Bounded): Setting<Rate> =>
  decimalSetting(about, 'x', RATE_DECIMALS, rate);

export const usdSetting = (about: Bounded): Setting<Usd> => decimalSetting(about, 'USD', USD_DECIMALS, usd);

export const solSetting = (about: Bounded): Setting<Base> =>
  decimalSetting(about, 'SOL', BASE_DECIMALS, base);

/** A plain number for time, counts and the simulation's own arithmetic; never money. */
export function numberSetting(
  about: Bounded & { readonly unit: string; readonly whole?: boolean },
): Setting<number> {
  const low = Number(about.min);
  const high = Number(about.max);
  const range = `${about.min} to ${about.max}`;
  return {
    ...described(about, about.unit, range),
    parse(text) {
      const parsed = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      const fits = parsed >= low && parsed <= high && (about.whole !== true || Number.isInteger(parsed));
      if (!fits)
        throw invalid(
          about.name,
          text,
          `${about.whole === true ? 'a whole number, ' : ''}${range} ${about.unit}`,
        );
      return parsed;
    },
  };
}

export function choiceSetting<Choice extends string>(
  about: Described,
  choices: readonly Choice[],
): Setting<Choice> {
  const range = choices.join(' or ');
  return {
    ...described(about, '', range),
    parse(text) {
      const chosen = choices.find((one) => one === text);
      if (chosen === undefined) throw invalid(about.name, text, range);
      return chosen;
    },
  };
}

function decimalSetting<T>(
  about: Bounded,
  unit: string,
  decimals: number,
  named: (raw: bigint) => T,
): Setting<T> {
  const low = parseDecimal(about.min, decimals);
  const high = parseDecimal(about.max, decimals);
  const range = `${formatDecimal(low, decimals)} to ${formatDecimal(high, decimals)}`;
  return {
    ...described(about, unit, range),
    parse(text) {
      const parsed = decimalOrUndefined(text, decimals);
      if (parsed === undefined || parsed < low || parsed > high)
        throw invalid(about.name, text, `${range} ${unit}`);
      return named(parsed);
    },
  };
}

function described(about: Described, unit: string, range: string): Omit<Setting<never>, 'parse'> {
  return { name: about.name, unit, meaning: about.meaning, fallback: about.fallback, range };
}

function decimalOrUndefined(text: string, decimals: number): bigint | undefined {
  try {
    return parseDecimal(text, decimals);
  } catch (error) {
    if (error instanceof NotADecimal) return undefined;
    throw error;
  }
}

function invalid(name: string, text: string, allowed: string): AppError {
  return new AppError('INVALID_SETTING', `${name} cannot be "${text}": it takes ${allowed.trim()}.`, {
    name,
    value: text,
  });
}
