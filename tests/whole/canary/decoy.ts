import { phraseOf } from '../../support/walletSecrets.ts';
import { formsOfPhrase } from './forms.ts';

const phrase = phraseOf('a decoy that is nobody’s, and that is put everywhere');
const words = phrase.split(' ');

/** A secret of nobody's, which is put wherever a search looks. */
export const DECOY = { phrase, forms: formsOfPhrase('the decoy', phrase) };

/** Names of wallets that are three of its words each, so that it comes wherever a name comes. */
export const DECOY_NAMES = words.slice(2).map((_, at) => words.slice(at, at + 3).join(' ')) as [
  string,
  string,
  string,
  string,
  string,
];
