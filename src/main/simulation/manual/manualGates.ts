import { NO_RATE, RATE_ONE, base, rate, type Price, type Rate } from '../../../shared/money/quantity.ts';
import { divide, magnitude } from '../../../shared/money/rounding.ts';
import type { RestingOrder } from '../../domain/openOrders.ts';
import type { OpenOrder } from '../../domain/order.ts';
import type { OrderPlan } from '../../domain/orderPlan.ts';
import type { DepthLevel } from '../../market/feed.ts';
import { previewOrder, type OrderPreview } from '../../risk/orderPreview.ts';
import type { RiskSettings } from '../../risk/riskSettings.ts';
import { priceOf, sizeOf } from '../../venues/paper/exchange/exchange.ts';
import { HIGHEST_TICKS, LOWEST_TICKS, lots, type Ticks } from '../../venues/paper/exchange/grid.ts';
import type { PaperVenue } from '../../venues/paper/paperVenue.ts';

export interface ManualGateParts {
  readonly venue: PaperVenue;
  readonly settings: RiskSettings;
  readonly now: () => number;
  /** Funding of a market now, a fraction an hour. */
  readonly fundingHourly: (market: string) => Rate | undefined;
}

/**
 * What an order by hand would do, and what the gates say to it: from a fresh look at the venue, never from a cache.
 * @param besides an order at the venue that is not counted: the one that this is to take the place of
 */
export async function previewByHand(
  plan: OrderPlan,
  parts: ManualGateParts,
  besides?: string,
): Promise<OrderPreview> {
  const { venue, settings, now, fundingHourly } = parts;
  const { symbol } = plan.market;
  const look = await venue.preflight(symbol);
  const depth = depthAgainst(plan, venue, look.quote.mark) ?? look.depth;
  const { account, wallet, oracles, gas, openOrders } = venue.snapshot();
  return previewOrder(
    plan,
    {
      now: now(),
      account,
      wallet,
      oracles,
      gas,
      markets: venue.markets,
      weights: venue.weights,
      openOrders: restingOf(openOrders.filter(({ clientOrderId }) => clientOrderId !== besides)),
      preflights: new Map([[symbol, { ...look, depth }]]),
      fundingHourly: fundingHourly(symbol) ?? NO_RATE,
      borrowing: venue.capabilities.borrowing,
    },
    settings,
  );
}

/** What is left of the orders that count: one that waits for its trigger reserves nothing before it comes. */
export const restingOf = (orders: readonly OpenOrder[]): readonly RestingOrder[] =>
  orders
    .filter(({ status }) => status === 'open')
    .map((order) => ({ ...order, size: base(order.size - order.filled) }));

const EVERYTHING = lots(Number.MAX_SAFE_INTEGER);

/** What stands against an order in the open book, as distances from the mark; undefined where no book is open. */
function depthAgainst(
  { side, market }: OrderPlan,
  venue: PaperVenue,
  mark: Price,
): readonly DepthLevel[] | undefined {
  const book = venue.books.get(market.symbol);
  if (book === undefined) return undefined;
  const sizes = new Map<Ticks, bigint>();
  const limit = side === 'buy' ? HIGHEST_TICKS : LOWEST_TICKS;
  // As a taker of ours would meet it: the book passes over our own.
  for (const { ticks: at, lots: size } of book.preview(side, EVERYTHING, limit))
    sizes.set(at, (sizes.get(at) ?? 0n) + sizeOf(size, market));
  return Array.from(sizes, ([at, size]) => ({
    // Rounded up, so that the mark moved by it is the level's price again.
    offset: rate(divide(magnitude(priceOf(at, market) - mark) * RATE_ONE, mark, 'ceil')),
    size: base(size),
  }));
}
