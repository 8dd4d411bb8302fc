import { createHash } from 'node:crypto';
import { SecretBytes } from './secretBytes.ts';

/** Lengths that BIP-39 knows. Wallets make 12 and 24; the others are read all the same. */
export const PHRASE_LENGTHS: readonly number[] = [12, 15, 18, 21, 24];

const WORD_BITS = 11;
const WORD_MASK = 0x7ff;
/** Three words hold 32 bits of entropy and one of checksum. */
const WORDS_PER_CHECK_BIT = 3;
const ENTROPY_BYTES_PER_CHECK_BIT = 4;

export const entropyBytes = (words: number): number =>
  (words / WORDS_PER_CHECK_BIT) * ENTROPY_BYTES_PER_CHECK_BIT;
export const wordCount = (entropyBytes: number): number =>
  (entropyBytes / ENTROPY_BYTES_PER_CHECK_BIT) * WORDS_PER_CHECK_BIT;

/**
 * Hands out the number of each word in turn, from entropy and its checksum.
 * Source: BIP-39, "Generating the mnemonic".
 */
export function eachNumber(entropy: SecretBytes<'entropy'>, take: (number: number) => void): void {
  const words = wordCount(entropy.length);
  if (!PHRASE_LENGTHS.includes(words))
    throw new RangeError(`no phrase has ${entropy.length} bytes of entropy`);
  using bits = entropy.use(
    (bytes) =>
      new SecretBytes('entropy', bytes.length + 1, (room) => {
        room.set(bytes);
        room[bytes.length] = checksum(bytes);
      }),
  );
  bits.use((held) => {
    for (let word = 0; word < words; word += 1) {
      const { byte, shift } = placeOf(word);
      const window = ((held[byte] ?? 0) << 16) | ((held[byte + 1] ?? 0) << 8) | (held[byte + 2] ?? 0);
      take((window >> shift) & WORD_MASK);
    }
  });
}

/** The entropy of a phrase's words; undefined where its checksum is wrong. @param numbers of the words */
export function entropyOfNumbers(numbers: Uint16Array): SecretBytes<'entropy'> | undefined {
  using bits = new SecretBytes('entropy', entropyBytes(numbers.length) + 1, (held) => {
    numbers.forEach((number, word) => {
      const { byte, shift } = placeOf(word);
      // The last window reaches past the end with bits that are zero; an array drops what is written there.
      [16, 8, 0].forEach((down, next) => {
        held[byte + next] = (held[byte + next] ?? 0) | (((number << shift) >> down) & 0xff);
      });
    });
  });
  return bits.use((held) => {
    const bytes = held.subarray(0, -1);
    if (held.at(-1) !== checksum(bytes)) return undefined;
    return new SecretBytes('entropy', bytes.length, (room) => room.set(bytes));
  });
}

/** Where a word's 11 bits begin, and how far they stand from the right in the three bytes from there on. */
function placeOf(word: number): { readonly byte: number; readonly shift: number } {
  const first = word * WORD_BITS;
  return { byte: first >> 3, shift: 24 - WORD_BITS - (first & 7) };
}

/** The first bits of the entropy's SHA-256, one for each four bytes, on the left of a byte. */
function checksum(entropy: Uint8Array): number {
  const digest = createHash('sha256').update(entropy).digest();
  const spare = 8 - entropy.length / ENTROPY_BYTES_PER_CHECK_BIT;
  const bits = ((digest[0] ?? 0) >> spare) << spare;
  digest.fill(0);
  return bits;
}
