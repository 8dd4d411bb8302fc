import { zeroable } from './zeroable.ts';

/** Bitcoin's base58 alphabet, which Solana uses: no 0, O, I, l. */
const ALPHABET = Buffer.from('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz', 'ascii');
const ZERO_DIGIT = ALPHABET.readUInt8(0);
const NO_DIGIT = 0xff;
const DIGIT_OF = digitsByCharacter();

/** The longest text for so many bytes: log 256 ÷ log 58 characters a byte. */
export const base58Length = (bytes: number): number => Math.ceil((bytes * Math.log(256)) / Math.log(58));

/**
 * Base58 of bytes, as ASCII. From bytes to bytes, not to a string, because a string of a secret can't be zeroed; the
 * caller zeroes the result where it is one.
 */
export function base58Encode(bytes: Uint8Array): Uint8Array {
  const zeros = leading(bytes, 0);
  const digits = rebased(bytes.subarray(zeros), 256, 58, base58Length(bytes.length - zeros));
  const skipped = leading(digits, 0);
  const text = zeroable(zeros + digits.length - skipped).fill(ZERO_DIGIT);
  for (let at = skipped; at < digits.length; at += 1)
    text[zeros + at - skipped] = ALPHABET[digits[at] ?? 0] ?? ZERO_DIGIT;
  digits.fill(0);
  return text;
}

/** The bytes of a base58 text in ASCII; undefined where it has a character that is no base58 digit. */
export function base58Decode(text: Uint8Array): Uint8Array | undefined {
  const zeros = leading(text, ZERO_DIGIT);
  const digits = zeroable(text.length - zeros);
  let isBase58 = true;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = DIGIT_OF[text[zeros + at] ?? 0] ?? NO_DIGIT;
    if (digit === NO_DIGIT) isBase58 = false;
    digits[at] = digit;
  }
  const number = isBase58 ? rebased(digits, 58, 256, digits.length) : new Uint8Array();
  digits.fill(0);
  if (!isBase58) return undefined;
  const skipped = leading(number, 0);
  const bytes = zeroable(zeros + number.length - skipped);
  bytes.set(number.subarray(skipped), zeros);
  number.fill(0);
  return bytes;
}

/** The digits of a whole number in another base, most significant first, with zeros in front up to `length`. */
function rebased(digits: Uint8Array, from: number, to: number, length: number): Uint8Array {
  const result = zeroable(length);
  for (const digit of digits) {
    let carry = digit;
    for (let at = length - 1; at >= 0; at -= 1) {
      carry += (result[at] ?? 0) * from;
      result[at] = carry % to;
      carry = Math.floor(carry / to);
    }
  }
  return result;
}

/** How many of the first bytes are `byte`. */
function leading(bytes: Uint8Array, byte: number): number {
  const end = bytes.findIndex((one) => one !== byte);
  return end === -1 ? bytes.length : end;
}

function digitsByCharacter(): Uint8Array {
  const digits = new Uint8Array(256).fill(NO_DIGIT);
  ALPHABET.forEach((character, digit) => {
    digits[character] = digit;
  });
  return digits;
}
