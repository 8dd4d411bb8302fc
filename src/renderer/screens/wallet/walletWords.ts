import type { WalletsView, WalletView } from '../../../shared/contract/commands/walletCommands.ts';

export type Lock = WalletsView['lock'];

/** What the lock of the active wallet is called. */
export const LOCK_WORDS: Readonly<Record<Lock, string>> = {
  unlocked: 'Unlocked',
  locked: 'Locked',
  watchOnly: 'Watch-only',
  none: 'No wallet is active',
  unavailable: 'Unavailable',
};

/** What the lock means, in a sentence or two. @param key of the active wallet; undefined where none is active */
export function lockMeaning(lock: Lock, key: WalletView['key'] | undefined, store: string): string {
  switch (lock) {
    case 'unlocked':
      return key === 'plain'
        ? 'The program can sign trades with its key. It has no passphrase, so it is unlocked whenever the program starts; with one it would lock by itself.'
        : key === 'missing'
          ? `The program still has its key, but the ${store} no longer does: once it is locked, or the program ends, nothing can be signed. Have its recovery phrase or a copy of its key ready, to import it again.`
          : 'The program can sign trades with its key. It locks by itself when the computer sleeps, and when it has signed nothing for as long as the settings say.';
    case 'locked':
      return 'Nothing is signed with its key until it is unlocked. What it holds stays where it is.';
    case 'watchOnly':
      return 'Its key is not here. It can be looked at, and nothing can be signed for it.';
    case 'none':
      return 'Nothing can be signed. Make one of your wallets active.';
    case 'unavailable':
      return key === 'missing'
        ? `The ${store} has no key for it, so nothing can be signed. What it holds stays where it is. Import it again to bring the key back; the wallet keeps its name.`
        : 'Its key cannot be reached, so nothing can be signed. What it holds stays where it is. Why, and what to do, stands above.';
  }
}

/** How a wallet's key is kept. Which keychain that is stands beside it. */
export function keyWords(key: WalletView['key']): string {
  switch (key) {
    case 'protected':
      return 'in the keychain, with a passphrase';
    case 'plain':
      return 'in the keychain, without a passphrase';
    case 'missing':
      return 'missing from the keychain';
    case 'none':
      return 'not here';
    case 'unknown':
      return 'not known: the keychain can’t be read';
  }
}

/** Where in a phrase a wallet stands, for those that have a key. */
export const pathWords = ({ kind, path }: WalletView): string | null =>
  kind === 'watch' ? null : (path ?? 'no phrase: a key by itself');

/** Why a delegate is what the engine should have. */
export const DELEGATE_ADVICE =
  'Let the engine trade with a delegate: whoever steals its key can’t withdraw your money. They can lose it in bad trades, until you take the right to trade away.';

/** What is lost with a wallet that is removed, sentence by sentence. */
export function removalWords({ kind, key, path, active }: WalletView, store: string): readonly string[] {
  if (kind === 'watch')
    return [
      'The address is forgotten here, and nothing else: there is no key of it, and what it holds stays where it is.',
      ...(active ? [NONE_ACTIVE] : []),
    ];
  const back = path === null ? 'a copy of its secret key' : 'its recovery phrase';
  const gone =
    kind === 'delegate'
      ? `Its owner’s account is not touched. But without ${back}, what the delegate’s own address holds is gone for good.`
      : `Without ${back}, the money at its address is gone for good.`;
  return [
    key === 'missing'
      ? `The ${store} has no key for it, so none is destroyed: only its name and address are forgotten.`
      : `Its key is destroyed: it goes from the ${store}, for every data folder that uses it, and this program has it nowhere else.`,
    gone,
    ...(active ? [NONE_ACTIVE] : []),
  ];
}

const NONE_ACTIVE = 'It is the active wallet: afterwards none is active, and nothing can be signed.';
