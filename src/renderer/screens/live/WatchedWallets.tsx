import type { WalletView } from '../../../shared/contract/commands/walletCommands.ts';
import { WalletAddress } from '../../components/WalletAddress.tsx';
import { ChoiceCard } from './ChoiceCard.tsx';
import styles from './WalletStep.module.css';

interface WatchedWalletsProps {
  readonly wallets: readonly WalletView[];
  /** The owner that is watched; null before one was chosen. */
  readonly watched: string | null;
  readonly onWatch: (owner: string) => void;
}

/** The accounts of the wallets that are known here, to look at. A delegate has none: its owner has. */
export function WatchedWallets({ wallets, watched, onWatch }: WatchedWalletsProps) {
  const owners = wallets.filter(({ kind }) => kind !== 'delegate');
  if (owners.length === 0) return null;
  return (
    <div className={styles.list} role="radiogroup" aria-label="Whose account">
      <h3>Whose account?</h3>
      {owners.map(({ address, name }) => (
        <ChoiceCard
          key={address}
          name="watched"
          label={name}
          checked={watched === address}
          onChoose={() => onWatch(address)}
        >
          <WalletAddress address={address} />
        </ChoiceCard>
      ))}
    </div>
  );
}
