import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bookViewOf } from '../../../src/main/commands/bookViewOf.ts';
import type { StreamRequest } from '../../../src/main/commands/streams/channelOf.ts';
import type { MarketDataFrame } from '../../../src/shared/contract/frames.ts';
import type { BookViewData, CandleView, TradeView } from '../../../src/shared/contract/marketData.ts';
import type { FillView, OrderView } from '../../../src/shared/contract/orders.ts';
import { MARKET, type ScriptedSource } from './scriptedSource.ts';
import { StreamsRig } from './streamsRig.ts';

type BodyOf<Channel extends string> = Extract<MarketDataFrame['data'], { channel: Channel }>;

/** What a client makes of one stream: it knows no more than the contract says. `same` holds it against the market. */
interface Copy {
  take(data: MarketDataFrame['data']): void;
  same(source: ScriptedSource): void;
}

class BookCopy implements Copy {
  readonly #depth: number;
  readonly #bids = new Map<string, string>();
  readonly #asks = new Map<string, string>();
  #book: BookViewData | undefined;

  constructor(depth: number) {
    this.#depth = depth;
  }

  take({ kind, from, book }: BodyOf<'book'>): void {
    if (kind === 'snapshot') {
      this.#bids.clear();
      this.#asks.clear();
    } else expect(from).toBe(this.#book?.sequence);
    change(this.#bids, book.bids);
    change(this.#asks, book.asks);
    this.#book = book;
  }

  same(source: ScriptedSource): void {
    const there = bookViewOf(source.bookSnapshot(MARKET, this.#depth));
    const bids = levelsOf(this.#bids, -1);
    const asks = levelsOf(this.#asks, 1);
    const { t: _t, sequence: _sequence, ...rest } = there;
    expect({ ...this.#book, bids, asks }).toMatchObject(rest);
    expect(this.#book?.sequence).toBeLessThanOrEqual(there.sequence);
  }
}

function change(side: Map<string, string>, levels: BookViewData['bids']): void {
  for (const { price, size } of levels)
    if (size === '0') side.delete(price);
    else side.set(price, size);
}

const levelsOf = (side: ReadonlyMap<string, string>, sign: number): BookViewData['bids'] =>
  [...side]
    .map(([price, size]) => ({ price, size }))
    .toSorted((a, b) => sign * (Number(a.price) - Number(b.price)));

class TradesCopy implements Copy {
  #trades: TradeView[] = [];

  take({ kind, trades }: BodyOf<'trades'>): void {
    if (kind === 'snapshot') this.#trades = [];
    this.#trades.push(...trades);
  }

  same(source: ScriptedSource): void {
    const first = this.#trades[0];
    expect(this.#trades).toEqual(first === undefined ? [] : source.trades.slice(first.id));
    if (first === undefined) expect(source.trades).toEqual([]);
  }
}

class CandlesCopy implements Copy {
  readonly #candles = new Map<number, CandleView>();

  take({ kind, candles }: BodyOf<'candles'>): void {
    if (kind === 'snapshot') this.#candles.clear();
    for (const candle of candles) this.#candles.set(candle.t, candle);
  }

  same(source: ScriptedSource): void {
    expect([...this.#candles.values()]).toEqual(source.candlesSnapshot(MARKET));
  }
}

class AccountCopy implements Copy {
  readonly #orders = new Map<string, OrderView>();
  #fills: FillView[] = [];
  #cash = '';

  take({ kind, orders, fills, account }: BodyOf<'account'>): void {
    if (kind === 'snapshot') {
      this.#orders.clear();
      this.#fills = [];
    }
    for (const order of orders) this.#orders.set(order.orderId, order);
    this.#fills.push(...fills);
    this.#cash = account.cash;
  }

  same(source: ScriptedSource): void {
    const open = [...this.#orders.values()].filter(({ state }) => state === 'open');
    expect(byId(open)).toEqual(byId(source.accountSnapshot().orders));
    expect(this.#cash).toBe(`${source.cash}`);
    const first = source.fills.findIndex(({ id }) => id === this.#fills[0]?.id);
    expect(this.#fills).toEqual(first === -1 ? [] : source.fills.slice(first));
    if (first === -1) expect(source.fills).toEqual([]);
  }
}

const byId = (orders: readonly OrderView[]): readonly OrderView[] =>
  orders.toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1));

const SUBSCRIPTIONS: readonly { readonly request: StreamRequest; readonly copy: () => Copy }[] = [
  { request: { channel: 'book', market: MARKET }, copy: () => new BookCopy(20) },
  { request: { channel: 'book', market: MARKET, depth: 2 }, copy: () => new BookCopy(2) },
  { request: { channel: 'trades', market: MARKET }, copy: () => new TradesCopy() },
  { request: { channel: 'candles', market: MARKET }, copy: () => new CandlesCopy() },
  { request: { channel: 'account' }, copy: () => new AccountCopy() },
];

/** Something that happens: in the market, to the client, or time passes. */
type Step = (rig: StreamsRig, request: StreamRequest) => void;

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom('bid' as const, 'ask' as const), fc.nat(8), fc.nat(3))
      .map(([side, away, size]): Step => ({ source }) => {
        source.quote(side, side === 'bid' ? 99 - away : 101 + away, size);
      }),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 90, max: 110 }))
      .map(([count, at]): Step => ({ source }) => {
        source.trade(count, at);
      }),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.nat(4), fc.constantFrom('open' as const, 'filled' as const))
      .map(([id, state]): Step => ({ source }) => {
        source.order(`${id}`, state);
        if (state === 'filled') source.fill(`${id}`);
      }),
  },
  {
    weight: 6,
    arbitrary: fc.nat(130).map((ms): Step => ({ time }) => {
      time.pass(ms);
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Step>(
      (rig) => {
        rig.stall();
      },
      (rig) => {
        rig.catchUp();
      },
      ({ source }) => {
        source.t += 60_000;
      },
      ({ source }) => {
        source.moveMark(90 + (source.sequence % 20));
      },
      ({ source }) => {
        source.replace();
      },
      (rig, request) => {
        rig.subscribe(request);
      },
    ),
  },
);

describe('a snapshot and the updates after it', () => {
  it.each(SUBSCRIPTIONS)(
    'make the market as it is when each is sent, whatever happens between them: $request',
    ({ request, copy }) => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
          const rig = new StreamsRig();
          const made = copy();
          let seq = 0;
          rig.heard = (frame) => {
            expect(rig.waitingBytes).toBe(0);
            expect(frame.seq).toBe((seq += 1));
            if (seq === 1) expect(frame.data.kind).toBe('snapshot');
            made.take(frame.data);
            made.same(rig.source);
          };
          rig.subscribe(request);
          for (const happens of steps) happens(rig, request);
          // Nothing is kept back from a client that reads.
          rig.catchUp();
          rig.time.pass(200);
          made.same(rig.source);
          expect(rig.explained).toEqual([]);
          rig.streams.end();
          expect(rig.source.listeners).toBe(0);
        }),
        { numRuns: 120 },
      );
    },
  );
});
