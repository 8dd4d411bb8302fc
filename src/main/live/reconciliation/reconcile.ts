import { createHash } from 'node:crypto';
import { base, usd } from '../../../shared/money/quantity.ts';
import { perpOf, type Account } from '../../domain/account.ts';
import { afterEvent, type Holdings } from '../../domain/accountChange.ts';
import type { AccountEvent } from '../../domain/accountEvent.ts';
import { differenceName, type Difference, type ReconciledOrder } from './difference.ts';

/** What the program has written down. */
export interface Recorded extends Holdings {
  /** Orders that the journal holds for open. Those whose outcome is unknown are settled first, and are not among them. */
  readonly orders: readonly ReconciledOrder[];
}

/** What the chain says, at one slot. */
export interface OnChain extends Holdings {
  /** Those of ours under the journal's id. */
  readonly orders: readonly ReconciledOrder[];
  /** Markets and assets that {@link Account} can't carry; amounts as decimal texts. */
  readonly foreignMarkets: readonly { readonly market: string; readonly size: string }[];
  readonly foreignAssets: readonly { readonly asset: string; readonly amount: string }[];
}

export type Reconciliation =
  /** `holdings`: the books with what the events explain, which is what the chain says. */
  | { readonly kind: 'agrees'; readonly holdings: Holdings }
  | {
      readonly kind: 'differs';
      readonly differences: readonly [Difference, ...Difference[]];
      /** What an acceptance has to name: exactly these differences. */
      readonly name: string;
    };

/**
 * Holds the books against the chain. What happened in between and is explained is counted before, so that what is left is
 * what nothing explains. Exact: one unit is a difference.
 */
export function reconcile(
  books: Recorded,
  chain: OnChain,
  explained: readonly AccountEvent[] = [],
): Reconciliation {
  const holdings = explained.reduce(afterEvent, { account: books.account, wallet: books.wallet } as Holdings);
  const [first, ...others] = [
    ...balances(holdings, chain),
    ...positions(holdings.account, chain.account),
    ...orders(books.orders, chain.orders),
    ...chain.foreignMarkets.map((held): Difference => ({ kind: 'foreignMarket', ...held })),
    ...chain.foreignAssets.map((held): Difference => ({ kind: 'foreignAsset', ...held })),
  ];
  if (first === undefined) return { kind: 'agrees', holdings };
  return { kind: 'differs', differences: [first, ...others], name: nameOf([first, ...others]) };
}

/** The same differences have the same name, in whatever order they were found. */
function nameOf(differences: readonly Difference[]): string {
  const text = differences.map(differenceName).toSorted().join('\n');
  return createHash('sha256').update(text).digest('hex');
}

function balances(books: Holdings, chain: Holdings): readonly Difference[] {
  const found: readonly Difference[] = [
    { kind: 'cash', books: books.account.cash, chain: chain.account.cash },
    { kind: 'spot', books: books.account.spot, chain: chain.account.spot },
    { kind: 'wallet', books: books.wallet, chain: chain.wallet },
  ];
  return found.filter(differs);
}

/** A position that one side has forgotten, for it is closed and owes nothing, is none on the other side too. */
function positions(books: Account, chain: Account): readonly Difference[] {
  const markets = new Set([...books.perps, ...chain.perps].map(({ market }) => market));
  return [...markets].flatMap((market) => {
    const [ours, theirs] = [perpOf(books, market), perpOf(chain, market)];
    const found: readonly Difference[] = [
      { kind: 'position', market, books: ours?.size ?? base(0n), chain: theirs?.size ?? base(0n) },
      { kind: 'quote', market, books: ours?.quote ?? usd(0n), chain: theirs?.quote ?? usd(0n) },
    ];
    return found.filter(differs);
  });
}

const differs = (difference: Difference): boolean =>
  'books' in difference && difference.books !== difference.chain;

/** An order that both know under one id but not alike is two: the one that the journal lacks, and the one that it has. */
function orders(
  journal: readonly ReconciledOrder[],
  venue: readonly ReconciledOrder[],
): readonly Difference[] {
  const [known, open] = [new Map(journal.map(withId)), new Map(venue.map(withId))];
  const missing = journal.filter((order) => !sameOrder(order, open.get(order.id)));
  const unknown = venue.filter((order) => !sameOrder(order, known.get(order.id)));
  return [
    ...unknown.map((order): Difference => ({ kind: 'unknownOrder', order })),
    ...missing.map((order): Difference => ({ kind: 'missingOrder', order })),
  ];
}

const withId = (order: ReconciledOrder) => [order.id, order] as const;

const sameOrder = (a: ReconciledOrder, b: ReconciledOrder | undefined): boolean =>
  b !== undefined &&
  a.market === b.market &&
  a.side === b.side &&
  a.size === b.size &&
  a.limitPrice === b.limitPrice;
