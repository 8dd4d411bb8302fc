/** Longest name of a wallet, in characters. */
const LONGEST = 40;

/** Why a wallet can't be called so, in a sentence; undefined where it can. @param taken the names of the others */
export function walletNameProblem(name: string, taken: readonly string[]): string | undefined {
  if (name !== name.trim() || name === '')
    return 'A wallet needs a name, without spaces before or behind it.';
  if (Array.from(name).length > LONGEST) return `A name has at most ${LONGEST} characters.`;
  // Control, formatting and private characters can make one name look like another.
  if (/\p{C}/u.test(name))
    return 'A name has letters, digits, spaces and signs, and nothing that cannot be seen.';
  if (taken.some((other) => other.toLowerCase() === name.toLowerCase()))
    return 'Another wallet has that name already.';
  return undefined;
}

/** A name that nobody has: the one that is proposed, or that with a number. */
export function freeWalletName(proposed: string, taken: readonly string[]): string {
  const others = new Set(taken.map((name) => name.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const tail = number === 1 ? '' : ` ${number}`;
    const name =
      Array.from(proposed)
        .slice(0, LONGEST - tail.length)
        .join('')
        .trimEnd() + tail;
    if (!others.has(name.toLowerCase())) return name;
  }
}
