import { RATE_ONE, base, rate } from '../../../shared/money/quantity.ts';
import { divide } from '../../../shared/money/rounding.ts';
import type { FundingSample } from '../../domain/funding.ts';
import type { BookView } from '../../market/data/bookView.ts';
import type { Candle, Resolution } from '../../market/data/candle.ts';
import type { DayFigures } from '../../market/data/dayStatistics.ts';
import type { PublicTrade } from '../../market/data/trade.ts';
import type { Schedule } from '../../platform/schedule.ts';
import type { Chain } from '../solana/chain.ts';
import type { MarketDataSource, MarketListener, Span } from '../marketData.ts';
import { uncrossed, type BookLevel as ChainLevel } from './driftBook.ts';
import { lookAt } from './driftQuotes.ts';
import type { DriftState, PerpMarketState } from './driftState.ts';
import type { Makers } from './makers.ts';
import type { MarketFunding } from './marketRecord.ts';
import { MarketTape } from './marketTape.ts';
import { MarketWatch } from './marketWatch.ts';
import type { MarketIndex } from './orderInstructions.ts';
import type { SharedClient } from './sharedClient.ts';
import { candlesOf, dayFiguresOf } from './tradeCandles.ts';
import { priceFrom } from './units.ts';

const SECOND_MS = 1_000;

export interface DriftMarketDataParts {
  readonly chain: Pick<Chain, 'signaturesFor' | 'transaction'>;
  readonly client: SharedClient;
  readonly makers: Makers;
  readonly schedule: Schedule;
  /** The chain as it was last read. */
  readonly state: () => DriftState;
  /** Throws UNKNOWN_MARKET. */
  readonly indexOf: (market: string) => MarketIndex;
}

/**
 * What Drift tells everybody of its markets, read from the chain alone: the book out of all accounts that have orders and
 * of the program's own market maker; trades and funding out of the market's newest transactions. All books are of one
 * shared reading of two requests; trades are looked for only where the market's own count of them has risen.
 */
export class DriftMarketData implements MarketDataSource {
  readonly #parts: DriftMarketDataParts;
  readonly #tapes = new Map<string, MarketTape>();
  readonly #watch: MarketWatch;

  constructor(parts: DriftMarketDataParts) {
    this.#parts = parts;
    this.#watch = new MarketWatch({
      schedule: parts.schedule,
      refresh: () => this.#refresh(),
      book: (market) => this.#bookNow(market, Number.POSITIVE_INFINITY),
      trades: (market) => this.#tradesOf(market),
      lastTrade: (market) => parts.client.nextTradeId(parts.indexOf(market)) - 1,
    });
  }

  async book(market: string, depth: number): Promise<BookView> {
    this.#parts.indexOf(market);
    await this.#refresh();
    return this.#bookNow(market, depth);
  }

  async trades(market: string, limit: number): Promise<readonly PublicTrade[]> {
    this.#parts.indexOf(market);
    await this.#parts.client.refresh();
    return (await this.#tradesOf(market)).slice(-limit).toReversed();
  }

  /** Those whose whole time is covered by what was read of the market's trades. */
  async candles(
    market: string,
    resolution: Resolution,
    span: Span,
    limit: number,
  ): Promise<readonly Candle[]> {
    this.#parts.indexOf(market);
    await this.#parts.client.refresh();
    return candlesOf(await this.#tradesOf(market), resolution, span, limit, this.#parts.state().t);
  }

  async dayFigures(market: string): Promise<DayFigures> {
    this.#parts.indexOf(market);
    await this.#parts.client.refresh();
    return dayFiguresOf(await this.#tradesOf(market), this.#parts.state().t);
  }

  /** As far as the market's newest transactions tell; the last hour that was paid is always known. */
  async fundingHistory(market: string, { from, to }: Span, limit: number): Promise<readonly FundingSample[]> {
    const { index, kind } = this.#parts.indexOf(market);
    if (kind !== 'perp') return [];
    const tape = this.#tapeOf(market);
    await Promise.all([this.#parts.client.refresh(), tape.read()]);
    const terms = this.#parts.state().perps.find((one) => one.market === index);
    if (terms === undefined) return [];
    const samples = new Map([...tape.funding, lastOf(terms)].map((one) => [one.ts, sampleOf(one, terms)]));
    return [...samples.values()]
      .flatMap((one) => one ?? [])
      .filter(({ t }) => t >= from && t < to)
      .toSorted((a, b) => a.t - b.t)
      .slice(-limit);
  }

  watch(market: string, listener: MarketListener): () => void {
    this.#parts.indexOf(market);
    return this.#watch.add(market, listener);
  }

  /** Watches nothing any more. */
  close(): void {
    this.#watch.close();
  }

  async #refresh(): Promise<void> {
    await Promise.all([this.#parts.client.refresh(), this.#parts.makers.refresh()]);
  }

  #bookNow(market: string, depth: number): BookView {
    const { client, makers, state: read, indexOf } = this.#parts;
    const state = read();
    const { bids, asks } = uncrossed(lookAt(client, makers, state, indexOf(market)).book);
    const side = (levels: readonly ChainLevel[]) =>
      levels.slice(0, depth).map(({ price, size }) => ({ price: priceFrom(price), size: base(size) }));
    return { market, t: state.t, sequence: state.slot, bids: side(bids), asks: side(asks) };
  }

  /** Oldest first. Nothing is asked where the market says that there is nothing new. */
  async #tradesOf(market: string): Promise<readonly PublicTrade[]> {
    const tape = this.#tapeOf(market);
    const next = this.#parts.client.nextTradeId(this.#parts.indexOf(market));
    if (tape.trades.at(-1)?.id !== next - 1) await tape.read();
    return tape.trades;
  }

  #tapeOf(market: string): MarketTape {
    const known = this.#tapes.get(market);
    if (known !== undefined) return known;
    const { chain, client, indexOf } = this.#parts;
    const index = indexOf(market);
    const address = client.marketAddress(index);
    const tape = new MarketTape({ chain, coder: client.drift.program.coder.events, address, market: index });
    this.#tapes.set(market, tape);
    return tape;
  }
}

const lastOf = ({ lastFundingAt, lastFundingRate, fundingOracle }: PerpMarketState): MarketFunding => ({
  ts: lastFundingAt,
  rate: lastFundingRate,
  oracleTwap: fundingOracle,
});

/** Dollars (1e9) for one of the asset over its price (1e6); undefined before the first hour. */
function sampleOf(
  { ts, rate: paid, oracleTwap }: MarketFunding,
  { fundingPeriodS }: PerpMarketState,
): FundingSample | undefined {
  if (ts === 0 || oracleTwap <= 0n) return undefined;
  return {
    t: ts * SECOND_MS,
    rate: rate(divide(paid * RATE_ONE, oracleTwap * 1_000n, 'nearest')),
    periodMs: fundingPeriodS * SECOND_MS,
  };
}
