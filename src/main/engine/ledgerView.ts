import type { LedgerTransactionView } from '../../shared/contract/commands/vaultCommands.ts';
import { formatDecimal } from '../../shared/money/decimal.ts';
import { BASE_DECIMALS, USD_DECIMALS } from '../../shared/money/quantity.ts';
import type { LedgerTransaction } from '../storage/vaultStore.ts';

/** A ledger transaction with its amounts in whole units of their assets. */
export const ledgerViewOf = ({ seq, t, kind, postings }: LedgerTransaction): LedgerTransactionView => ({
  seq,
  t,
  kind,
  postings: postings.map(({ account, asset, amount }) => ({
    account,
    asset,
    amount: amountText(asset, amount),
  })),
});

/** Dollars have six decimals; SOL, and a perp's size in SOL, nine. */
export const amountText = (asset: string, amount: bigint): string =>
  formatDecimal(amount, asset === 'USDC' ? USD_DECIMALS : BASE_DECIMALS);
