import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import { Panel } from '../../components/Panel.tsx';
import { ownerOf } from './ownerOf.ts';
import type { WalletHands } from './walletHands.ts';
import { WalletRow } from './WalletRow.tsx';
import styles from './Wallet.module.css';

interface WalletListProps {
  readonly view: WalletsView;
  readonly hands: WalletHands;
  readonly connected: boolean;
}

/** All wallets, in the order in which they were added: none moves when another becomes active. */
export function WalletList({ view: { wallets }, hands, connected }: WalletListProps) {
  return (
    <Panel title="Wallets" aside={wallets.length === 1 ? 'one' : `${wallets.length}`} flush>
      <ul className={styles.list}>
        {wallets.map((wallet) => (
          <WalletRow
            key={wallet.address}
            wallet={wallet}
            owner={ownerOf(wallet, wallets)}
            hands={hands}
            connected={connected}
          />
        ))}
      </ul>
    </Panel>
  );
}
