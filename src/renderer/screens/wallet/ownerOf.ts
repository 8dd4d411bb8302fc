import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import type { WalletKindProps } from '../../components/WalletKind.tsx';

/** Whose account a delegate trades, for the eye; undefined for a wallet that is its own owner. */
export const ownerOf = (
  { kind, owner }: WalletView,
  wallets: readonly WalletView[],
): WalletKindProps['owner'] =>
  kind === 'delegate'
    ? { address: owner, name: wallets.find(({ address }) => address === owner)?.name }
    : undefined;
