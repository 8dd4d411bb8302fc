import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { WalletAddress } from '../../components/WalletAddress.tsx';
import { WalletKind } from '../../components/WalletKind.tsx';
import { LockAction } from './LockAction.tsx';
import { LOCK_LOOKS } from './lockLook.ts';
import { ownerOf } from './ownerOf.ts';
import type { WalletHands } from './walletHands.ts';
import { LOCK_WORDS, lockMeaning } from './walletWords.ts';
import styles from './LockPanel.module.css';

export interface LockPanelProps {
  readonly view: WalletsView;
  readonly hands: WalletHands;
  /** Whether the program is there: without it, a lock is only what it was. */
  readonly connected: boolean;
}

/** Which wallet is active, and whether anything can be signed with it: the first thing to know. */
export function LockPanel({ view, hands, connected }: LockPanelProps) {
  const active = view.wallets.find((wallet) => wallet.active);
  const { Icon, role } = LOCK_LOOKS[view.lock];
  const word = LOCK_WORDS[view.lock];
  return (
    <section className={styles.panel} aria-label="Active wallet">
      {active === undefined ? null : (
        <div className={styles.wallet}>
          <span className={styles.label}>Active wallet</span>
          <h2 className={styles.name}>{active.name}</h2>
          <WalletKind kind={active.kind} owner={ownerOf(active, view.wallets)} />
          <span className={styles.address}>
            <WalletAddress address={active.address} />
            <CopyButton text={active.address} about={`the address of ${active.name}`} />
          </span>
          <span className={styles.label}>Paper trades don’t use it. Live trades are signed with it.</span>
        </div>
      )}
      <div className={styles.lock} data-role={connected ? role : undefined}>
        <span className={styles.sign}>
          <Icon size={26} stroke={1.7} aria-hidden />
        </span>
        <div className={styles.words}>
          <p className={styles.state} role="status">
            {connected ? word : `${word}, when last heard`}
          </p>
          <p className={styles.meaning}>{lockMeaning(view.lock, active?.key, view.keychain.store)}</p>
          <LockAction view={view} hands={hands} connected={connected} />
        </div>
      </div>
    </section>
  );
}
