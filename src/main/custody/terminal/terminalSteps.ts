import type { AnswerOf, StepName, StepOf } from '../../../shared/contract/ceremony.ts';
import { readSecretFile } from '../keypairFile.ts';
import type { SecretBytes } from '../secretBytes.ts';
import { plainText, wordsOf } from '../typedWords.ts';
import { zeroable } from '../zeroable.ts';
import { writePhrase } from './phraseSheet.ts';
import type { TerminalPrompt } from './terminalPrompt.ts';

type Steps = {
  readonly [Name in StepName]: (
    prompt: TerminalPrompt,
    step: StepOf<Name>,
    pause: (ms: number) => Promise<void>,
  ) => Promise<AnswerOf<Name>>;
};

/** How each step of a ceremony looks on a terminal. */
export const TERMINAL_STEPS: Steps = {
  name: (prompt, { suggested }) => prompt.plain('Name of the wallet', suggested),
  async confirmOwner(prompt, { owner, name }) {
    prompt.say(`This key may trade for ${name}, and cannot withdraw. Its account is that of`);
    prompt.say(`  ${owner}`);
    prompt.say('Compare the whole address. Ctrl-C leaves.');
    await chosen(prompt, 'Is it yours? Type yes', ['yes'], null);
    return null;
  },
  words: async (prompt) =>
    (await chosen(prompt, 'How many words, 12 or 24', ['12', '24'])) === '24' ? 24 : 12,
  async showPhrase(prompt, { phrase }) {
    await prompt.once((terminal) => {
      writePhrase(terminal, phrase);
    }, 'Written down, in this order? Press Enter. ');
    return null;
  },
  async confirmWord(prompt, { position, of }) {
    const question = `Word ${position} of ${of} (Enter alone shows the phrase again)`;
    const typed = await prompt.hidden(question, dots);
    if (typed.length > 0) return handedOver(typed);
    typed.dispose();
    return null;
  },
  async source(prompt) {
    prompt.say('1  recovery phrase');
    prompt.say('2  secret key, one long word');
    prompt.say('3  keypair file of the Solana command line');
    const number = await chosen(prompt, 'Where is it from', ['1', '2', '3']);
    return SOURCES[number] ?? 'phrase';
  },
  enterPhrase: async (prompt) =>
    handedOver(await prompt.hidden('Recovery phrase, not shown', (line) => counted(wordCount(line), 'word'))),
  enterSecretKey: async (prompt) =>
    handedOver(await prompt.hidden('Secret key, not shown', (line) => counted(line.length, 'character'))),
  async enterFile(prompt) {
    return handedOver(readSecretFile(await prompt.plain('Path of the keypair file')));
  },
  async choosePlace(prompt, { places }) {
    prompt.say('The wallets of this phrase:');
    for (const [at, { path, address, stored }] of places.entries())
      prompt.say(`${String(at + 1).padStart(3)}  ${address}  ${path}${stored ? '  here already' : ''}`);
    return Number(await prompt.plain('Which one', '1')) - 1;
  },
  async newPassphrase(prompt, { shortest, had }) {
    prompt.say('A passphrase locks the wallet on top of the keychain: each unlocking asks for');
    prompt.say(`it. It has ${shortest} characters or more, and nobody can reset it.`);
    const none = `type ${NONE} to ${had ? 'take it away' : 'do without'}`;
    const passphrase = await chosenPassphrase(prompt, `New passphrase (${none})`);
    if (passphrase === undefined) return null;
    const repeated = await prompt.hidden('The same again', dots);
    return { passphrase: handedOver(passphrase), repeated: handedOver(repeated) };
  },
  async passphrase(prompt, { address, name, waitMs }, pause) {
    if (waitMs !== undefined) await prompt.rest(pause(waitMs));
    return handedOver(await prompt.hidden(`Passphrase of ${name ?? address}`, dots));
  },
  async confirmExport(prompt, { address, word }) {
    prompt.say(`The secret key of ${address} will be`);
    prompt.say(`shown. Whoever sees it has the wallet's money.`);
    return await prompt.plain(`Type ${word} to go on`);
  },
  async showSecretKey(prompt, { secretKey }) {
    await prompt.once((terminal) => {
      terminal.write('The secret key, shown once:\r\n\r\n  ');
      terminal.writeBytes(secretKey);
      terminal.write('\r\n\r\n');
    }, 'Done? Press Enter. ');
    return null;
  },
};

/** What stands for no passphrase. Enter alone doesn't: it may have been pressed twice at the question before. */
const NONE = 'none';

async function chosenPassphrase(
  prompt: TerminalPrompt,
  question: string,
): Promise<SecretBytes<'text'> | undefined> {
  for (;;) {
    const typed = await prompt.hidden(question, dots);
    if (typed.length > 0 && !typed.use(isNone)) return typed;
    const isWithout = typed.length > 0;
    typed.dispose();
    if (isWithout) return undefined;
    prompt.say(`Type a passphrase, or ${NONE}.`);
  }
}

const isNone = (typed: Uint8Array): boolean => Buffer.compare(typed, Buffer.from(NONE, 'ascii')) === 0;

const SOURCES: Readonly<Record<string, AnswerOf<'source'>>> = { 1: 'phrase', 2: 'secretKey', 3: 'file' };

/** One of a few, asked for until it is one of them. */
async function chosen(
  prompt: TerminalPrompt,
  question: string,
  choices: readonly string[],
  fallback: string | null | undefined = choices[0],
): Promise<string> {
  for (;;) {
    const typed = await prompt.plain(question, fallback ?? undefined);
    if (choices.includes(typed)) return typed;
    prompt.say(`Type ${choices.join(' or ')}.`);
  }
}

/** So many fit behind the longest question on a line of 80. */
const MOST_DOTS = 16;
/** Characters of UTF-8: bytes that begin one. */
const characters = (line: Uint8Array): number => line.filter((byte) => (byte & 0xc0) !== 0x80).length;
const dots = (line: Uint8Array): string => '•'.repeat(Math.min(MOST_DOTS, characters(line)));
function wordCount(line: Uint8Array): number {
  using plain = plainText(line);
  return plain.use((text) => wordsOf(text).length);
}
const counted = (count: number, what: string): string =>
  count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`;

/** The bytes of what was typed, which are from now on whoever's who asked for them. */
function handedOver(typed: SecretBytes<'text'>): Uint8Array {
  using given = typed;
  return given.use((bytes) => {
    const copy = zeroable(bytes.length);
    copy.set(bytes);
    return copy;
  });
}
