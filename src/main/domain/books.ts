import { NO_VALUE, PRICE_ONE, price, value, type Price, type Value } from '../../shared/money/quantity.ts';
import { exact, valueOf } from '../../shared/money/arithmetic.ts';
import { ensureNever } from '../../shared/never.ts';
import { SPOT_ASSET, type OraclePrices } from './account.ts';
import { afterEvent, assetOf, holdingOf, type Holdings } from './accountChange.ts';
import type { AccountEvent, AdjustedAmount, AssetAmount, FillEvent } from './accountEvent.ts';
import { quoteMoved } from './fill.ts';
import { equityOf, oracleOf } from './margin.ts';

/** The five parts of PnL, each computed on its own. Exact, 1e-18 USD. */
export interface PnlParts {
  /** Σ holding × change of the oracle. */
  readonly price: Value;
  /** Σ signed size × (oracle − fill price): basis at entry and exit is in it. */
  readonly slippage: Value;
  /** Venue fees, gas, tips, liquidation costs; negative. */
  readonly fees: Value;
  readonly funding: Value;
  readonly interest: Value;
}

export const NO_PNL: PnlParts = {
  price: NO_VALUE,
  slippage: NO_VALUE,
  fees: NO_VALUE,
  funding: NO_VALUE,
  interest: NO_VALUE,
};

/** A vault's books: what is held, and how it came to be worth what it is. */
export interface Books extends Holdings {
  readonly parts: PnlParts;
  /** Deposits less withdrawals, each at the oracle of its moment. */
  readonly transfers: Value;
  /** What was found at the venue, was never explained, and was accepted; each at the oracle of its moment. */
  readonly adjustments: Value;
  /** The oracle up to which the price part of each asset has been taken. */
  readonly markedAt: OraclePrices;
}

/** USDC is worth a dollar by definition: it is the unit of account. */
export const USDC_PRICE: Price = price(PRICE_ONE);

export function openBooks(holdings: Holdings, oracles: OraclePrices): Books {
  return { ...holdings, parts: NO_PNL, transfers: NO_VALUE, adjustments: NO_VALUE, markedAt: oracles };
}

/**
 * Books after an event. Change in equity = the five parts + transfers + adjustments, exactly, for any sequence
 * of events (requirements, "PnL parts"): no part is what is left over.
 */
export function record(books: Books, event: AccountEvent): Books {
  const marked = revalue(books, oracleIn(event));
  const { account, wallet } = afterEvent(marked, event);
  const after: Books = { ...marked, account, wallet };
  const { parts } = marked;
  switch (event.type) {
    case 'FILL': {
      const slipped = slippageOf(event);
      return {
        ...after,
        parts: {
          ...parts,
          slippage: value(parts.slippage + slipped),
          fees: value(parts.fees - exact(event.fee)),
        },
      };
    }
    case 'FUNDING':
      return { ...after, parts: { ...parts, funding: value(parts.funding + exact(event.amount)) } };
    case 'INTEREST':
      return {
        ...after,
        parts: { ...parts, interest: value(parts.interest + worth(event.paid, event.oracle)) },
      };
    case 'COST':
      return { ...after, parts: { ...parts, fees: value(parts.fees - worth(event.paid, event.oracle)) } };
    case 'TRANSFER':
      return { ...after, transfers: value(marked.transfers + worth(event.moved, event.oracle)) };
    case 'SETTLEMENT':
      return after;
    case 'ADJUSTMENT':
      return {
        ...after,
        adjustments: value(marked.adjustments + adjustedWorth(event.adjusted, event.oracle)),
      };
    default:
      return ensureNever(event);
  }
}

/** Takes the price part up to the given oracles: Σ holding × (oracle now − oracle then). */
export function revalue(books: Books, oracles: OraclePrices): Books {
  let gained = 0n;
  for (const [asset, now] of Object.entries(oracles)) {
    const then = books.markedAt[asset] ?? now;
    if (now !== then) gained += holdingOf(books, asset) * (now - then);
  }
  return {
    ...books,
    parts: { ...books.parts, price: value(books.parts.price + gained) },
    markedAt: { ...books.markedAt, ...oracles },
  };
}

/** Equity with the wallet's gas SOL, as the event log reports it. */
export function equityWithWallet(holdings: Holdings, oracles: OraclePrices): Value {
  const gas = holdings.wallet === 0n ? 0n : valueOf(holdings.wallet, oracleOf(oracles, SPOT_ASSET));
  return value(equityOf(holdings.account, oracles) + gas);
}

export function totalPnl(parts: PnlParts): Value {
  return value(parts.price + parts.slippage + parts.fees + parts.funding + parts.interest);
}

/** What an amount is worth at its oracle, exactly. */
export function worth(paid: AssetAmount, oracle: Price): Value {
  return paid.asset === 'SOL' ? valueOf(paid.amount, oracle) : exact(paid.amount);
}

/** What an adjustment changes equity by, exactly. */
function adjustedWorth(adjusted: AdjustedAmount, oracle: Price): Value {
  return adjusted.account === 'cash' || adjusted.account === 'quote'
    ? exact(adjusted.amount)
    : valueOf(adjusted.amount, oracle);
}

/** The asset whose price an adjustment was weighed by; undefined for dollars. */
function adjustedAsset(adjusted: AdjustedAmount): string | undefined {
  switch (adjusted.account) {
    case 'cash':
    case 'quote':
      return undefined;
    case 'spot':
    case 'wallet':
      return SPOT_ASSET;
    case 'position':
      return assetOf(adjusted.market);
    default:
      return ensureNever(adjusted);
  }
}

/**
 * Signed size × (oracle − fill price), with the quote as it moved: where a price leaves a fraction of a millionth to
 * round, the rounding is slippage too, and nothing is lost between the parts.
 */
function slippageOf(fill: FillEvent): Value {
  const moved = exact(quoteMoved(fill));
  const fair = valueOf(fill.size, fill.oracle);
  return value(fill.side === 'buy' ? fair - moved : moved - fair);
}

function oracleIn(event: AccountEvent): OraclePrices {
  switch (event.type) {
    case 'FILL':
      return { [assetOf(event.market)]: event.oracle };
    case 'INTEREST':
    case 'COST':
      return event.paid.asset === 'SOL' ? { [SPOT_ASSET]: event.oracle } : {};
    case 'TRANSFER':
      return event.moved.asset === 'SOL' ? { [SPOT_ASSET]: event.oracle } : {};
    case 'FUNDING':
    case 'SETTLEMENT':
      return {};
    case 'ADJUSTMENT': {
      const asset = adjustedAsset(event.adjusted);
      return asset === undefined ? {} : { [asset]: event.oracle };
    }
    default:
      return ensureNever(event);
  }
}
