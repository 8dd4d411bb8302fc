import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import type { SecretTask } from './secretTask.ts';

interface SheetWords {
  readonly title: string;
  readonly text: string;
}

/** What is done on the terminal: its name, and what will happen there. */
export function sheetWords(task: SecretTask): SheetWords {
  const words = SHEET_WORDS[task.kind];
  const isDelegate = 'delegateOf' in task && task.delegateOf !== undefined;
  return isDelegate ? { ...words, title: words.title.replace('a wallet', 'a trading delegate') } : words;
}

const SHEET_WORDS: Readonly<Record<SecretTask['kind'], SheetWords>> = {
  create: {
    title: 'Create a wallet on the terminal',
    text: 'A recovery phrase is shown there once, and some of its words are asked for, so that you have it on paper.',
  },
  import: {
    title: 'Import a wallet on the terminal',
    text: 'By its recovery phrase, its secret key, or a keypair file. What you type there is not shown.',
  },
  unlock: {
    title: 'Unlock on the terminal',
    text: 'The passphrase is asked for there when the program starts.',
  },
  passphrase: {
    title: 'Passphrase, on the terminal',
    text: 'There a passphrase is set, changed or taken away. It protects the key also from whoever can open your keychain.',
  },
  remove: {
    title: 'Remove on the terminal',
    text: 'Its key is destroyed there, for every data folder that uses it, once its name was typed. Without its recovery phrase, or another copy of the key, its money is lost for good.',
  },
  export: {
    title: 'Export a key, on the terminal only',
    text: 'The secret key is shown there once, after a typed confirmation, and nowhere else: no window of this app shows it. Whoever sees it owns the wallet.',
  },
};

/** What has to be known before a line is typed. @param secrets in a window: then the program is an app of its own */
export const howToRun = (secrets: WalletsView['secrets']): string =>
  `${secrets === 'window' ? 'Quit this app' : 'Stop this program with Ctrl+C'} first: only one at a time can use its data folder. If it was started with --data-dir, add the same to the line.`;
