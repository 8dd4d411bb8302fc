import { ensureNever } from '../../../shared/never.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { BookViewData, MarketDataBody, TradeView } from '../../../shared/contract/marketData.ts';
import type { FillView, OrderState, OrderView, TradingAccountView } from '../../../shared/contract/orders.ts';
import { withBookUpdate } from './bookLevels.ts';

export type Channel = MarketDataBody['channel'];

/** What the streams have told. Null: nothing yet. */
export interface TradeState {
  readonly book: BookViewData | null;
  /** Newest first. */
  readonly tape: readonly TradeView[] | null;
  /** Those that rest or wait, oldest first. */
  readonly orders: readonly OrderView[] | null;
  /** Own fills that were heard of, newest first. */
  readonly fills: readonly FillView[];
  readonly account: TradingAccountView | null;
  /** Streams that could not be opened. */
  readonly failed: Readonly<Partial<Record<Channel, ErrorReply>>>;
}

export const NOTHING_YET: TradeState = {
  book: null,
  tape: null,
  orders: null,
  fills: [],
  account: null,
  failed: {},
};

/** More are not looked at. */
const TAPE_LENGTH = 60;
const FILLS_KEPT = 500;

const OVER: ReadonlySet<OrderState> = new Set([
  'filled',
  'partiallyFilled',
  'cancelled',
  'rejected',
  'expired',
]);
export const isOver = (state: OrderState): boolean => OVER.has(state);

/** The state after what a stream carried. What did not change keeps its identity. */
export function withBody(state: TradeState, body: MarketDataBody): TradeState {
  const known = withoutFailure(state, body.channel);
  switch (body.channel) {
    case 'book':
      return withBook(known, body);
    case 'trades': {
      const before = body.kind === 'snapshot' ? [] : (state.tape ?? []);
      return { ...known, tape: [...body.trades.toReversed(), ...before].slice(0, TAPE_LENGTH) };
    }
    case 'candles':
      return known;
    case 'account':
      return withAccount(known, body);
    default:
      return ensureNever(body);
  }
}

function withoutFailure(state: TradeState, channel: Channel): TradeState {
  if (state.failed[channel] === undefined) return state;
  const { [channel]: _over, ...failed } = state.failed;
  return { ...state, failed };
}

function withBook(state: TradeState, body: Extract<MarketDataBody, { channel: 'book' }>): TradeState {
  if (body.kind === 'snapshot') return { ...state, book: body.book };
  // The last frames of the market that was looked at before may come late.
  if (state.book === null || state.book.market !== body.book.market) return state;
  return { ...state, book: withBookUpdate(state.book, body.book) };
}

function withAccount(state: TradeState, body: Extract<MarketDataBody, { channel: 'account' }>): TradeState {
  const before = body.kind === 'snapshot' ? [] : (state.orders ?? []);
  const changed = new Map(body.orders.map((order) => [order.orderId, order]));
  const orders =
    changed.size === 0 && body.kind === 'update'
      ? state.orders
      : [
          ...before.map((order) => changed.get(order.orderId) ?? order),
          ...body.orders.filter(({ orderId }) => !before.some((order) => order.orderId === orderId)),
        ].filter(({ state: stands }) => !isOver(stands));
  return {
    ...state,
    account: body.account,
    orders: orders ?? [],
    fills: withFills(body.kind === 'snapshot' ? [] : state.fills, body.fills),
  };
}

/** @param heard in any order */
function withFills(fills: readonly FillView[], heard: readonly FillView[]): readonly FillView[] {
  if (heard.length === 0) return fills;
  const known = new Set(fills.map(({ id }) => id));
  const added = heard.filter(({ id }) => !known.has(id));
  return [...added, ...fills].toSorted((a, b) => b.t - a.t).slice(0, FILLS_KEPT);
}
