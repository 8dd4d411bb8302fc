import type { WalletRecord } from '../../domain/wallet.ts';

/** What a wallet is, and what it may. @param owner whose account a delegate trades */
export function kindWords(kind: WalletRecord['kind'], owner: string): string {
  switch (kind) {
    case 'owner':
      return 'Owner: may withdraw';
    case 'delegate':
      return `Trading delegate of ${owner}: may trade, cannot withdraw`;
    case 'watch':
      return 'Watch-only: no key here';
  }
}

/** The name of an owner where that wallet is known here; else its address. */
export const ownerName = (owner: string, all: readonly Pick<WalletRecord, 'address' | 'name'>[]): string =>
  all.find(({ address }) => address === owner)?.name ?? owner;

/** What is lost with a wallet that is removed, line by line. */
export function removalWords({ address, name, kind, path }: WalletRecord): readonly string[] {
  const which = `  ${address}`;
  if (kind === 'watch') return [`${name} is only watched: it is forgotten, and nothing else happens.`, which];
  const back =
    path === null ? 'Without a copy of the key' : 'Without its recovery phrase or a copy of the key';
  return [
    `The key of ${name} is taken out of the keychain.`,
    which,
    'Every data folder that uses this key loses it.',
    ...(kind === 'delegate'
      ? [`${back}, what its own address holds is lost for good.`, "Its owner's account is not touched."]
      : [`${back}, its money is lost for good.`]),
  ];
}
