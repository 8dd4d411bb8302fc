import type { VaultView } from '../../../shared/contract/commands/vaultCommands.ts';
import { Age } from '../../components/Age.tsx';
import { Money } from '../../components/Money.tsx';
import { Quantity } from '../../components/Quantity.tsx';
import { SignedNumber } from '../../components/SignedNumber.tsx';
import { StatTile } from '../../components/StatTile.tsx';
import { useConnectionKind } from '../../live/liveStore.ts';
import styles from './Vault.module.css';

interface VaultTilesProps {
  /** Undefined while it is read. */
  readonly vault: VaultView | undefined;
  readonly failed: boolean;
}

export function VaultTiles({ vault, failed }: VaultTilesProps) {
  const connected = useConnectionKind() === 'open';
  const state = vault === undefined ? (failed ? 'stale' : 'loading') : connected ? 'ready' : 'stale';
  const total = <SignedNumber amount={vault?.pnl.total ?? null} unit="$" words={WORDS} />;
  return (
    <section className={styles.tiles} aria-label="Balances">
      <StatTile label="Balance" value={<Money usd={vault?.balance ?? null} />} hint={total} state={state} />
      <StatTile
        label="Allocated"
        value={<Money usd={vault?.allocated ?? null} />}
        hint="stands behind positions"
        state={state}
      />
      <StatTile
        label="Available"
        value={<Money usd={vault?.available ?? null} />}
        hint="may still be used"
        state={state}
      />
      <StatTile
        label="Began with"
        value={<Money usd={vault?.capital ?? null} />}
        hint={vault === undefined ? '' : <Age at={vault.from} now={null} />}
        state={state}
      />
      <StatTile
        label="Net transfers"
        value={<Money usd={vault?.netTransfers ?? null} signed />}
        hint="put in, less taken out"
        state={state}
      />
      <StatTile
        label="Wallet, for gas"
        value={<Quantity size={vault?.walletSol ?? null} unit="SOL" decimals={4} />}
        hint="not in the balance"
        state={state}
      />
    </section>
  );
}

const WORDS = { up: 'made', down: 'lost', zero: 'even' };
