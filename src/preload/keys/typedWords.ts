/** The lengths that a recovery phrase may have. */
export const PHRASE_LENGTHS = [12, 15, 18, 21, 24] as const;
export type PhraseLength = (typeof PHRASE_LENGTHS)[number];

/** `1.`, `2)` or `3:`, as a list that was copied has them. */
const NUMBER = /^\d{1,2}[.):]?$/;

/** The words of a text that was typed or pasted, without the numbers of a list. */
export const wordsIn = (text: string): readonly string[] =>
  text.split(/\s+/).filter((word) => word !== '' && !NUMBER.test(word));

/** The shortest phrase that has room for so many words. */
export const lengthFor = (count: number): PhraseLength =>
  PHRASE_LENGTHS.find((length) => length >= count) ?? 24;
