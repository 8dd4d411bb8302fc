import type { OrderView } from '../../../shared/contract/orders.ts';
import { orderViewOf } from '../../execution/orders/orderViews.ts';
import type { TraderOrder } from '../../execution/orders/traderOrder.ts';
import type { PaperVenue } from '../../venues/paper/paperVenue.ts';

/** An order with what the venue knows of it: its place in the queue, and a limit that moves by itself. */
export const manualOrderView = (order: TraderOrder, venue: PaperVenue): OrderView =>
  orderViewOf(
    order,
    venue.snapshot().openOrders.find(({ clientOrderId }) => clientOrderId === order.venueId),
  );
