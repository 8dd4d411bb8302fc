import type { WalletsView, WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import { kindWords, ownerName } from './walletWords.ts';

const KEY_WORDS: Readonly<Record<WalletView['key'], string | undefined>> = {
  protected: 'its key is in the keychain, with a passphrase',
  plain: 'its key is in the keychain, without a passphrase',
  missing: 'KEY MISSING from the keychain: import it again',
  none: undefined,
  unknown: 'its key is not known while the keychain cannot be read',
};

/** The wallets as a person reads them on a terminal. */
export function walletList({ wallets, keychain, error }: WalletsView): string {
  const problem = keychain.error ?? error;
  const trouble = problem === null ? '' : `${problem.code}: ${problem.message}\n`;
  if (wallets.length === 0)
    return `No wallets yet. To make one, or bring yours:\nnpm run -s wallet -- create\nnpm run -s wallet -- import\n${trouble}`;
  return `${wallets.map((wallet) => linesOf(wallet, wallets)).join('')}${trouble}`;
}

function linesOf(wallet: WalletView, all: readonly WalletView[]): string {
  const { address, name, kind, owner, path, active, key } = wallet;
  const asDelegate = kind === 'delegate' && key === 'missing' ? ', with --delegate-of' : '';
  const words = KEY_WORDS[key];
  const about = [words && words + asDelegate, path ?? undefined]
    .filter((part) => part !== undefined)
    .join(' · ');
  const lines = [address, kindWords(kind, ownerName(owner, all)), ...(about === '' ? [] : [about])];
  return `${active ? '*' : ' '} ${name}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}
