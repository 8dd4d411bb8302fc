import type { MarketDataBody, TradeView } from '../../../shared/contract/marketData.ts';
import type { Cancel } from '../../platform/schedule.ts';
import type { Channel } from './channel.ts';
import type { StreamSource } from './streamSource.ts';

/** However many trades there are, they come together in ten frames a second. */
const EVERY_MS = 100;

/** Every trade of a market, once. */
export class TradesChannel implements Channel {
  readonly subject: string;
  readonly everyMs = EVERY_MS;
  readonly #source: StreamSource;
  readonly #market: string;
  /** Those to be sent; undefined while a snapshot is owed, which will have them. */
  #waiting: TradeView[] | undefined;
  /** Of the last trade sent or waiting; undefined before the first. */
  #lastId: number | undefined;

  constructor(source: StreamSource, market: string) {
    this.subject = JSON.stringify(['trades', market]);
    this.#source = source;
    this.#market = market;
  }

  watch(changed: () => void): Cancel {
    return this.#source.onTrades(this.#market, (trades) => {
      for (const trade of trades) this.#take(trade);
      changed();
    });
  }

  next(): MarketDataBody | undefined {
    const kind = this.#waiting === undefined ? 'snapshot' : 'update';
    const trades = this.#waiting ?? [...this.#source.tradesSnapshot(this.#market)];
    if (kind === 'snapshot') this.#lastId = trades.at(-1)?.id;
    this.#waiting = [];
    if (kind === 'update' && trades.length === 0) return undefined;
    return { channel: 'trades', kind, market: this.#market, trades };
  }

  forget(): void {
    this.#waiting = undefined;
  }

  /** Ids rise by one: one that has been had shows, and so does one that is missing. */
  #take(trade: TradeView): void {
    if (this.#waiting === undefined) return;
    if (this.#lastId !== undefined && trade.id <= this.#lastId) return;
    if (this.#lastId !== undefined && trade.id > this.#lastId + 1) return this.forget();
    this.#lastId = trade.id;
    this.#waiting.push(trade);
  }
}
