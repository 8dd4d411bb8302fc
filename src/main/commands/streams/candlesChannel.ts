import type { CandleView, MarketDataBody } from '../../../shared/contract/marketData.ts';
import type { Resolution } from '../../market/data/candle.ts';
import type { Cancel } from '../../platform/schedule.ts';
import type { Channel } from './channel.ts';
import type { StreamSource } from './streamSource.ts';

const EVERY_MS = 100;
const DEFAULT_RESOLUTION: Resolution = '1m';

/** Candles of a market: of one that changes often, its newest state. */
export class CandlesChannel implements Channel {
  readonly subject: string;
  readonly everyMs = EVERY_MS;
  readonly #source: StreamSource;
  readonly #market: string;
  readonly #resolution: Resolution;
  /** Those to be sent, by when they open; undefined while a snapshot is owed, which will have them. */
  #waiting: Map<number, CandleView> | undefined;

  constructor(source: StreamSource, market: string, resolution = DEFAULT_RESOLUTION) {
    this.subject = JSON.stringify(['candles', market, resolution]);
    this.#source = source;
    this.#market = market;
    this.#resolution = resolution;
  }

  watch(changed: () => void): Cancel {
    return this.#source.onCandles(this.#market, this.#resolution, (candles) => {
      for (const candle of candles) this.#waiting?.set(candle.t, candle);
      changed();
    });
  }

  next(): MarketDataBody | undefined {
    const waiting = this.#waiting;
    if (waiting === undefined) {
      const candles = [...this.#source.candlesSnapshot(this.#market, this.#resolution)];
      this.#waiting = new Map();
      return this.#body('snapshot', candles);
    }
    if (waiting.size === 0) return undefined;
    const candles = [...waiting.values()].toSorted((a, b) => a.t - b.t);
    waiting.clear();
    return this.#body('update', candles);
  }

  forget(): void {
    this.#waiting = undefined;
  }

  #body(kind: MarketDataBody['kind'], candles: CandleView[]): MarketDataBody {
    return { channel: 'candles', kind, market: this.#market, resolution: this.#resolution, candles };
  }
}
