import type { DifferenceView } from '../../../shared/contract/difference.ts';

/** What each kind of difference is about. */
const KINDS: Readonly<Record<DifferenceView['kind'], string>> = {
  cash: 'Cash',
  spot: 'Spot',
  wallet: 'Wallet, for gas',
  position: 'Position',
  quote: 'Unsettled',
  unknownOrder: 'Order that is not in the journal',
  missingOrder: 'Order that the chain does not have',
  foreignMarket: 'Position of another market',
  foreignAsset: 'Another asset',
};

export const differenceKind = ({ kind }: Pick<DifferenceView, 'kind'>): string => KINDS[kind];

/** The unit of both numbers; none for an order, whose subject is its id. */
export function differenceUnit({ kind, subject }: Pick<DifferenceView, 'kind' | 'subject'>): string {
  if (kind === 'unknownOrder' || kind === 'missingOrder') return '';
  return kind === 'quote' ? 'USDC' : subject;
}
