import { AppError } from '../../../shared/contract/appError.ts';
import { base, usd } from '../../../shared/money/quantity.ts';
import { SPOT_ASSET, type OraclePrices } from '../../domain/account.ts';
import { assetOf } from '../../domain/accountChange.ts';
import type { AdjustedAmount, AdjustmentEvent } from '../../domain/accountEvent.ts';
import { USDC_PRICE } from '../../domain/books.ts';
import { oracleOf } from '../../domain/margin.ts';
import { differenceWords, isAcceptable, type Difference, type ReconciledOrder } from './difference.ts';
import type { Reconciliation } from './reconcile.ts';

/** What follows from the user's accepting of differences. */
export interface Acceptance {
  /** For the books, after everything that is explained: with these they say what the chain says. */
  readonly adjustments: readonly AdjustmentEvent[];
  /** At the venue: nobody knows what they were meant for. */
  readonly cancel: readonly ReconciledOrder[];
  /** In the journal: they count as ended, filled as far as is known. */
  readonly end: readonly ReconciledOrder[];
}

/**
 * Accepts differences, all of them or none.
 * @param found what a sync has found right now, and not when the user was asked
 * @param named the name of the differences that the user has seen
 * Throws DIFFERENCES_CHANGED where those aren't what differs now, SUBACCOUNT_NOT_OWN where something is held that isn't
 * the engine's, STALE_PRICE where an adjustment can't be weighed.
 */
export function accept(found: Reconciliation, named: string, oracles: OraclePrices, now: number): Acceptance {
  if (found.kind === 'agrees')
    throw new AppError(
      'DIFFERENCES_CHANGED',
      'The books and the chain agree now: there is nothing to accept.',
    );
  const { differences, name } = found;
  if (name !== named)
    throw new AppError(
      'DIFFERENCES_CHANGED',
      `Something else differs now than what you have accepted. ${differences.map(differenceWords).join(' ')}`,
      { accepted: named, now: name },
    );
  const foreign = differences.find((difference) => !isAcceptable(difference));
  if (foreign !== undefined) throw new AppError('SUBACCOUNT_NOT_OWN', differenceWords(foreign));
  const ordersOf = (kind: 'unknownOrder' | 'missingOrder'): readonly ReconciledOrder[] =>
    differences.flatMap((difference) => (difference.kind === kind ? [difference.order] : []));
  return {
    adjustments: differences.flatMap((difference) => adjustmentsOf(difference, oracles, now)),
    cancel: ordersOf('unknownOrder'),
    end: ordersOf('missingOrder'),
  };
}

function adjustmentsOf(difference: Difference, oracles: OraclePrices, t: number): readonly AdjustmentEvent[] {
  const adjusted = (amount: AdjustedAmount, asset?: string): readonly AdjustmentEvent[] => {
    const oracle = asset === undefined ? USDC_PRICE : oracleOf(oracles, asset);
    return [{ type: 'ADJUSTMENT', t, adjusted: amount, oracle }];
  };
  switch (difference.kind) {
    case 'cash':
      return adjusted({ account: 'cash', amount: usd(difference.chain - difference.books) });
    case 'spot':
    case 'wallet':
      return adjusted(
        { account: difference.kind, amount: base(difference.chain - difference.books) },
        SPOT_ASSET,
      );
    case 'position': {
      const { market, books, chain } = difference;
      return adjusted({ account: 'position', market, amount: base(chain - books) }, assetOf(market));
    }
    case 'quote': {
      const { market, books, chain } = difference;
      return adjusted({ account: 'quote', market, amount: usd(chain - books) });
    }
    case 'unknownOrder':
    case 'missingOrder':
    case 'foreignMarket':
    case 'foreignAsset':
      return [];
  }
}
