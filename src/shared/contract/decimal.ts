import { z } from 'zod';

/** Money, sizes and rates travel as decimal strings: no binary fraction on the way to the screen. */
export const decimal = z.string().regex(/^-?(?:0|[1-9]\d*)(\.\d+)?$/, 'a decimal number such as "12.5"');

/** What a user gives: positive, and short enough that no quantity overflows. */
export const positiveDecimal = z
  .string()
  .max(40)
  .regex(/^(?=.*[1-9])(?:0|[1-9]\d*)(\.\d+)?$/, 'a positive decimal number such as "12.5"');

/** Unix milliseconds. */
export const unixMs = z.number().int().min(0).max(8_640_000_000_000_000);
