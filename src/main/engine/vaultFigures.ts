import type { VaultView } from '../../shared/contract/commands/vaultCommands.ts';
import { toUsd } from '../../shared/money/arithmetic.ts';
import { formatBase, formatUsd } from '../../shared/money/decimal.ts';
import { RATE_ONE, rate, type Value } from '../../shared/money/quantity.ts';
import type { OraclePrices } from '../domain/account.ts';
import { revalue, totalPnl } from '../domain/books.ts';
import type { Venue } from '../venues/venue.ts';
import type { Vault } from './vault.ts';

/** A market that the venue does not have would need the whole notional behind it. */
const WHOLE = rate(RATE_ONE);

/** What a vault's figures are made of. */
export interface VaultSeen extends Pick<
  VaultView,
  'engine' | 'subAccount' | 'mode' | 'market' | 'from' | 'timestamp' | 'capital'
> {
  readonly venue: Pick<Venue, 'name' | 'markets' | 'weights'>;
  readonly vault: Vault;
  readonly oracles: OraclePrices;
}

/** A vault as its owner sees it (R7.5). */
export function vaultFigures({ venue, vault, oracles, ...seen }: VaultSeen): VaultView {
  const { markets, weights, name } = venue;
  const books = revalue(vault.books, oracles);
  const status = vault.status(oracles, (market) => markets.get(market)?.initialMargin ?? WHOLE, weights);
  return {
    ...seen,
    venue: name,
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

const money = (amount: Value): string => formatUsd(toUsd(amount, 'floor'));
