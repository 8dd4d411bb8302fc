import type { Database } from 'better-sqlite3';
import { HOUR_MS } from '../../domain/funding.ts';
import { RESOLUTION_MS, type Candle, type Resolution } from '../../market/data/candle.ts';
import type { ResolutionCandle } from '../../market/data/candleBuilder.ts';
import { CandleRepository } from '../../storage/candleRepository.ts';

/** The candles of the paper market lie under this name; a vault that begins anew begins them anew. */
export const PAPER_CANDLES = 'paper';

/** Closed candles on their way to the disk, and those that are there: to whoever reads they are one. */
export class CandleShelf {
  readonly #repository: CandleRepository;
  #waiting: { readonly market: string; readonly resolution: Resolution; readonly candle: Candle }[] = [];
  #prunedAt = 0;

  constructor(db: Database) {
    this.#repository = new CandleRepository(db);
  }

  add(market: string, closed: readonly ResolutionCandle[]): void {
    for (const { resolution, candle } of closed) this.#waiting.push({ market, resolution, candle });
  }

  /** Writes what waits as part of the transaction that is under way. @param now of the market */
  write(now: number): void {
    for (const { market, resolution, candle } of this.#waiting)
      this.#repository.upsert(PAPER_CANDLES, market, resolution, [candle]);
    if (now - this.#prunedAt < HOUR_MS) return;
    this.#repository.prune(PAPER_CANDLES, now);
    this.#prunedAt = now;
  }

  written(): void {
    this.#waiting = [];
  }

  /** Oldest first; the newest `limit` of those that open from `from` on and before `to`. */
  page(market: string, resolution: Resolution, from: number, to: number, limit: number): readonly Candle[] {
    const waiting = this.#waiting
      .filter((one) => one.market === market && one.resolution === resolution)
      .map(({ candle }) => candle)
      .filter(({ t }) => t >= from && t < to);
    const stored = this.#repository.page(PAPER_CANDLES, market, resolution, from, to, limit);
    const all = new Map([...stored, ...waiting].map((candle) => [candle.t, candle]));
    return [...all.values()].sort((a, b) => a.t - b.t).slice(-limit);
  }

  /** The minutes of the last day, as far as they are on the disk. */
  lastDay(market: string, now: number): readonly Candle[] {
    return this.page(market, '1m', now - RESOLUTION_MS['1d'] - RESOLUTION_MS['1m'], now, 2_000);
  }
}
