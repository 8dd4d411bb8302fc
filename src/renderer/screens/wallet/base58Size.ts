/** Bitcoin's base58 alphabet, which Solana uses: no 0, O, I and l. */
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE = BigInt(ALPHABET.length);

/** How many bytes a base58 text stands for; undefined where a character of it is no base58 digit. */
export function base58Size(text: string): number | undefined {
  let number = 0n;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit === -1) return undefined;
    number = number * BASE + BigInt(digit);
  }
  // Each leading zero byte is written as a digit of its own.
  const zeros = /^1*/.exec(text)?.[0].length ?? 0;
  return zeros + (number === 0n ? 0 : Math.ceil(number.toString(16).length / 2));
}

/** The first character that base58 has no digit for. */
export const foreignTo58 = (text: string): string | undefined =>
  Array.from(text).find((character) => !ALPHABET.includes(character));
