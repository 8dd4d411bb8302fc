import { Panel } from '../../components/Panel.tsx';
import { WalletKind } from '../../components/WalletKind.tsx';
import styles from './Wallet.module.css';
import { DELEGATE_ADVICE } from './walletWords.ts';

/** Why a delegate, where somebody chooses. */
export function DelegatePanel() {
  return (
    <Panel title="Which key for the engine?">
      <div className={styles.keychain}>
        <p>{DELEGATE_ADVICE}</p>
        <WalletKind kind="owner" />
        <WalletKind kind="delegate" />
        <p className={styles.dim}>
          It trades once its owner’s account on the venue has named it as its delegate; the owner can take
          that back.
        </p>
      </div>
    </Panel>
  );
}
