import type { SettingView } from '../../../shared/contract/commands/appCommands.ts';
import { spanWords } from '../../../shared/words/durationWords.ts';

/** Numbers in a text with their thousands apart: "0 to 86,400,000". What is behind a point stays as it is. */
export const grouped = (text: string): string =>
  text.replace(/(?<![\d.])\d{4,}/g, (digits) => digits.replace(/\B(?=(?:\d{3})+$)/g, ','));

/** Milliseconds as a length of time that one can imagine: "30 min", "250 ms". */
export const lengthWords = (ms: string): string =>
  Number(ms) > 0 && Number(ms) < 1_000 ? `${ms} ms` : spanWords(Number(ms));

/** The allowed values in words: "0.01 to 50 %", "on or off", "a whole number, 0 to 86,400,000 ms (0 s to 1 d)". */
export function allowedWords({ input, range, unit }: SettingView): string {
  const whole = input.kind === 'number' && input.decimals === 0 ? 'a whole number, ' : '';
  const lengths = unit === 'ms' ? ` (${range.replace(/\d+/g, lengthWords)})` : '';
  return `${whole}${grouped(range)}${unit === '' ? '' : ` ${unit}`}${lengths}`;
}

/** How many changes wait to be saved, and how many of them can't be: "2 changes are not saved yet." */
export function unsavedWords(count: number, wrong: number): string {
  const waiting = count === 1 ? 'One change is not saved yet' : `${count} changes are not saved yet`;
  if (wrong === 0) return `${waiting}.`;
  if (count === 1) return `${waiting}: it has to be corrected first.`;
  const which = wrong === count ? `all ${wrong}` : wrong === 1 ? 'one' : String(wrong);
  return `${waiting}: ${which} of them ${wrong === 1 ? 'has' : 'have'} to be corrected first.`;
}
