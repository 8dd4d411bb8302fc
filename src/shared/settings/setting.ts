import { AppError } from '../contract/appError.ts';
import { formatDecimal, parseDecimal } from '../money/decimal.ts';
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
import { addressesIn, fits } from './checkText.ts';
import type { SettingInput } from './settingInput.ts';

/** One setting: what a person reads about it, and how its text becomes a value that code can trust. */
export interface Setting<T> {
  /** Dotted, with its unit in the name where it has one: `engine.deltaTolerancePct`. */
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  readonly fallback: string;
  /** Shown beside the input: `0.01 to 50`. */
  readonly range: string;
  /** The same, for a form that checks while the user types. */
  readonly input: SettingInput;
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

/** Digits after the point of a plain number: as many as the simulation's arithmetic can tell apart. */
const NUMBER_DECIMALS = 12;

/** A plain number for time, counts and the simulation's own arithmetic; never money. */
export function numberSetting(
  about: Bounded & { readonly unit: string; readonly whole?: boolean },
): Setting<number> {
  const whole = about.whole === true;
  const { min, max } = about;
  const input: SettingInput = { kind: 'number', min, max, decimals: whole ? 0 : NUMBER_DECIMALS };
  const range = `${min} to ${max}`;
  return {
    ...described(about, about.unit, range, input),
    parse(text) {
      if (fits(input, text)) return Number(text);
      throw invalid(about.name, text, `${whole ? 'a whole number, ' : ''}${range} ${about.unit}`);
    },
  };
}

export function choiceSetting<Choice extends string>(
  about: Described,
  choices: readonly Choice[],
): Setting<Choice> {
  const range = choices.join(' or ');
  return {
    ...described(about, '', range, { kind: 'choice', choices: [...choices] }),
    parse(text) {
      const chosen = choices.find((one) => one === text);
      if (chosen === undefined) throw invalid(about.name, text, range);
      return chosen;
    },
  };
}

/** Web addresses, the preferred one first. */
export function addressesSetting(about: Described, most: number): Setting<readonly string[]> {
  const input: SettingInput = { kind: 'addresses', most };
  const range = `1 to ${most} addresses that begin with https:// or http://, with commas between them`;
  return {
    ...described(about, '', range, input),
    parse(text) {
      // What is wrong with it is not repeated: an address may have a key in it.
      if (!fits(input, text)) throw invalid(about.name, '…', range);
      return addressesIn(text);
    },
  };
}

function decimalSetting<T>(
  about: Bounded,
  unit: string,
  decimals: number,
  named: (raw: bigint) => T,
): Setting<T> {
  const shortest = (text: string): string => formatDecimal(parseDecimal(text, decimals), decimals);
  const min = shortest(about.min);
  const max = shortest(about.max);
  const input: SettingInput = { kind: 'number', min, max, decimals };
  const range = `${min} to ${max}`;
  return {
    ...described(about, unit, range, input),
    parse(text) {
      if (fits(input, text)) return named(parseDecimal(text, decimals));
      throw invalid(about.name, text, `${range} ${unit}`);
    },
  };
}

function described(
  about: Described,
  unit: string,
  range: string,
  input: SettingInput,
): Omit<Setting<never>, 'parse'> {
  return { name: about.name, unit, meaning: about.meaning, fallback: about.fallback, range, input };
}

function invalid(name: string, text: string, allowed: string): AppError {
  return new AppError('INVALID_SETTING', `${name} cannot be "${text}": it takes ${allowed.trim()}.`, {
    name,
    value: text,
  });
}
