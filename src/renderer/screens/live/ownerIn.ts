import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import type { GoLiveDraft } from './goLiveSteps.ts';

/** Whose account is traded, or watched: trading is always with the active wallet. Null while nobody's. */
export function ownerIn(
  { purpose, watched }: Pick<GoLiveDraft, 'purpose' | 'watched'>,
  wallets: WalletsView | undefined,
): string | null {
  if (purpose === 'monitoring') return watched;
  const active = wallets?.wallets.find((wallet) => wallet.active);
  return active === undefined || active.kind === 'watch' ? null : active.owner;
}
