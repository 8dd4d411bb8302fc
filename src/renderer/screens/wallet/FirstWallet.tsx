import { Button } from '@mantine/core';
import { IconEye, IconFileImport, IconPlus, IconWallet, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import { Panel } from '../../components/Panel.tsx';
import { terminalLine } from './secretTask.ts';
import { howToRun } from './secretWords.ts';
import type { WalletHands } from './walletHands.ts';
import styles from './FirstWallet.module.css';

interface FirstWalletProps {
  readonly secrets: WalletsView['secrets'];
  readonly hands: WalletHands;
  readonly connected: boolean;
}

/** Nothing here yet: that nothing is missing for paper, what a wallet will be for, and the ways to one. */
export function FirstWallet({ secrets, hands, connected }: FirstWalletProps) {
  const begin = (kind: 'create' | 'import', words: string, filled: boolean): ReactNode =>
    secrets === 'terminal' ? (
      <CommandLine line={terminalLine({ kind })} />
    ) : (
      <Button
        variant={filled ? 'filled' : 'default'}
        loading={hands.opening}
        disabled={!connected}
        onClick={() => hands.begin({ kind })}
      >
        {words}
      </Button>
    );
  return (
    <Panel title="No wallet yet">
      <div className={styles.first}>
        <div className={styles.why}>
          <span className={styles.sign}>
            <IconWallet size={26} stroke={1.6} aria-hidden />
          </span>
          <div>
            <p className={styles.lead}>Trading on paper needs none.</p>
            <p>
              To trade live, a wallet will hold the key that signs the engine’s trades on the venue. Get it
              ready now, or come back later: nothing here is needed for the paper market.
            </p>
          </div>
        </div>
        <ul className={styles.ways}>
          <Way Icon={IconPlus} title="Create a wallet" action={begin('create', 'Create a wallet…', true)}>
            A new key, with a recovery phrase of 12 or 24 words that you write down once.
          </Way>
          <Way Icon={IconFileImport} title="Import yours" action={begin('import', 'Import a wallet…', false)}>
            By its recovery phrase, its secret key, or a keypair file of the Solana command line.
          </Way>
          <Way
            Icon={IconEye}
            title="Watch an address"
            action={
              <Button variant="default" disabled={!connected} onClick={hands.watch}>
                Watch an address…
              </Button>
            }
          >
            To look at, without a key. The owner of a trading delegate can stay elsewhere like this.
          </Way>
        </ul>
        {secrets === 'terminal' ? <p className={styles.how}>{howToRun(secrets)}</p> : null}
      </div>
    </Panel>
  );
}

interface WayProps {
  readonly Icon: Icon;
  readonly title: string;
  readonly children: string;
  readonly action: ReactNode;
}

function Way({ Icon: WayIcon, title, children, action }: WayProps) {
  return (
    <li className={styles.way}>
      <h3 className={styles.title}>
        <WayIcon size={17} stroke={1.7} aria-hidden />
        {title}
      </h3>
      <p className={styles.text}>{children}</p>
      <div className={styles.action}>{action}</div>
    </li>
  );
}
