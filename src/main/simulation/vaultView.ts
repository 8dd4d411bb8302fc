import type { LedgerTransactionView, VaultView } from '../../shared/contract/commands/vaultCommands.ts';
import { toUsd } from '../../shared/money/arithmetic.ts';
import { formatBase, formatDecimal, formatUsd } from '../../shared/money/decimal.ts';
import { BASE_DECIMALS, RATE_ONE, USD_DECIMALS, rate, type Value } from '../../shared/money/quantity.ts';
import { revalue, totalPnl } from '../domain/books.ts';
import type { LedgerTransaction } from '../storage/vaultStore.ts';
import type { OpenRun } from './openRun.ts';

/** A market that the venue does not have would need the whole notional behind it. */
const WHOLE = rate(RATE_ONE);

/** A vault as its owner sees it (R7.5). */
export function vaultViewOf({ run, config }: OpenRun): VaultView {
  const { main, feed } = run.parts;
  const oracles = feed.oracles();
  const { markets, weights, name } = main.venue;
  const books = revalue(main.vault.books, oracles);
  const status = main.vault.status(oracles, (market) => markets.get(market)?.initialMargin ?? WHOLE, weights);
  return {
    engine: 'funding',
    venue: name,
    subAccount: 0,
    mode: 'paper',
    market: config.market.kind === 'simulated' ? `simulated, seed ${config.seed}` : 'recorded',
    from: feed.startMs,
    timestamp: run.now,
    capital: config.capital,
    balance: formatUsd(status.balance),
    allocated: formatUsd(status.allocated),
    available: formatUsd(status.available),
    netTransfers: money(books.transfers),
    walletSol: formatBase(books.wallet),
    pnl: {
      funding: money(books.parts.funding),
      price: money(books.parts.price),
      fees: money(books.parts.fees),
      slippage: money(books.parts.slippage),
      interest: money(books.parts.interest),
      total: money(totalPnl(books.parts)),
    },
  };
}

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

const money = (amount: Value): string => formatUsd(toUsd(amount, 'floor'));
