import { SecretBytes } from './secretBytes.ts';

const SPACE = 0x20;
/** Tab, line feed, vertical tab, form feed, carriage return. */
const [FIRST_BREAK, LAST_BREAK] = [0x09, 0x0d];
const [CAPITAL_A, CAPITAL_Z] = [0x41, 0x5a];
const TO_SMALL = 0x20;
const ASCII_END = 0x80;

const isGap = (byte: number): boolean => byte === SPACE || (byte >= FIRST_BREAK && byte <= LAST_BREAK);

/** What was typed with small letters, and everything between words a space. */
export function plainText(typed: Uint8Array): SecretBytes<'text'> {
  return new SecretBytes('text', typed.length, (plain) => {
    typed.forEach((byte, at) => {
      const isCapital = byte >= CAPITAL_A && byte <= CAPITAL_Z;
      if (isGap(byte)) plain[at] = SPACE;
      else plain[at] = isCapital ? byte + TO_SMALL : byte;
    });
  });
}

/** The words of a plain text, as views into it. */
export function wordsOf(plain: Uint8Array): readonly Uint8Array[] {
  const words: Uint8Array[] = [];
  for (let start = 0; start < plain.length;) {
    const gap = plain.indexOf(SPACE, start);
    const end = gap === -1 ? plain.length : gap;
    if (end > start) words.push(plain.subarray(start, end));
    start = end + 1;
  }
  return words;
}

/** The place of the first word with a character beyond ASCII, from 0; -1 where there is none. */
export const foreignWord = (words: readonly Uint8Array[]): number =>
  words.findIndex((word) => word.some((byte) => byte >= ASCII_END));
