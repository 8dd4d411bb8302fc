import type { WalletsView, WalletView } from '../../../shared/contract/commands/walletCommands.ts';

export const KIND_WORDS: Readonly<Record<WalletView['kind'], string>> = {
  owner: 'Owner: may withdraw',
  delegate: 'Trading delegate: may trade, cannot withdraw',
  watch: 'Watch-only: no key here',
};

const KEY_WORDS: Readonly<Record<WalletView['key'], string>> = {
  protected: 'keychain and passphrase',
  plain: 'keychain',
  missing: 'KEY MISSING',
  none: '',
  unknown: 'not known while the keychain cannot be read',
};

/** The wallets as a person reads them on a terminal. */
export function walletList({ wallets, keychain, error }: WalletsView): string {
  const problem = keychain.error ?? error;
  const trouble = problem === null ? '' : `${problem.code}: ${problem.message}\n`;
  if (wallets.length === 0)
    return `No wallets yet: wallet create makes one, wallet import brings one.\n${trouble}`;
  return `${wallets.map(linesOf).join('')}${trouble}`;
}

function linesOf({ address, name, kind, owner, path, active, key }: WalletView): string {
  const whose = kind === 'delegate' ? ` for ${owner}` : '';
  const about = [`${KIND_WORDS[kind]}${whose}`, KEY_WORDS[key], path ?? ''].filter((part) => part !== '');
  return `${active ? '*' : ' '} ${name}\n    ${address}\n    ${about.join(' · ')}\n`;
}
