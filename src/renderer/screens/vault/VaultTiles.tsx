import type { VaultView } from '../../../shared/contract/commands/vaultCommands.ts';
import { Age } from '../../components/Age.tsx';
import { Money } from '../../components/Money.tsx';
import { Quantity } from '../../components/Quantity.tsx';
import { SignedNumber } from '../../components/SignedNumber.tsx';
import { StatTile } from '../../components/StatTile.tsx';
import { useConnectionKind } from '../../live/liveStore.ts';
import { useNow } from '../../live/useNow.ts';
import styles from './Vault.module.css';

interface VaultTilesProps {
  /** Undefined while it is read. */
  readonly vault: VaultView | undefined;
  /** The latest reading failed: what is shown is from before it. */
  readonly failed: boolean;
  /** When it was read, wall time in Unix ms. */
  readonly readAt: number;
}

export function VaultTiles({ vault, failed, readAt }: VaultTilesProps) {
  const connected = useConnectionKind() === 'open';
  const isOld = failed || (vault !== undefined && !connected);
  const state = isOld ? 'stale' : vault === undefined ? 'loading' : 'ready';
  const total = <SignedNumber amount={vault?.pnl.total ?? null} unit="$" words={WORDS} />;
  return (
    <section className={styles.tiles} aria-label="Balances">
      <StatTile
        label="Balance"
        value={<Money usd={vault?.balance ?? null} />}
        hint={isOld && vault !== undefined ? <ReadAge at={readAt} /> : total}
        state={state}
      />
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
      {vault !== undefined && Number(vault.adjustments) !== 0 && (
        <StatTile
          label="Accepted differences"
          value={<Money usd={vault.adjustments} signed />}
          hint="never explained: no profit, no transfer"
          state={state}
        />
      )}
      <StatTile
        label="Wallet, for gas"
        value={<Quantity size={vault?.walletSol ?? null} unit="SOL" decimals={4} />}
        hint="not in the balance"
        state={state}
      />
    </section>
  );
}

/** How old the numbers are that are still shown. */
function ReadAge({ at }: { readonly at: number }) {
  return (
    <>
      read <Age at={at} now={useNow()} />
    </>
  );
}

const WORDS = { up: 'made', down: 'lost', zero: 'even' };
