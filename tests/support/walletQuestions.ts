import { ENTER, type PseudoTerminal } from './pseudoTerminal.ts';

/** What `wallet` asks on a terminal. */
export const ASKED = {
  owner: /Is it yours\? Type yes: /,
  words: /How many words, 12 or 24 \[12\]: /,
  written: /Written down, in this order\? Press Enter\. /,
  word: /Word (\d+) of \d+ \(Enter alone shows the phrase again\): /,
  source: /Where is it from \[1\]: /,
  phrase: /Recovery phrase, not shown: /,
  secretKey: /Secret key, not shown: /,
  file: /Path of the keypair file: /,
  place: /Which one \[1\]: /,
  name: /Name of the wallet \[(.*)\]: /,
  newPassphrase: /New passphrase \(type none [^)]*\): /,
  repeated: /The same again: /,
  passphrase: /Passphrase of [\w ]+: /,
  exporting: /Type EXPORT to go on: /,
  shown: /Done\? Press Enter\. /,
  removing: /Type the wallet's name, .*, to remove it: /,
} as const;

/** The phrase that stands on the screen, read as its columns are numbered. */
export async function phraseShownOn(terminal: PseudoTerminal): Promise<string> {
  await terminal.asks(ASKED.written);
  const sheet = terminal.shown.slice(terminal.shown.lastIndexOf('Your recovery phrase'));
  const words = [...sheet.matchAll(/(\d+) {2}([a-z]+)/g)].map(([, at, word]) => [Number(at), word] as const);
  return words
    .toSorted(([one], [other]) => one - other)
    .map(([, word]) => word)
    .join(' ');
}

/** Types the word of a phrase that is asked for now. */
export async function answerWord(terminal: PseudoTerminal, phrase: string): Promise<number> {
  const [, at = ''] = await terminal.asks(ASKED.word);
  terminal.type(`${phrase.split(' ')[Number(at) - 1] ?? ''}${ENTER}`);
  return Number(at);
}

/** Reads the phrase, and types the three words that are asked for. */
export async function confirmPhrase(terminal: PseudoTerminal): Promise<string> {
  const phrase = await phraseShownOn(terminal);
  terminal.type(ENTER);
  for (let word = 0; word < 3; word += 1) await answerWord(terminal, phrase);
  return phrase;
}

/** A passphrase, and the same again; none where it is empty. */
export async function setPassphrase(terminal: PseudoTerminal, passphrase: string): Promise<void> {
  await terminal.answers(ASKED.newPassphrase, passphrase === '' ? 'none' : passphrase);
  if (passphrase !== '') await terminal.answers(ASKED.repeated, passphrase);
}
