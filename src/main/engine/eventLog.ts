import type { EventEntry, LogData } from '../../shared/contract/eventEntry.ts';
import { ensureNever } from '../../shared/never.ts';
import { formatBase, formatPrice, formatRate, formatUsd, formatValue } from '../../shared/money/decimal.ts';
import type { OraclePrices } from '../domain/account.ts';
import type { AccountEvent, AdjustedAmount, AssetAmount } from '../domain/accountEvent.ts';
import type { Holdings } from '../domain/accountChange.ts';
import { equityWithWallet } from '../domain/books.ts';
import { base } from '../../shared/money/quantity.ts';
import type { Note } from './decision.ts';

/** One line of the event log before it is written. */
export type LogEntry = EventEntry;
export type { LogData };

/** A text or number of an entry as text; empty where it has none. */
export function textIn(data: LogData, key: string): string {
  const part = data[key];
  return part === undefined || typeof part === 'object' ? '' : String(part);
}

/** A line as it is written and hashed: keys sorted, no spaces. The same entry gives the same bytes for ever. */
export function lineOf({ seq, t, type, data }: LogEntry): string {
  return `{"data":${canonical(data)},"seq":${seq},"t":${t},"type":${JSON.stringify(type)}}`;
}

/** JSON with sorted keys and no spaces. */
function canonical(data: LogData): string {
  const parts = Object.keys(data)
    .toSorted()
    .map((key) => {
      const part = data[key];
      return `${JSON.stringify(key)}:${typeof part === 'object' ? canonical(part) : JSON.stringify(part)}`;
    });
  return `{${parts.join(',')}}`;
}

/** The numbers of an account event, as the contract lists them. */
export function accountData(event: AccountEvent): LogData {
  switch (event.type) {
    case 'FILL':
      return {
        orderId: event.orderId,
        market: event.market,
        side: event.side,
        size: formatBase(event.size),
        price: formatPrice(event.price),
        oracle: formatPrice(event.oracle),
        fee: formatUsd(event.fee),
        liquidity: event.liquidity,
        ...(event.quote === undefined ? {} : { quote: formatUsd(event.quote) }),
        ...(event.feeFrom === undefined ? {} : { feeFrom: event.feeFrom }),
      };
    case 'FUNDING':
      return {
        market: event.market,
        size: formatBase(event.size),
        price: formatPrice(event.price),
        rate: formatRate(event.rate),
        amount: formatUsd(event.amount),
      };
    case 'INTEREST':
      return { ...amountData(event.paid), oracle: formatPrice(event.oracle) };
    case 'COST':
      return {
        kind: event.kind,
        ...amountData(event.paid),
        oracle: formatPrice(event.oracle),
        ...(event.market === undefined ? {} : { market: event.market }),
      };
    case 'TRANSFER':
      return {
        ...amountData(event.moved),
        oracle: formatPrice(event.oracle),
        ...(event.of === undefined ? {} : { of: event.of }),
      };
    case 'SETTLEMENT':
      return { market: event.market, amount: formatUsd(event.amount), oracle: formatPrice(event.oracle) };
    case 'ADJUSTMENT':
      return { ...adjustedData(event.adjusted), oracle: formatPrice(event.oracle) };
    default:
      return ensureNever(event);
  }
}

/** What is held and what it is worth: OPENING, VALUATION, CLOSING. */
export function standingData(holdings: Holdings, oracles: OraclePrices): LogData {
  const { account, wallet } = holdings;
  return {
    cash: formatUsd(account.cash),
    spot: { SOL: formatBase(base(account.spot + wallet)) },
    perp: Object.fromEntries(account.perps.map(({ market, size }) => [market, formatBase(size)])),
    perpQuote: Object.fromEntries(account.perps.map(({ market, quote }) => [market, formatUsd(quote)])),
    oracle: Object.fromEntries(Object.entries(oracles).map(([asset, at]) => [asset, formatPrice(at)])),
    equity: formatValue(equityWithWallet(holdings, oracles)),
  };
}

/** What a note says, its numbers beside it. */
export function noteData(note: Note): LogData {
  const what = note.type === 'DECISION' ? { action: note.action } : { code: note.code };
  return { ...note.numbers, ...what, because: note.because };
}

function adjustedData(adjusted: AdjustedAmount): LogData {
  switch (adjusted.account) {
    case 'cash':
      return { account: adjusted.account, amount: formatUsd(adjusted.amount) };
    case 'spot':
    case 'wallet':
      return { account: adjusted.account, amount: formatBase(adjusted.amount) };
    case 'position':
      return {
        account: adjusted.account,
        market: adjusted.market,
        amount: formatBase(adjusted.amount),
      };
    case 'quote':
      return { account: adjusted.account, market: adjusted.market, amount: formatUsd(adjusted.amount) };
    default:
      return ensureNever(adjusted);
  }
}

function amountData(paid: AssetAmount): LogData {
  return {
    asset: paid.asset,
    amount: paid.asset === 'SOL' ? formatBase(paid.amount) : formatUsd(paid.amount),
  };
}
