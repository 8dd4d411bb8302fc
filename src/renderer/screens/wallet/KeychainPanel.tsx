import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import type { WalletsView } from '../../../shared/contract/commands/walletCommands.ts';
import { Panel } from '../../components/Panel.tsx';
import { Tag } from '../../components/Tag.tsx';
import styles from './Wallet.module.css';

interface KeychainPanelProps {
  readonly view: WalletsView;
}

/** Where keys are kept, whether that works, and that they are kept nowhere else. */
export function KeychainPanel({ view: { keychain, wallets, secrets } }: KeychainPanelProps) {
  const { store, error } = keychain;
  const kept = wallets.filter(({ key }) => key === 'protected' || key === 'plain').length;
  return (
    <Panel title="Keychain">
      <div className={styles.keychain}>
        <div className={styles.store}>
          <strong>{store}</strong>
          {error === null ? (
            <Tag word="Works" Icon={IconShieldCheck} role="long" />
          ) : (
            <Tag word="Can’t be used" Icon={IconShieldX} role="danger" />
          )}
        </div>
        {error === null ? (
          <p>{keptWords(kept)} Keys are kept in it and nowhere else: in no file, and not on this page.</p>
        ) : (
          <p>
            No key is kept elsewhere instead. Until it works no wallet can be created, imported or unlocked;
            watching an address needs no keychain.
          </p>
        )}
        <p className={styles.dim}>
          {secrets === 'window'
            ? 'Phrases, keys and passphrases are entered and shown in a window of their own, never here.'
            : 'Phrases, keys and passphrases are entered and shown on the terminal, never here.'}{' '}
          A key is exported on the terminal only.
        </p>
      </div>
    </Panel>
  );
}

function keptWords(kept: number): string {
  if (kept === 0) return 'It holds no key of a wallet here.';
  return kept === 1 ? 'It holds the key of one wallet here.' : `It holds the keys of ${kept} wallets here.`;
}
