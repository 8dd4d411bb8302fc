import type { Price } from '../../../shared/money/quantity.ts';
import type { DepthLevel, Quote } from '../../market/feed.ts';
import { depthOf, markOf, merged, type BookLevel, type DriftBook } from './driftBook.ts';
import type { DriftOracle, DriftState } from './driftState.ts';
import type { Makers, RestingQuote } from './makers.ts';
import type { MarketIndex } from './orderInstructions.ts';
import { big } from './sdk.ts';
import type { SharedClient } from './sharedClient.ts';
import { spotMarketOf } from './spotPath.ts';
import { priceFrom } from './units.ts';

/** How finely the market maker in the program is cut into levels. */
const AMM_LEVELS = 20;
/** Bit of a market's paused operations: the market maker fills nothing. Source: the program's `PerpOperation`. */
const AMM_FILL = 2;
const SLOT_MS = 400;
const SECOND_MS = 1_000;

/** What a market shows at a moment. */
export interface DriftLook {
  readonly quote: Quote;
  readonly depth: readonly DepthLevel[];
  readonly book: DriftBook;
}

/** Prices of a market: those who rest there, and for a perpetual the market maker in the program. */
export function lookAt(
  client: SharedClient,
  makers: Makers,
  state: DriftState,
  market: MarketIndex,
): DriftLook {
  const oracle = oracleIn(state, market);
  const book = merged([restingBook(makers, state, market, oracle), ammBook(client, state, market)]);
  const mark: Price = markOf(book, oracle.price);
  return {
    quote: { oracle: priceFrom(oracle.price), oracleTime: timeOf(oracle, state), mark },
    depth: depthOf(book, mark),
    book,
  };
}

/** Who rests opposite an order and within its limit, best first. @param limit 1e6 */
export function crossing(
  makers: Makers,
  state: DriftState,
  market: MarketIndex,
  side: 'buy' | 'sell',
  limit: bigint,
): readonly RestingQuote[] {
  const { price: oracle } = oracleIn(state, market);
  const opposite = side === 'buy' ? 'sell' : 'buy';
  const at = { oracle, unixS: Math.floor(state.t / SECOND_MS) };
  return makers
    .resting(market.kind, market.index, opposite, at)
    .filter(({ price }) => (side === 'buy' ? price <= limit : price >= limit));
}

export function oracleIn(state: DriftState, { kind, index }: MarketIndex): DriftOracle {
  if (kind === 'spot') return spotMarketOf(state.spot, index).oracle;
  const market = state.perps.find((one) => one.market === index);
  if (market === undefined) throw new RangeError(`perp market ${index} was not read`);
  return market.oracle;
}

/** An oracle says by slot when it was published. */
const timeOf = ({ slot }: DriftOracle, state: DriftState): number =>
  state.t - Math.max(0, state.slot - Number(slot)) * SLOT_MS;

function restingBook(
  makers: Makers,
  state: DriftState,
  market: MarketIndex,
  { price: oracle }: DriftOracle,
): DriftBook {
  const at = { oracle, unixS: Math.floor(state.t / SECOND_MS) };
  const side = (of: 'buy' | 'sell'): readonly BookLevel[] =>
    makers.resting(market.kind, market.index, of, at).map(({ price, left }) => ({ price, size: left }));
  return { bids: side('buy'), asks: side('sell') };
}

function ammBook(
  { sdk, drift, bn }: SharedClient,
  state: DriftState,
  { kind, index }: MarketIndex,
): DriftBook {
  const marketAccount = kind === 'perp' ? drift.getPerpMarketAccount(index) : undefined;
  if (marketAccount === undefined || (marketAccount.pausedOperations & AMM_FILL) !== 0)
    return { bids: [], asks: [] };
  const generator = sdk.getVammL2Generator({
    marketAccount,
    mmOraclePriceData: drift.getMMOracleDataForPerpMarket(index),
    numOrders: AMM_LEVELS,
    now: bn(BigInt(Math.floor(state.t / SECOND_MS))),
    latestSlot: bn(BigInt(state.slot)),
  });
  const levels = (side: ReturnType<typeof generator.getL2Bids>): readonly BookLevel[] =>
    [...side].map(({ price, size }) => ({ price: big(price), size: big(size) }));
  return { bids: levels(generator.getL2Bids()), asks: levels(generator.getL2Asks()) };
}
