import type { TradePlace } from '../domain/confirmation.ts';
import type { VaultName } from '../storage/vaultRepository.ts';

/** What is traded on one network is nothing on another: devnet's SOL is worth nothing. */
export type NetworkName = 'mainnet' | 'devnet' | 'local';

/** What a live engine trades: one sub-account of one owner, on one network. */
export interface LivePlace {
  readonly network: NetworkName;
  /** Address of the wallet whose account it is. */
  readonly owner: string;
  readonly subAccount: number;
}

/** Drift by network, as vaults and confirmations name it: none of one network is ever taken for another's. */
const VENUES: Readonly<Record<NetworkName, string>> = {
  mainnet: 'drift',
  devnet: 'drift-devnet',
  local: 'drift-local',
};

/** The vault of a place. Two wallets have a sub-account 0 each, so that its owner belongs to the venue's name in it. */
export const liveVaultOf = ({ network, owner, subAccount }: LivePlace): VaultName => ({
  engine: 'funding',
  venue: `${VENUES[network]}/${owner}`,
  subAccount,
  mode: 'live',
});

/** The place of a vault; undefined for one on paper. */
export function placeOf({ venue, subAccount, mode }: VaultName): LivePlace | undefined {
  const [name, owner] = venue.split('/');
  const network = NETWORKS.find((one) => VENUES[one] === name);
  return mode === 'live' && network !== undefined && owner !== undefined
    ? { network, owner, subAccount }
    : undefined;
}

const NETWORKS = Object.keys(VENUES) as readonly NetworkName[];

/** Where a trade is made, as it is confirmed. */
export const tradePlaceOf = ({ network, owner, subAccount }: LivePlace): TradePlace => ({
  venue: VENUES[network],
  owner,
  subAccount,
});
