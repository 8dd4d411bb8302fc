import { formatBase } from '../../../shared/money/decimal.ts';
import type { Holdings } from '../../domain/accountChange.ts';
import type { NetworkVenue } from '../../venues/networkVenue.ts';
import { reconcile, type Reconciliation } from './reconcile.ts';

/**
 * Holds books against what a venue shows.
 * @param own the markets that the engine trades: whatever is held in another one is foreign to it
 */
export function compare(books: Holdings, venue: NetworkVenue, own: ReadonlySet<string>): Reconciliation {
  const { account, wallet } = venue.snapshot();
  const held = venue.foreign.filter(({ kind }) => kind === 'market');
  const beside = account.perps.filter(({ market, size }) => !own.has(market) && size !== 0n);
  return reconcile(
    // An order of the engine's own takes or ends: none of them is ever open.
    { ...books, orders: [] },
    {
      account,
      wallet,
      orders: venue.foreignOrders,
      foreignMarkets: [
        ...held.map(({ name, amount }) => ({ market: name, size: amount })),
        ...beside.map(({ market, size }) => ({ market, size: formatBase(size) })),
      ],
      foreignAssets: venue.foreign
        .filter(({ kind }) => kind === 'asset')
        .map(({ name, amount }) => ({ asset: name, amount })),
    },
  );
}
