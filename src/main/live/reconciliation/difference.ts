import { formatBase, formatPrice, formatUsd } from '../../../shared/money/decimal.ts';
import { usd, base, type Base, type Price, type Usd } from '../../../shared/money/quantity.ts';
import { ensureNever } from '../../../shared/never.ts';
import type { Side } from '../../domain/market.ts';

/** An order as both the journal and the venue can tell it. */
export interface ReconciledOrder {
  /** The journal's id; of an order that the journal doesn't know, the venue's own. */
  readonly id: string;
  readonly market: string;
  readonly side: Side;
  /** What of it is open. */
  readonly size: Base;
  readonly limitPrice: Price;
}

/** One thing that the books and the chain do not say alike. */
export type Difference =
  | { readonly kind: 'cash'; readonly books: Usd; readonly chain: Usd }
  | { readonly kind: 'spot'; readonly books: Base; readonly chain: Base }
  | { readonly kind: 'wallet'; readonly books: Base; readonly chain: Base }
  /** Signed size of a perpetual. */
  | { readonly kind: 'position'; readonly market: string; readonly books: Base; readonly chain: Base }
  /** What is owed for it before its price: settlements, funding, fills. */
  | { readonly kind: 'quote'; readonly market: string; readonly books: Usd; readonly chain: Usd }
  /** Open at the venue, and not of the journal. */
  | { readonly kind: 'unknownOrder'; readonly order: ReconciledOrder }
  /** Open by the journal, and the venue doesn't know it. */
  | { readonly kind: 'missingOrder'; readonly order: ReconciledOrder }
  /** Held in a market that the engine doesn't trade. */
  | { readonly kind: 'foreignMarket'; readonly market: string; readonly size: string }
  /** A deposit or a borrow of an asset that the engine doesn't know. */
  | { readonly kind: 'foreignAsset'; readonly asset: string; readonly amount: string };

/** Whether the user can accept it. What isn't the engine's can't be taken into its books: it has to go first. */
export const isAcceptable = ({ kind }: Difference): boolean =>
  kind !== 'foreignMarket' && kind !== 'foreignAsset';

/** A difference as a trader reads it, with both numbers. */
export function differenceWords(difference: Difference): string {
  switch (difference.kind) {
    case 'cash':
      return `USDC in the sub-account: ${dollars(difference)}.`;
    case 'spot':
      return `SOL in the sub-account: ${coins(difference)}.`;
    case 'wallet':
      return `SOL of the wallet: ${coins(difference)}.`;
    case 'position':
      return `Size of ${difference.market}: ${coins(difference)}.`;
    case 'quote':
      return `What is owed for ${difference.market} before its price: ${dollars(difference)}.`;
    case 'unknownOrder':
      return `An order is open at the venue that the journal does not know: ${orderWords(difference.order)}. If you accept, it is cancelled.`;
    case 'missingOrder':
      return `The journal has an open order that the venue does not know: ${orderWords(difference.order)}. If you accept, it counts as ended.`;
    case 'foreignMarket':
      return `The books know no ${difference.market}; on the chain ${difference.size} are held. Close the position, or choose another sub-account.`;
    case 'foreignAsset':
      return `The books know no ${difference.asset}; on the chain there are ${difference.amount}. Take them out, or choose another sub-account.`;
    default:
      return ensureNever(difference);
  }
}

/**
 * What an acceptance names. Of amounts it is what the chain has more, not how much there is: interest that both sides
 * count moves the amounts and leaves the difference what it was.
 */
export function differenceName(difference: Difference): string {
  switch (difference.kind) {
    case 'cash':
    case 'spot':
    case 'wallet':
      return `${difference.kind} ${difference.chain - difference.books}`;
    case 'position':
    case 'quote':
      return `${difference.kind} ${difference.market} ${difference.chain - difference.books}`;
    case 'unknownOrder':
    case 'missingOrder': {
      const { id, market, side, size, limitPrice } = difference.order;
      return `${difference.kind} ${JSON.stringify(id)} ${market} ${side} ${size} ${limitPrice}`;
    }
    case 'foreignMarket':
      return `${difference.kind} ${difference.market} ${difference.size}`;
    case 'foreignAsset':
      return `${difference.kind} ${difference.asset} ${difference.amount}`;
    default:
      return ensureNever(difference);
  }
}

const dollars = ({ books, chain }: { readonly books: Usd; readonly chain: Usd }): string =>
  bothWords(formatUsd(books), formatUsd(chain), formatUsd(usd(chain - books)));

const coins = ({ books, chain }: { readonly books: Base; readonly chain: Base }): string =>
  bothWords(formatBase(books), formatBase(chain), formatBase(base(chain - books)));

function bothWords(books: string, chain: string, more: string): string {
  const way = more.startsWith('-') ? `${more.slice(1)} less` : `${more} more`;
  return `the books say ${books}, the chain says ${chain}, ${way}`;
}

const orderWords = ({ id, market, side, size, limitPrice }: ReconciledOrder): string =>
  `${side} ${formatBase(size)} ${market} at ${formatPrice(limitPrice)} (${id})`;
