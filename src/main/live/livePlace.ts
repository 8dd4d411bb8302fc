import type { VaultName } from '../storage/vaultRepository.ts';

/** What a live engine trades: one sub-account of one owner. */
export interface LivePlace {
  /** Address of the wallet whose account it is. */
  readonly owner: string;
  readonly subAccount: number;
}

const VENUE = 'drift';

/** The vault of a place. Two wallets have a sub-account 0 each, so that its owner belongs to the venue's name in it. */
export const liveVaultOf = ({ owner, subAccount }: LivePlace): VaultName => ({
  engine: 'funding',
  venue: `${VENUE}/${owner}`,
  subAccount,
  mode: 'live',
});

/** The place of a vault; undefined for one on paper. */
export function placeOf({ venue, subAccount, mode }: VaultName): LivePlace | undefined {
  const [name, owner] = venue.split('/');
  return mode === 'live' && name === VENUE && owner !== undefined ? { owner, subAccount } : undefined;
}
