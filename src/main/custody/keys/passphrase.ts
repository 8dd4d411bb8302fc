import { AppError } from '../../../shared/contract/appError.ts';
import type { SecretBytes } from '../secretBytes.ts';
import { LONGEST_PASSPHRASE, SHORTEST_PASSPHRASE } from './keys.ts';

/** Unicode's white space (property White_Space), and marks of no width, which nobody sees either; first and last. */
const BLANKS: readonly (readonly [number, number])[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200f],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x2060],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/**
 * Refuses a passphrase that nobody should protect a key with.
 *
 * It is taken byte for byte as it was typed, in UTF-8, and not brought to a Unicode normal form: that takes a string,
 * which nobody could zero. It is entered on the computer that it was set on, where the same keys give the same bytes;
 * keyboards of all three systems give composed letters (only file names on macOS are decomposed).
 *
 * Throws WALLET_INVALID_PASSPHRASE: `details.reason` is empty, blank, short or long. No error has a part of it.
 */
export function refuseUnfit(passphrase: SecretBytes<'text'>): void {
  if (passphrase.length === 0) throw unfit('empty', 'The passphrase is empty.');
  if (passphrase.length > LONGEST_PASSPHRASE) {
    const message = `The passphrase is too long: it may have ${LONGEST_PASSPHRASE} bytes, which are as many plain letters.`;
    throw unfit('long', message, { longest: LONGEST_PASSPHRASE });
  }
  const { characters, isBlank } = passphrase.use(lookedAt);
  if (isBlank) throw unfit('blank', 'The passphrase is nothing but space.');
  if (characters < SHORTEST_PASSPHRASE) {
    const message = `The passphrase is too short: it needs at least ${SHORTEST_PASSPHRASE} characters.`;
    throw unfit('short', message, { shortest: SHORTEST_PASSPHRASE });
  }
}

/** How many characters UTF-8 has, and whether one can be seen. A byte that is no UTF-8 counts as a character. */
function lookedAt(bytes: Uint8Array): { readonly characters: number; readonly isBlank: boolean } {
  let characters = 0;
  let isBlank = true;
  for (let at = 0; at < bytes.length; characters += 1) {
    const [character, length] = characterAt(bytes, at);
    isBlank &&= BLANKS.some(([first, last]) => character >= first && character <= last);
    at += length;
  }
  return { characters, isBlank };
}

/** The character that begins at a byte, and how many bytes it has. Source: RFC 3629, section 3. */
function characterAt(bytes: Uint8Array, at: number): readonly [character: number, length: number] {
  const first = bytes[at] ?? 0;
  const length = lengthBy(first);
  const more = bytes.subarray(at + 1, at + length);
  const isWhole = more.length === length - 1 && more.every((byte) => (byte & 0xc0) === 0x80);
  if (!isWhole) return [first, 1];
  const start = length === 1 ? first : first & (0xff >> (length + 1));
  return [more.reduce((character, byte) => (character << 6) | (byte & 0x3f), start), length];
}

function lengthBy(first: number): number {
  if (first >= 0xf0 && first < 0xf8) return 4;
  if (first >= 0xe0 && first < 0xf0) return 3;
  return first >= 0xc0 && first < 0xe0 ? 2 : 1;
}

function unfit(reason: string, message: string, numbers: Readonly<Record<string, number>> = {}): AppError {
  return new AppError('WALLET_INVALID_PASSPHRASE', message, { reason, ...numbers });
}
