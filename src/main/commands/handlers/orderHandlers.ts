import { AppError } from '../../../shared/contract/appError.ts';
import { fillViewOf } from '../../execution/orders/orderViews.ts';
import { tradingStats } from '../../execution/orders/tradingStats.ts';
import type { VenueAccess } from '../../market/access/venueAccess.ts';
import { formatUsd } from '../../../shared/money/decimal.ts';
import { orderPreviewView } from '../../risk/orderPreviewView.ts';
import { manualAccountView } from '../../simulation/manual/manualAccountView.ts';
import { ManualCapital } from '../../simulation/manual/manualCapital.ts';
import { MANUAL_SUB_ACCOUNT } from '../../simulation/manual/manualLane.ts';
import { manualOrderView } from '../../simulation/manual/manualOrderView.ts';
import type { ManualSide } from '../../simulation/openRun.ts';
import type { LiveDesk } from '../../live/liveDesk.ts';
import type { PaperDesk } from '../../simulation/paperDesk.ts';
import type { Handlers } from '../handlers.ts';

export interface OrderHandlerParts {
  readonly desk: PaperDesk;
  readonly live: LiveDesk;
  /** Everything between the program and the venue: limits, cache, retry. */
  readonly access: VenueAccess;
}

type Names =
  | 'PLACE_ORDER'
  | 'PREVIEW_ORDER'
  | 'MODIFY_ORDER'
  | 'CANCEL_ORDER'
  | 'CANCEL_ALL_ORDERS'
  | 'GET_OPEN_ORDERS'
  | 'GET_ORDER'
  | 'GET_ORDER_HISTORY'
  | 'GET_FILLS'
  | 'GET_TRADING_STATS'
  | 'GET_TRADING_ACCOUNT'
  | 'DRIFT_OPEN_POSITION'
  | 'DRIFT_CLOSE_POSITION'
  | 'DRIFT_SETTLE_PNL';

/** What looks otherwise at once when somebody acts by hand; on a market that is paused it would never grow old. */
const MOVED_BY_HAND = ['orders', 'positions', 'book', 'trades', 'candles', 'marketStatistics'] as const;

/** Who trades by hand: an order counts against the venue's limits, and makes what was kept of its doing old. */
export function orderHandlers({ desk, live, access }: OrderHandlerParts): Pick<Handlers, Names> {
  desk.onHand(() => {
    for (const kind of MOVED_BY_HAND) access.cache.invalidate(kind);
  });
  const trade = <T>(work: (manual: ManualSide) => T | Promise<T>, urgent = false): Promise<T> =>
    access.act(
      'trading',
      () => {
        refuseLive(live);
        return desk.byHand(work);
      },
      { urgent },
    );
  const look = <T>(work: (manual: ManualSide) => T | Promise<T>): Promise<T> =>
    desk.between((open) => {
      refuseLive(live);
      if (open.manual === undefined)
        throw new AppError('NOT_SUPPORTED', 'Nothing can be traded by hand here.');
      return work(open.manual);
    });
  return {
    PLACE_ORDER: (ticket) =>
      trade(async ({ desk: orders, lane }) => {
        const { order, preview, repeated } = await orders.place(ticket);
        return { order: manualOrderView(order, lane.venue), preview: orderPreviewView(preview), repeated };
      }),
    // A preview is what the gates see: it is never of a cache.
    PREVIEW_ORDER: (ticket) => look(async (manual) => orderPreviewView(await manual.desk.preview(ticket))),
    MODIFY_ORDER: ({ orderId, ...change }) =>
      trade(async ({ desk: orders, lane }) => ({
        order: manualOrderView(await orders.modify(orderId, change), lane.venue),
      })),
    CANCEL_ORDER: ({ orderId }) =>
      trade(
        async ({ desk: orders, lane }) => ({
          order: manualOrderView(await orders.cancel(orderId), lane.venue),
        }),
        true,
      ),
    CANCEL_ALL_ORDERS: ({ market }) =>
      trade(async ({ desk: orders, lane }) => {
        const { cancelled, failed } = await orders.cancelAll(market);
        return {
          cancelled: cancelled.map((order) => manualOrderView(order, lane.venue)),
          failed: failed.map(({ order, error }) => ({
            order: manualOrderView(order, lane.venue),
            code: error.code,
            message: error.message,
          })),
        };
      }, true),
    // Counted as a look at the account: who has used up what may be traded has to see what is open.
    GET_OPEN_ORDERS: ({ market }) =>
      access.read('account', 'orders', `open ${market ?? ''}`, () =>
        look(({ lane }) => {
          if (market !== undefined) lane.data.record(market);
          return {
            orders: lane.desk.open(market).map((order) => manualOrderView(order, lane.venue)),
          };
        }),
      ),
    GET_ORDER: ({ orderId }) =>
      look(({ lane }) => {
        const order = lane.desk.find(orderId);
        return {
          order: manualOrderView(order, lane.venue),
          fills: lane.orders.fillsOf(order.id).map(fillViewOf),
        };
      }),
    GET_ORDER_HISTORY: ({ market, limit, cursor }) =>
      look(({ lane }) => {
        const page = lane.orders.page(market, limit, cursor);
        return { orders: page.items.map((order) => manualOrderView(order, lane.venue)), cursor: page.cursor };
      }),
    GET_FILLS: ({ market, limit, cursor }) =>
      look(({ lane }) => {
        const page = lane.orders.fills(market, limit, cursor);
        return { fills: page.items.map(fillViewOf), cursor: page.cursor };
      }),
    GET_TRADING_STATS: ({ market }) =>
      look(({ lane }) => tradingStats(lane.orders.figures(market), lane.orders.eachFill(market))),
    GET_TRADING_ACCOUNT: () =>
      access.read('account', 'positions', '', () =>
        look(({ lane }) => manualAccountView(lane.venue, MANUAL_SUB_ACCOUNT, lane.now)),
      ),
    DRIFT_OPEN_POSITION: ({ market, direction, size }) =>
      trade(async ({ desk: orders, lane }) => ({
        order: manualOrderView(
          await new ManualCapital(orders).openPosition(market, direction, size),
          lane.venue,
        ),
      })),
    DRIFT_CLOSE_POSITION: ({ market, sellSpot = false }) =>
      trade(async ({ desk: orders, lane }) => {
        const closed = await new ManualCapital(orders).closePosition(market, sellSpot);
        return { orders: closed.map((order) => manualOrderView(order, lane.venue)) };
      }),
    DRIFT_SETTLE_PNL: ({ market }) =>
      live.session === undefined
        ? trade(async ({ desk: orders }) => ({
            settled: formatUsd(await new ManualCapital(orders).settlePnl(market)),
          }))
        : access.act('trading', async () => ({ settled: formatUsd(await live.settle(market)) })),
  };
}

/** What is traded by hand has a sub-account of its own, which this version has on paper only. */
function refuseLive({ session }: LiveDesk): void {
  if (session === undefined) return;
  throw new AppError(
    'NOT_SUPPORTED',
    'This version trades by hand on paper only: the venue would net it with what the engine holds. Nothing was sent.',
  );
}
