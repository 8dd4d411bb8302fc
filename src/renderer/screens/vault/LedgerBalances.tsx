import type { ReplyOf } from '../../../shared/contract/commands.ts';
import { Quantity } from '../../components/Quantity.tsx';
import { accountWords, assetDecimals } from './ledgerWords.ts';
import styles from './Vault.module.css';

interface LedgerBalancesProps {
  readonly balances: ReplyOf<'GET_LEDGER'>['balances'];
}

/** What each account of the ledger holds, or where its capital came from. */
export function LedgerBalances({ balances }: LedgerBalancesProps) {
  return (
    <dl className={styles.balances} aria-label="Balances of the accounts">
      {balances.map(({ account, asset, amount }) => (
        <div key={`${account} ${asset}`}>
          <dt>{accountWords(account)}</dt>
          <dd>
            <Quantity size={amount} unit={asset} decimals={Math.min(4, assetDecimals(asset))} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
