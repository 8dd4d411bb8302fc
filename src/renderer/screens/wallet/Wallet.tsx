import { Button } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { replyOf } from '../../api/apiError.ts';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useConnectionKind, useStatus } from '../../live/liveStore.ts';
import { Failure } from '../../shell/Failure.tsx';
import { goTo } from '../../shell/useScreen.ts';
import screen from '../Screen.module.css';
import { ScreenHead } from '../ScreenHead.tsx';
import { DelegatePanel } from './DelegatePanel.tsx';
import { FirstWallet } from './FirstWallet.tsx';
import { KeychainPanel } from './KeychainPanel.tsx';
import { LockPanel } from './LockPanel.tsx';
import { useWalletHands } from './useWalletHands.ts';
import { useWallets } from './useWallets.ts';
import { WalletDialogs } from './WalletDialogs.tsx';
import { WalletFailures } from './WalletFailures.tsx';
import { WalletList } from './WalletList.tsx';
import styles from './Wallet.module.css';

/** Whose keys these are, what each may do, and whether anything can be signed. No secret ever stands here. */
export default function Wallet() {
  const { data: view, error } = useWallets();
  const connected = useConnectionKind() === 'open';
  const { hands, dialogs, close } = useWalletHands(view?.secrets ?? 'terminal');
  const shared = { hands, connected };
  return (
    <div className={screen.screen}>
      <ScreenHead
        title="Wallet"
        about="the keys that trades are signed with"
        actions={
          view === undefined || view.wallets.length === 0 ? (
            <LiveLink connected={connected} />
          ) : (
            <MoreWallets {...shared} />
          )
        }
      />
      {error === null ? null : (
        <Failure
          title="The wallets could not be read"
          error={replyOf(error)}
          actions={
            <Button size="compact-sm" variant="default" disabled={!connected} onClick={hands.lookAgain}>
              Try again
            </Button>
          }
        />
      )}
      {view === undefined ? (
        error === null ? (
          <Panel title="Wallets">
            <LoadingState label="Loading the wallets" lines={8} />
          </Panel>
        ) : null
      ) : (
        <>
          <WalletFailures view={view} {...shared} />
          {view.wallets.length === 0 ? (
            <FirstWallet secrets={view.secrets} {...shared} />
          ) : (
            <LockPanel view={view} {...shared} />
          )}
          <div className={view.wallets.length === 0 ? styles.pair : styles.columns}>
            {view.wallets.length === 0 ? null : <WalletList view={view} {...shared} />}
            <div className={styles.side}>
              <KeychainPanel view={view} />
              <DelegatePanel />
            </div>
          </div>
          <WalletDialogs state={dialogs} view={view} onClose={close} onRemoved={focusScreen} />
        </>
      )}
    </div>
  );
}

interface MoreWalletsProps {
  readonly hands: ReturnType<typeof useWalletHands>['hands'];
  readonly connected: boolean;
}

/** The ways to another wallet. */
const MoreWallets = ({ hands, connected }: MoreWalletsProps) => (
  <>
    <LiveLink connected={connected} />
    <Button size="compact-md" variant="default" disabled={!connected} onClick={hands.watch}>
      Watch an address…
    </Button>
    <Button
      size="compact-md"
      variant="default"
      disabled={!connected}
      onClick={() => hands.begin({ kind: 'import' })}
    >
      Import…
    </Button>
    <Button size="compact-md" disabled={!connected} onClick={() => hands.begin({ kind: 'create' })}>
      Create a wallet…
    </Button>
  </>
);

/** To where these keys are used. */
function LiveLink({ connected }: { readonly connected: boolean }) {
  const mode = useStatus((status) => status.mode) ?? 'paper';
  return (
    <Button
      size="compact-md"
      variant="default"
      disabled={!connected}
      leftSection={<IconBolt size={15} aria-hidden />}
      onClick={() => goTo('live')}
    >
      {mode === 'paper' ? 'Go live…' : 'Live trading'}
    </Button>
  );
}

/** The button that opened the dialog went with its wallet: the focus goes to the screen, not to nowhere. */
function focusScreen(): void {
  document.getElementById('screen')?.focus();
}
