import { expect } from 'vitest';

import type { PayloadOf } from '../../../../src/shared/contract/commands.ts';
import type { BookViewData, MarketDataBody } from '../../../../src/shared/contract/marketData.ts';
import type { Wire } from '../wiredProgram.ts';
import type { Audit } from './audit.ts';

const MARKET = 'SOL-PERP';
const DEPTH = 5;

type Channel = MarketDataBody['channel'];
type Body<Name extends Channel> = Extract<MarketDataBody, { channel: Name }>;

/** A second client that only listens: all four channels, from the beginning of a session to its end. */
export class Watch {
  readonly #wire: Wire;
  readonly #ids: Readonly<Record<Channel, string>>;

  private constructor(wire: Wire, ids: Readonly<Record<Channel, string>>) {
    this.#wire = wire;
    this.#ids = ids;
  }

  static async begin(wire: Wire): Promise<Watch> {
    return new Watch(wire, {
      book: await opened(wire, { channel: 'book', market: MARKET, depth: DEPTH }),
      trades: await opened(wire, { channel: 'trades', market: MARKET }),
      candles: await opened(wire, { channel: 'candles', market: MARKET, resolution: '1m' }),
      account: await opened(wire, { channel: 'account' }),
    });
  }

  /**
   * What each stream has told comes to what the program shows: no gap, nothing twice.
   * @param fresh a client that has heard nothing yet
   */
  async expectWhole(fresh: Wire, audit: Audit): Promise<void> {
    await this.#expectBook(await snapshotOf(fresh, { channel: 'book', market: MARKET, depth: DEPTH }));
    await this.#expectTrades(await snapshotOf(fresh, { channel: 'trades', market: MARKET }));
    await this.#expectAccount(audit);
    await this.#expectCandles(audit.account.timestamp);
    for (const [channel, id] of Object.entries(this.#ids)) {
      const frames = this.#wire.heardOf(id);
      expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, index) => index + 1));
      expect(frames.map(({ data }) => data.channel)).toEqual(frames.map(() => channel));
      expect(frames.map(({ data }) => data.kind)).toEqual(
        frames.map((_, index) => (index === 0 ? 'snapshot' : 'update')),
      );
    }
  }

  /** Closes every stream, once. */
  async end(): Promise<void> {
    for (const subscriptionId of Object.values(this.#ids)) {
      expect(await this.#wire.ask('UNSUBSCRIBE', { subscriptionId })).toEqual({ closed: true });
      expect(await this.#wire.ask('UNSUBSCRIBE', { subscriptionId })).toEqual({ closed: false });
    }
    this.#wire.client.forget();
  }

  /** What came of any stream since `end`. */
  get afterEnd(): number {
    return this.#wire.client.frames.filter(({ type }) => type === 'MARKET_DATA').length;
  }

  #bodies<Name extends Channel>(channel: Name): readonly Body<Name>[] {
    return this.#wire.heardOf(this.#ids[channel]).map(({ data }) => data as Body<Name>);
  }

  async #expectBook(fresh: Body<'book'>): Promise<void> {
    const { sequence } = fresh.book;
    const reached = (data: MarketDataBody): boolean =>
      data.channel === 'book' && data.book.sequence >= sequence;
    await this.#wire.hears(this.#ids.book, reached, 'the book as it is now');
    const [first, ...updates] = this.#bodies('book');
    if (first === undefined) throw new Error('There was no book.');
    let { book } = first;
    for (const update of updates) {
      expect(update.from).toBe(book.sequence);
      book = updated(book, update.book);
    }
    expect(book).toEqual(fresh.book);
  }

  async #expectTrades(fresh: Body<'trades'>): Promise<void> {
    const newest = fresh.trades.at(-1)?.id;
    const reached = (data: MarketDataBody): boolean =>
      data.channel === 'trades' && data.trades.at(-1)?.id === newest;
    await this.#wire.hears(this.#ids.trades, reached, 'the newest trade');
    const told = this.#bodies('trades').flatMap(({ trades }) => trades);
    expect(told.map(({ id }) => id)).toEqual(told.map((_, index) => (told[0]?.id ?? 0) + index));
    expect(told.slice(-fresh.trades.length)).toEqual(fresh.trades);
  }

  async #expectAccount({ account, orders, fills }: Audit): Promise<void> {
    const [newest] = fills;
    const reached = (data: MarketDataBody): boolean =>
      data.channel === 'account' && data.fills.some(({ id }) => id === newest?.id);
    await this.#wire.hears(this.#ids.account, reached, 'the newest fill');
    const told = this.#bodies('account');
    expect(told.flatMap((body) => body.fills)).toEqual(fills.toReversed());
    const last = new Map(told.flatMap((body) => body.orders.map((one) => [one.orderId, one] as const)));
    // What was over the moment it was placed is told of, too.
    expect(last.size).toBe(orders.length);
    for (const { orderId, state, filled } of orders)
      expect(last.get(orderId)).toMatchObject({ orderId, state, filled });
    expect(told.at(-1)?.account).toEqual(account);
  }

  async #expectCandles(now: number): Promise<void> {
    const begin = Math.min(...this.#bodies('candles').flatMap((body) => body.candles.map(({ t }) => t)));
    const { candles } = await this.#wire.ask('GET_CANDLES', {
      market: MARKET,
      resolution: '1m',
      from: begin,
      to: now,
      limit: 1_500,
    });
    const newest = candles.at(-1);
    const reached = (data: MarketDataBody): boolean =>
      data.channel === 'candles' &&
      data.candles.some(({ t, volume }) => t === newest?.t && volume === newest.volume);
    await this.#wire.hears(this.#ids.candles, reached, 'the newest candle');
    const told = new Map(
      this.#bodies('candles').flatMap(({ candles }) => candles.map((one) => [one.t, one] as const)),
    );
    expect(candles.length).toBeGreaterThan(60);
    expect(candles.map(({ t }) => told.get(t) ?? t)).toEqual(candles);
  }
}

async function opened(wire: Wire, request: PayloadOf<'SUBSCRIBE'>): Promise<string> {
  const { subscriptionId } = await wire.ask('SUBSCRIBE', request);
  return subscriptionId;
}

async function snapshotOf<Name extends Channel>(
  wire: Wire,
  request: Extract<PayloadOf<'SUBSCRIBE'>, { channel: Name }>,
): Promise<Body<Name>> {
  const id = await opened(wire, request);
  const { data } = await wire.hears(id, ({ kind }) => kind === 'snapshot', 'a snapshot');
  return data as Body<Name>;
}

/** A book with an update laid over it: a size of "0" takes a level away. */
function updated(book: BookViewData, update: BookViewData): BookViewData {
  const side = (of: 'bids' | 'asks'): BookViewData['bids'] => {
    const levels = new Map([...book[of], ...update[of]].map((level) => [level.price, level] as const));
    const up = of === 'asks' ? 1 : -1;
    return [...levels.values()]
      .filter(({ size }) => size !== '0')
      .toSorted((a, b) => up * (Number(a.price) - Number(b.price)));
  };
  return { ...update, bids: side('bids'), asks: side('asks') };
}
