import { Button } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { useState } from 'react';
import { replyOf } from '../../api/apiError.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { LedgerBalances } from './LedgerBalances.tsx';
import { LedgerTable } from './LedgerTable.tsx';
import { useLedgerPage } from './useLedgerPage.ts';
import styles from './Vault.module.css';

/** Every entry of the double-entry ledger, page by page, and the balances that they add up to. */
export function LedgerPanel() {
  /** Where each page that was turned ends; the newest page has no bound. */
  const [bounds, setBounds] = useState<readonly number[]>([]);
  // The balances come with the newest page, and belong to every other as well.
  const newest = useLedgerPage(undefined);
  // Until a page has come, the one before stands in its place: nothing is turned from there.
  const { data, error, isPlaceholderData: isComing } = useLedgerPage(bounds.at(-1));
  const oldest = data?.transactions.at(-1)?.seq;
  return (
    <Panel title="Ledger" aside="double entry: each transaction adds up to zero" flush>
      {error === null ? null : <Failure title="The ledger could not be read" error={replyOf(error)} />}
      {data === undefined ? (
        error === null ? (
          <LoadingState label="Loading the ledger" lines={8} />
        ) : null
      ) : data.transactions.length === 0 ? (
        <EmptyState Icon={IconBook2} title="No entries yet">
          The ledger begins with the vault’s opening. Start the engine, and it fills.
        </EmptyState>
      ) : (
        <>
          <LedgerBalances balances={newest.data?.balances ?? []} />
          <LedgerTable transactions={data.transactions} />
          <div className={styles.pager} aria-busy={isComing}>
            <Button
              size="compact-sm"
              variant="default"
              disabled={bounds.length === 0}
              onClick={() => setBounds(bounds.slice(0, -1))}
            >
              Newer
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              disabled={isComing || !data.more || oldest === undefined}
              onClick={() => oldest !== undefined && setBounds([...bounds, oldest])}
            >
              Older
            </Button>
            <span>Page {bounds.length + 1}</span>
          </div>
        </>
      )}
    </Panel>
  );
}
