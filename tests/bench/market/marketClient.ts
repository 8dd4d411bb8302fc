import type { MarketDataFrame } from '../../../src/shared/contract/frames.ts';
import type { BookViewData, MarketDataBody, TradeView } from '../../../src/shared/contract/marketData.ts';
import { connectClient, type LoopbackClient } from '../../support/loopbackClient.ts';
import { MARKET, sizeOf } from './busyMarket.ts';
import type { HostFigures, Levels } from './hostReport.ts';

/** More than a page shows, fewer than the market has: levels come into sight and go out of it. */
const DEPTH = 30;

type Kind = MarketDataBody['kind'];
/** Half of a book, by price. */
type Side = Map<string, string>;

/** One client over a real socket: it puts the book together and counts the trades, believing nothing. */
export class MarketClient {
  /** What was due before this moment does not count, wall time in ms. */
  countsFrom = Number.POSITIVE_INFINITY;
  /** From when a trade was due until its frame was read and checked, in ms. */
  readonly tradeDelays: number[] = [];
  /** The same for the newest change of each frame of the book. */
  readonly bookDelays: number[] = [];
  /** From when a frame was sent until it was read and checked, in ms. */
  readonly frameDelays: number[] = [];
  frames = 0;
  /** Changes of the book that it heard of, and in how many updates: what lies between two is meant to go together. */
  changes = 0;
  updates = 0;
  /** Snapshots after the first of a stream: the host took the client for a slow one. */
  snapshots = 0;
  readonly #client: LoopbackClient;
  readonly #seqs = new Map<string, number>();
  readonly #bids: Side = new Map();
  readonly #asks: Side = new Map();
  readonly #wrong: string[] = [];
  #sequence: number | undefined;
  #trades = 0;
  #firstTrade: number | undefined;
  #lastTrade = -1;

  private constructor(client: LoopbackClient) {
    this.#client = client;
    client.socket.on('message', () => {
      const at = performance.timeOrigin + performance.now();
      for (const frame of client.frames) if (frame.type === 'MARKET_DATA') this.#take(frame, at);
      client.forget();
    });
    void client.closed.then(({ code, reason }) => {
      if (code !== 1000) this.#wrong.push(`the host hung up: ${code} ${reason}`);
    });
  }

  static async open(port: number, key: string): Promise<MarketClient> {
    const client = new MarketClient(await connectClient({ port, key }));
    for (const payload of [
      { channel: 'book', market: MARKET, depth: DEPTH },
      { channel: 'trades', market: MARKET },
    ]) {
      const result = await client.#client.command('SUBSCRIBE', payload);
      if (result.status !== 'ok') throw new Error(`SUBSCRIBE: ${JSON.stringify(result)}`);
    }
    return client;
  }

  get lastTrade(): number {
    return this.#lastTrade;
  }

  get sequence(): number {
    return this.#sequence ?? -1;
  }

  /** Trades that it never heard of, from the first one that it did to the last that there was. */
  dropped({ trades }: HostFigures): number {
    return trades - (this.#firstTrade ?? 0) - this.#trades;
  }

  /** What is wrong with what it heard, dropped trades apart; nothing where all is well. */
  problems({ book }: HostFigures): readonly string[] {
    const wrong = [...this.#wrong, ...this.#client.misfits.map((text) => `no frame: ${text.slice(0, 200)}`)];
    if (!isSame(this.#bids, book.bids, (a, b) => b - a)) wrong.push('the bids are not those of the market');
    if (!isSame(this.#asks, book.asks, (a, b) => a - b)) wrong.push('the asks are not those of the market');
    return wrong;
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #take({ subscriptionId, seq, sentAt, data }: MarketDataFrame, at: number): void {
    const before = this.#seqs.get(subscriptionId) ?? 0;
    if (seq !== before + 1) this.#wrong.push(`frame ${seq} came after ${before}`);
    this.#seqs.set(subscriptionId, seq);
    if (data.kind === 'snapshot' && before > 0) this.snapshots += 1;
    if (sentAt >= this.countsFrom) {
      this.frames += 1;
      this.frameDelays.push(at - sentAt);
    }
    if (data.channel === 'trades') for (const trade of data.trades) this.#takeTrade(data.kind, trade, at);
    if (data.channel === 'book') this.#takeBook(data.kind, data.from, data.book, at);
  }

  #takeTrade(kind: Kind, { id, t, size }: TradeView, at: number): void {
    if (size !== String(sizeOf(id))) this.#wrong.push(`trade ${id} is of ${size}`);
    if (id <= this.#lastTrade) {
      // A snapshot may repeat what was had.
      if (kind === 'update') this.#wrong.push(`trade ${id} came twice`);
      return;
    }
    this.#firstTrade ??= id;
    this.#lastTrade = id;
    this.#trades += 1;
    if (t >= this.countsFrom) this.tradeDelays.push(at - t);
  }

  #takeBook(kind: Kind, from: number, book: BookViewData, at: number): void {
    if (kind === 'snapshot') {
      this.#bids.clear();
      this.#asks.clear();
    } else if (from !== this.#sequence)
      this.#wrong.push(`an update follows on ${from}, not ${this.#sequence}`);
    apply(this.#bids, book.bids);
    apply(this.#asks, book.asks);
    this.#sequence = book.sequence;
    if (book.t < this.countsFrom) return;
    this.bookDelays.push(at - book.t);
    if (kind === 'snapshot') return;
    this.changes += book.sequence - from;
    this.updates += 1;
  }
}

function apply(side: Side, levels: BookViewData['bids']): void {
  for (const { price, size } of levels)
    if (size === '0') side.delete(price);
    else side.set(price, size);
}

const isSame = (side: Side, levels: Levels, order: (a: number, b: number) => number): boolean =>
  JSON.stringify([...side].toSorted(([a], [b]) => order(Number(a), Number(b)))) ===
  JSON.stringify(levels.slice(0, DEPTH));
