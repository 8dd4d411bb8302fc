import type { Database, Statement } from 'better-sqlite3';
import type { z } from 'zod';

import type { resolution } from '../../shared/contract/marketData.ts';
import { formatBase, formatValue, parseBase, parseValue } from '../../shared/money/decimal.ts';
import { price, type Base, type Price, type Value } from '../../shared/money/quantity.ts';
import { storageFailure } from './failure.ts';

type Resolution = z.infer<typeof resolution>;

/** A candle as it is kept. */
export interface StoredCandle {
  /** When it opens, Unix ms. */
  readonly t: number;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly volume: Base;
  readonly quote: Value;
  readonly trades: number;
}

interface Row {
  readonly t: bigint;
  readonly open: bigint;
  readonly high: bigint;
  readonly low: bigint;
  readonly close: bigint;
  readonly volume: string;
  readonly quote: string;
  readonly trades: bigint;
}

const DAY_MS = 86_400_000;

/** How long short candles are kept; the others are few, and stay. */
const KEPT_MS = [
  ['1m', 7 * DAY_MS],
  ['5m', 30 * DAY_MS],
  ['15m', 90 * DAY_MS],
] as const satisfies readonly (readonly [Resolution, number])[];

/** The candles of every source of market data. */
export class CandleRepository {
  readonly #db: Database;
  readonly #upsert: Statement<
    [source: string, market: string, resolution: Resolution, ...candle: (number | bigint | string)[]]
  >;
  readonly #page: Statement<
    [source: string, market: string, resolution: Resolution, from: number, to: number, limit: number],
    Row
  >;
  readonly #prune: Statement<[source: string, resolution: Resolution, before: number]>;
  readonly #empty: Statement<[source: string]>;

  constructor(db: Database) {
    this.#db = db;
    this.#upsert = db.prepare(
      `INSERT INTO candles (source, market, resolution, t, open, high, low, close, volume, quote, trades)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET open = excluded.open, high = excluded.high, low = excluded.low,
         close = excluded.close, volume = excluded.volume, quote = excluded.quote, trades = excluded.trades`,
    );
    this.#page = db.prepare(
      `SELECT t, open, high, low, close, volume, quote, trades FROM candles
       WHERE source = ? AND market = ? AND resolution = ? AND t >= ? AND t < ? ORDER BY t DESC LIMIT ?`,
    );
    this.#prune = db.prepare('DELETE FROM candles WHERE source = ? AND resolution = ? AND t < ?');
    this.#empty = db.prepare('DELETE FROM candles WHERE source = ?');
  }

  /** Writes all of them or none; a candle that is there already is replaced. Errors: see `storageFailure`. */
  upsert(source: string, market: string, resolution: Resolution, candles: readonly StoredCandle[]): void {
    this.#write(() => {
      for (const { t, open, high, low, close, volume, quote, trades } of candles) {
        const sums = [formatBase(volume), formatValue(quote), trades] as const;
        this.#upsert.run(source, market, resolution, t, open, high, low, close, ...sums);
      }
    });
  }

  /** The candles that open from `from` on and before `to` (Unix ms), oldest first: the newest `limit` of them. */
  page(
    source: string,
    market: string,
    resolution: Resolution,
    from: number,
    to: number,
    limit: number,
  ): readonly StoredCandle[] {
    return this.#page.all(source, market, resolution, from, to, limit).map(candleOf).toReversed();
  }

  /** Takes away what is too old at `now`: 1m after 7 days, 5m after 30, 15m after 90. Returns how many went. */
  prune(source: string, now: number): number {
    let gone = 0;
    this.#write(() => {
      for (const [resolution, keptMs] of KEPT_MS) {
        gone += this.#prune.run(source, resolution, now - keptMs).changes;
      }
    });
    return gone;
  }

  /** Takes away everything of a source. */
  empty(source: string): void {
    this.#write(() => {
      this.#empty.run(source);
    });
  }

  /** A transaction of its own, or a part of the one that is under way. */
  #write(work: () => void): void {
    try {
      this.#db.transaction(work)();
    } catch (error) {
      throw storageFailure(error, this.#db.name);
    }
  }
}

const candleOf = (row: Row): StoredCandle => ({
  t: Number(row.t),
  open: price(row.open),
  high: price(row.high),
  low: price(row.low),
  close: price(row.close),
  volume: parseBase(row.volume),
  quote: parseValue(row.quote),
  trades: Number(row.trades),
});
