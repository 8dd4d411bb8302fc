/** From here on a passphrase of words that were drawn by chance is beyond anybody's reach. */
const LONG = 20;
const MIDDLING = 12;

export interface PassphraseWords {
  readonly level: 'short' | 'weak' | 'middling' | 'long';
  readonly sentence: string;
}

/**
 * What can be said of a passphrase without knowing how it was chosen: its length, and whether it is of one kind only.
 * @param shortest the shortest that is taken, in characters
 */
export function passphraseWords(passphrase: string, shortest: number): PassphraseWords {
  const characters = Array.from(passphrase);
  const missing = shortest - characters.length;
  if (missing > 0)
    return {
      level: 'short',
      sentence: `At least ${shortest} characters: ${missing} more.`,
    };
  if (new Set(characters).size <= 4 || /^\d+$/.test(passphrase))
    return { level: 'weak', sentence: 'Weak: so few different characters are tried first.' };
  if (characters.length < MIDDLING)
    return {
      level: 'weak',
      sentence:
        'Weak against somebody who copies your keychain. Four or more words drawn by chance are far better.',
    };
  if (characters.length < LONG)
    return {
      level: 'middling',
      sentence: 'Middling. A few more words make it strong, if they are no saying that others know.',
    };
  return { level: 'long', sentence: 'Long. It is strong if nobody can guess it from knowing you.' };
}
