import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Tag } from '../../components/Tag.tsx';
import { WalletAddress } from '../../components/WalletAddress.tsx';
import { WalletKind } from '../../components/WalletKind.tsx';
import { useConnectionKind } from '../../live/liveStore.ts';
import { useUnderWay } from '../../shell/acts.ts';
import { LockAction } from '../wallet/LockAction.tsx';
import { ownerOf } from '../wallet/ownerOf.ts';
import { activating, useWalletActs } from '../wallet/useWalletActs.ts';
import { useWalletHands } from '../wallet/useWalletHands.ts';
import { lockMeaning, LOCK_WORDS } from '../wallet/walletWords.ts';
import { WalletDialogs } from '../wallet/WalletDialogs.tsx';
import styles from './WalletStep.module.css';

type Wallet = WalletsView['wallets'][number];

/** The wallets that can sign, which of them is active, and what its lock says. */
export function SigningWallets({ view }: { readonly view: WalletsView }) {
  const connected = useConnectionKind() === 'open';
  const { hands, dialogs, close } = useWalletHands(view.secrets);
  const active = view.wallets.find((wallet) => wallet.active);
  const needsUnlock = active !== undefined && active.kind !== 'watch' && view.lock !== 'unlocked';
  return (
    <div className={styles.list}>
      <div className={styles.heading}>
        <h3>The active wallet signs</h3>
        <span className={styles.dim}>Which one is active holds also if you leave.</span>
      </div>
      {view.wallets
        .filter(({ kind }) => kind !== 'watch')
        .map((wallet) => (
          <Row key={wallet.address} wallet={wallet} view={view} connected={connected} />
        ))}
      {needsUnlock ? (
        <div className={styles.lock}>
          <strong>{LOCK_WORDS[view.lock]}</strong>
          <p>{lockMeaning(view.lock, active.key, view.keychain.store)}</p>
          <LockAction view={view} hands={hands} connected={connected} />
        </div>
      ) : null}
      <WalletDialogs state={dialogs} view={view} onClose={close} onRemoved={close} />
    </div>
  );
}

interface RowProps {
  readonly wallet: Wallet;
  readonly view: WalletsView;
  readonly connected: boolean;
}

function Row({ wallet, view, connected }: RowProps) {
  const { activate } = useWalletActs();
  const beingMade = useUnderWay(activating(wallet.address));
  return (
    <div className={styles.row} data-active={wallet.active || undefined}>
      <span className={styles.who}>
        <strong>{wallet.name}</strong>
        <WalletKind kind={wallet.kind} owner={ownerOf(wallet, view.wallets)} />
        <WalletAddress address={wallet.address} />
      </span>
      {wallet.active ? (
        <Tag word="Active" Icon={IconCircleCheck} role="accent" />
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Make ${wallet.name} active`}
          loading={beingMade}
          disabled={!connected}
          onClick={() => activate(wallet)}
        >
          Make active
        </Button>
      )}
    </div>
  );
}
