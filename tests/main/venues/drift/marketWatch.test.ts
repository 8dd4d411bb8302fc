import { describe, expect, it } from 'vitest';

import { parseBase, parsePrice } from '../../../../src/shared/money/decimal.ts';
import type { BookView } from '../../../../src/main/market/data/bookView.ts';
import type { PublicTrade } from '../../../../src/main/market/data/trade.ts';
import { ManualSchedule } from '../../../../src/main/platform/schedule.ts';
import { MarketWatch } from '../../../../src/main/venues/drift/marketWatch.ts';

const LOOK_MS = 2_000;

/** Markets that a test moves, and what was asked and told. */
class Bench {
  readonly schedule = new ManualSchedule();
  readonly told: string[] = [];
  readonly watch: MarketWatch;
  looks = 0;
  price = '150';
  isBroken = false;
  trades: PublicTrade[] = [];

  constructor() {
    this.watch = new MarketWatch({
      schedule: this.schedule,
      refresh: async () => {
        this.looks += 1;
        if (this.isBroken) throw new Error('no node answers');
        return Promise.resolve();
      },
      book: (market) => this.#book(market),
      trades: async () => Promise.resolve(this.trades),
      lastTrade: () => this.trades.at(-1)?.id ?? 0,
    });
  }

  add(market: string): () => void {
    return this.watch.add(market, {
      book: (view) => this.told.push(`${view.market} book`),
      trades: (of, trades) => this.told.push(`${of} trades ${trades.map(({ id }) => id).join(' ')}`),
    });
  }

  async look(): Promise<readonly string[]> {
    this.schedule.pass(LOOK_MS);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    return this.told.splice(0);
  }

  trade(id: number): void {
    const [price, size] = [parsePrice('150'), parseBase('1')];
    this.trades = [...this.trades, { id, t: 0, price, size, side: 'buy' }];
  }

  #book(market: string): BookView {
    const level = { price: parsePrice(this.price), size: parseBase('1') };
    return { market, t: 0, sequence: this.looks, bids: [level], asks: [] };
  }
}

describe('watching the markets', () => {
  it('costs one look however many watch, and tells a book only when it has changed', async () => {
    const bench = new Bench();
    bench.add('SOL');
    bench.add('SOL-PERP');
    bench.add('SOL-PERP');
    expect(await bench.look()).toEqual(['SOL book', 'SOL-PERP book', 'SOL-PERP book']);
    expect(await bench.look()).toEqual([]);
    bench.price = '151';
    expect(await bench.look()).toHaveLength(3);
    expect(bench.looks).toBe(3);
  });

  it('tells trades from when it began, each once', async () => {
    const bench = new Bench();
    bench.trade(1);
    bench.add('SOL-PERP');
    bench.trade(2);
    bench.trade(3);
    expect(await bench.look()).toEqual(['SOL-PERP book', 'SOL-PERP trades 2 3']);
    bench.trade(4);
    expect(await bench.look()).toEqual(['SOL-PERP trades 4']);
    expect(await bench.look()).toEqual([]);
  });

  it('asks nothing once nobody watches any more', async () => {
    const bench = new Bench();
    const stops = [bench.add('SOL'), bench.add('SOL-PERP')];
    await bench.look();
    for (const stop of stops) stop();
    expect(await bench.look()).toEqual([]);
    expect(bench.looks).toBe(1);
    expect(bench.schedule.waiting).toBe(0);
  });

  it('makes up for a look that failed', async () => {
    const bench = new Bench();
    bench.add('SOL-PERP');
    bench.isBroken = true;
    bench.trade(1);
    expect(await bench.look()).toEqual([]);
    bench.isBroken = false;
    expect(await bench.look()).toEqual(['SOL-PERP book', 'SOL-PERP trades 1']);
  });
});
