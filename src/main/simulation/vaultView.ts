import type { LedgerTransactionView, VaultView } from '../../shared/contract/commands/vaultCommands.ts';
import { toUsd } from '../../shared/money/arithmetic.ts';
import { formatBase, formatDecimal, formatUsd } from '../../shared/money/decimal.ts';
import { BASE_DECIMALS, RATE_ONE, USD_DECIMALS, rate, type Value } from '../../shared/money/quantity.ts';
import type { OraclePrices } from '../domain/account.ts';
import { revalue, totalPnl } from '../domain/books.ts';
import type { Vault } from '../engine/vault.ts';
import type { LedgerTransaction } from '../storage/vaultStore.ts';
import type { PaperVenue } from '../venues/paper/paperVenue.ts';
import { MANUAL_SUB_ACCOUNT } from './manual/manualLane.ts';
import type { ManualSide, OpenRun } from './openRun.ts';

/** A market that the venue does not have would need the whole notional behind it. */
const WHOLE = rate(RATE_ONE);

/** The engine's vault as its owner sees it (R7.5). */
export function vaultViewOf(open: OpenRun): VaultView {
  const { main, feed } = open.run.parts;
  const { venue, vault } = main;
  const seen = { venue, vault, oracles: feed.oracles(), from: feed.startMs, timestamp: open.run.now };
  return viewOf(open, { engine: 'funding', subAccount: 0, ...seen });
}

/** The vault of what is traded by hand. */
export function manualVaultViewOf(open: OpenRun, { lane }: ManualSide): VaultView {
  const { venue, vault, now } = lane;
  const seen = { venue, vault, oracles: venue.snapshot().oracles, from: lane.since, timestamp: now };
  return viewOf(open, { engine: 'manual', subAccount: MANUAL_SUB_ACCOUNT, ...seen });
}

interface Seen extends Pick<VaultView, 'engine' | 'subAccount' | 'from' | 'timestamp'> {
  readonly venue: PaperVenue;
  readonly vault: Vault;
  readonly oracles: OraclePrices;
}

function viewOf({ config }: OpenRun, seen: Seen): VaultView {
  const { engine, subAccount, venue, vault, oracles, from, timestamp } = seen;
  const { markets, weights, name } = venue;
  const books = revalue(vault.books, oracles);
  const status = vault.status(oracles, (market) => markets.get(market)?.initialMargin ?? WHOLE, weights);
  return {
    engine,
    venue: name,
    subAccount,
    mode: 'paper',
    market: config.market.kind === 'simulated' ? `simulated, seed ${config.seed}` : 'recorded',
    from,
    timestamp,
    capital: config.capital,
    balance: formatUsd(status.balance),
    allocated: formatUsd(status.allocated),
    available: formatUsd(status.available),
    netTransfers: money(books.transfers),
    adjustments: money(books.adjustments),
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
