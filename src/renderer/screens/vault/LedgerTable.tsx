import { memo } from 'react';
import type { LedgerTransactionView } from '../../../shared/contract/commands/vaultCommands.ts';
import { dayAndTime, machineTime } from '../../components/clockText.ts';
import { Quantity } from '../../components/Quantity.tsx';
import { accountWords, assetDecimals, kindWords } from './ledgerWords.ts';
import styles from './Vault.module.css';

interface LedgerTableProps {
  readonly transactions: readonly LedgerTransactionView[];
}

export function LedgerTable({ transactions }: LedgerTableProps) {
  return (
    <div className={styles.frame} role="region" aria-label="Ledger entries" tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Market time</th>
            <th scope="col">Entry</th>
            <th scope="col">What</th>
            <th scope="col">Account</th>
            <th scope="col" className={styles.amount}>
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {transactions.map((transaction) => (
            <TransactionRows key={transaction.seq} transaction={transaction} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Entries never change, so their rows are drawn once. */
const TransactionRows = memo(function TransactionRows({
  transaction: { seq, t, kind, postings },
}: {
  readonly transaction: LedgerTransactionView;
}) {
  return postings.map(({ account, asset, amount }, at) => (
    // Two postings of a transaction may be the same; neither ever moves.
    <tr key={at} data-first={at === 0 || undefined}>
      <td className={styles.time}>
        {at === 0 ? <time dateTime={machineTime(t)}>{dayAndTime(t)}</time> : null}
      </td>
      <td className={styles.time}>{at === 0 ? seq : null}</td>
      <td>{at === 0 ? kindWords(kind) : null}</td>
      <td>{accountWords(account)}</td>
      <td className={styles.amount}>
        <Quantity size={amount} unit={asset} decimals={assetDecimals(asset)} signed />
      </td>
    </tr>
  ));
});
