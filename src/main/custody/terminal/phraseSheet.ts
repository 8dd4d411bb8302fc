import { wordsOf } from '../typedWords.ts';
import type { Terminal } from './terminal.ts';

const COLUMNS = 3;
/** The longest word has 8 letters. */
const WIDTH = 10;

/** Writes a phrase out in numbered columns, read from top to bottom, without making text of a word. */
export function writePhrase(terminal: Terminal, phrase: Uint8Array): void {
  const words = wordsOf(phrase);
  const rows = Math.ceil(words.length / COLUMNS);
  terminal.write('Your recovery phrase, shown once.\r\n\r\n');
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const at = column * rows + row;
      const word = words[at];
      if (word === undefined) continue;
      terminal.write(`  ${String(at + 1).padStart(2)}  `);
      terminal.writeBytes(word);
      terminal.write(' '.repeat(WIDTH - word.length));
    }
    terminal.write('\r\n');
  }
  terminal.write('\r\nWrite the words on paper, in this order, and keep them where nobody else looks.\r\n');
  terminal.write('Whoever has them has the money; without them a lost computer is a lost wallet.\r\n\r\n');
}
