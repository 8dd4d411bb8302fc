const SPACES = new Set([0x20, 0x09, 0x0a, 0x0d]);
const [OPEN, COMMA, CLOSE] = [0x5b, 0x2c, 0x5d];
const [ZERO, NINE] = [0x30, 0x39];
const LARGEST_BYTE = 255;

/**
 * Writes the numbers of a JSON list into bytes, as far as there is room. Not JSON.parse: that would leave the secret
 * behind in a string and a list of numbers, which nobody can zero.
 * @returns how many numbers the list has; undefined where the text is no JSON list of numbers from 0 to 255
 */
export function parseBytes(text: Uint8Array, into: Uint8Array): number | undefined {
  let at = 0;
  const skipSpaces = (): void => {
    while (SPACES.has(text[at] ?? 0)) at += 1;
  };
  /** Steps over a character, and the spaces around it, when it stands there. */
  const take = (character: number): boolean => {
    skipSpaces();
    if (text[at] !== character) return false;
    at += 1;
    skipSpaces();
    return true;
  };
  const takeByte = (): number | undefined => {
    const start = at;
    let number = 0;
    for (let digit = text[at]; digit !== undefined && digit >= ZERO && digit <= NINE; digit = text[at]) {
      number = number * 10 + (digit - ZERO);
      if (number > LARGEST_BYTE) return undefined;
      at += 1;
    }
    const hasLeadingZero = at - start > 1 && text[start] === ZERO;
    return at === start || hasLeadingZero ? undefined : number;
  };

  if (!take(OPEN)) return undefined;
  let count = 0;
  if (!take(CLOSE)) {
    do {
      const byte = takeByte();
      if (byte === undefined) return undefined;
      into[count] = byte;
      count += 1;
    } while (take(COMMA));
    if (!take(CLOSE)) return undefined;
  }
  return at === text.length ? count : undefined;
}
