import { create } from 'zustand';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { MarketDataBody } from '../../../shared/contract/marketData.ts';
import type { StreamTaker } from '../../live/useStream.ts';
import { NOTHING_YET, withBody, type Channel, type TradeState } from './tradeState.ts';

/** What the streams of the Trade screen have told. Only they write it; each panel selects what it shows. */
export const useTrade = create<TradeState>()(() => NOTHING_YET);

const bodies = (heard: readonly MarketDataBody[]): void =>
  useTrade.setState((state) => heard.reduce(withBody, state));

const taker = (channel: Channel): StreamTaker => ({
  bodies,
  failed: (error: ErrorReply) =>
    useTrade.setState(({ failed }) => ({ failed: { ...failed, [channel]: error } })),
});

export const TAKERS = { book: taker('book'), trades: taker('trades'), account: taker('account') } as const;

/** Another market: nothing of the one before may be taken for it. */
export const forgetMarket = (): void =>
  useTrade.setState(({ failed: { book: _book, trades: _trades, ...failed } }) => ({
    book: null,
    tape: null,
    failed,
  }));

/** Another vault, or the screen is left: what is shown next is told anew. */
export const forgetAll = (): void => useTrade.setState(NOTHING_YET);
