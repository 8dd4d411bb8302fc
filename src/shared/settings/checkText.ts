import { NotADecimal, parseDecimal } from '../money/decimal.ts';
import { ensureNever } from '../never.ts';
import type { SettingInput } from './settingInput.ts';

const WEB_ADDRESS = /^https?:\/\/[^\s/?#,]+[^\s,]*$/;

/** The addresses of a text, in its order. */
export const addressesIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');

/** Whether a text is a value that the setting takes. The engine and the form ask the same question. */
export function fits(input: SettingInput, text: string): boolean {
  switch (input.kind) {
    case 'number':
      return isWithin(text, input.min, input.max, input.decimals);
    case 'choice':
      return input.choices.includes(text);
    case 'addresses': {
      const addresses = addressesIn(text);
      const isFew = addresses.length > 0 && addresses.length <= input.most;
      return isFew && addresses.every((address) => WEB_ADDRESS.test(address));
    }
    default:
      return ensureNever(input);
  }
}

/** Compares exactly; a text with more decimals than the unit has is none of its values. */
function isWithin(text: string, min: string, max: string, decimals: number): boolean {
  // Bounds such as 0.02 of a whole-number setting would not parse with its decimals.
  const scale = Math.max(decimals, ...[min, max].map((bound) => bound.split('.')[1]?.length ?? 0));
  try {
    parseDecimal(text, decimals);
    const parsed = parseDecimal(text, scale);
    return parsed >= parseDecimal(min, scale) && parsed <= parseDecimal(max, scale);
  } catch (error) {
    if (error instanceof NotADecimal) return false;
    throw error;
  }
}
