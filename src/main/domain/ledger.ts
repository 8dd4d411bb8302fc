import { ensureNever } from '../../shared/never.ts';
import type { AccountEvent, AdjustedAmount, AssetAmount } from './accountEvent.ts';
import { isSpot, type Holdings } from './accountChange.ts';
import { quoteMoved } from './fill.ts';
import { signed } from './market.ts';

/**
 * One side of a double entry: `amount` of `asset` (in its smallest unit) into an account of the ledger, or out of it
 * where negative. The vault's own accounts are `cash`, `spot`, `wallet`, `perp:…` (size) and `quote:…` (unsettled
 * quote); all others say where it came from or went.
 */
export interface Posting {
  readonly account: string;
  readonly asset: string;
  readonly amount: bigint;
}

/** The postings of an event. For every asset they add up to zero: nothing appears and nothing is lost. */
export function postingsOf(event: AccountEvent): readonly Posting[] {
  switch (event.type) {
    case 'FILL': {
      const size = signed(event.side, event.size);
      const moved = quoteMoved(event);
      const quote = event.side === 'buy' ? -moved : moved;
      const payer = event.feeFrom === 'position' ? `quote:${event.market}` : 'cash';
      const fee = between(payer, 'fees', 'USDC', -event.fee);
      return isSpot(event.market)
        ? [...between('spot', 'market', 'SOL', size), ...between('cash', 'market', 'USDC', quote), ...fee]
        : [
            ...between(`perp:${event.market}`, 'market', event.market, size),
            ...between(`quote:${event.market}`, 'market', 'USDC', quote),
            ...fee,
          ];
    }
    case 'FUNDING':
      return between(`quote:${event.market}`, 'funding', 'USDC', event.amount);
    case 'SETTLEMENT':
      return between('cash', `quote:${event.market}`, 'USDC', event.amount);
    case 'INTEREST':
      return ofAsset(event.paid, 'interest');
    case 'TRANSFER':
      return event.of === 'wallet'
        ? between('wallet', 'transfers', event.moved.asset, event.moved.amount)
        : ofAsset(event.moved, 'transfers');
    case 'COST': {
      if (event.paid.asset === 'SOL') return between('wallet', event.kind, 'SOL', -event.paid.amount);
      const payer = event.market === undefined ? 'cash' : `quote:${event.market}`;
      return between(payer, event.kind, 'USDC', -event.paid.amount);
    }
    case 'ADJUSTMENT':
      return ofAdjustment(event.adjusted);
    default:
      return ensureNever(event);
  }
}

/** What a vault starts with, as the ledger's first entries. */
export function openingPostings({ account, wallet }: Holdings): readonly Posting[] {
  const from = 'opening';
  return [
    ...between('cash', from, 'USDC', account.cash),
    ...between('spot', from, 'SOL', account.spot),
    ...between('wallet', from, 'SOL', wallet),
    ...account.perps.flatMap(({ market, size, quote }) => [
      ...between(`perp:${market}`, from, market, size),
      ...between(`quote:${market}`, from, 'USDC', quote),
    ]),
  ];
}

/** Against an account of its own, so that what was never explained can be told from all that was. */
function ofAdjustment(adjusted: AdjustedAmount): readonly Posting[] {
  const from = 'adjustments';
  switch (adjusted.account) {
    case 'cash':
      return between('cash', from, 'USDC', adjusted.amount);
    case 'spot':
    case 'wallet':
      return between(adjusted.account, from, 'SOL', adjusted.amount);
    case 'position':
      return between(`perp:${adjusted.market}`, from, adjusted.market, adjusted.amount);
    case 'quote':
      return between(`quote:${adjusted.market}`, from, 'USDC', adjusted.amount);
    default:
      return ensureNever(adjusted);
  }
}

function between(into: string, from: string, asset: string, amount: bigint): readonly Posting[] {
  if (amount === 0n) return [];
  return [
    { account: into, asset, amount },
    { account: from, asset, amount: -amount },
  ];
}

function ofAsset(moved: AssetAmount, from: string): readonly Posting[] {
  return between(moved.asset === 'SOL' ? 'spot' : 'cash', from, moved.asset, moved.amount);
}
