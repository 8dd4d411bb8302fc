import type { DifferenceView, DifferencesView } from '../../../shared/contract/difference.ts';
import { formatBase, formatUsd } from '../../../shared/money/decimal.ts';
import { ensureNever } from '../../../shared/never.ts';
import { differenceWords, isAcceptable, type Difference } from '../reconciliation/difference.ts';
import type { Reconciliation } from '../reconciliation/reconcile.ts';

/** What a sync has found, as its user reads it; null where all agrees. */
export function differencesViewOf(found: Reconciliation): DifferencesView | null {
  if (found.kind === 'agrees') return null;
  return { name: found.name, differences: found.differences.map(viewOf) };
}

const viewOf = (difference: Difference): DifferenceView => ({
  kind: difference.kind,
  ...saidBy(difference),
  words: differenceWords(difference),
  acceptable: isAcceptable(difference),
});

function saidBy(difference: Difference): Pick<DifferenceView, 'subject' | 'books' | 'chain'> {
  switch (difference.kind) {
    case 'cash':
      return { subject: 'USDC', books: formatUsd(difference.books), chain: formatUsd(difference.chain) };
    case 'spot':
    case 'wallet':
      return { subject: 'SOL', books: formatBase(difference.books), chain: formatBase(difference.chain) };
    case 'position':
      return {
        subject: difference.market,
        books: formatBase(difference.books),
        chain: formatBase(difference.chain),
      };
    case 'quote':
      return {
        subject: difference.market,
        books: formatUsd(difference.books),
        chain: formatUsd(difference.chain),
      };
    case 'unknownOrder':
      return { subject: difference.order.id, books: null, chain: formatBase(difference.order.size) };
    case 'missingOrder':
      return { subject: difference.order.id, books: formatBase(difference.order.size), chain: null };
    case 'foreignMarket':
      return { subject: difference.market, books: null, chain: difference.size };
    case 'foreignAsset':
      return { subject: difference.asset, books: null, chain: difference.amount };
    default:
      return ensureNever(difference);
  }
}
