import type { PayloadOf } from '../../../shared/contract/commands.ts';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { tidied } from '../../components/decimalEntry.ts';
import { amountProblem } from './ticketOf.ts';

/** What of a resting or waiting order may be changed, as it is typed. */
export interface OrderChange {
  readonly size: string;
  readonly price: string;
  readonly triggerPrice: string;
}

export const changeOf = ({ size, price, triggerPrice }: OrderView): OrderChange => ({
  size,
  price: price ?? '',
  triggerPrice: triggerPrice ?? '',
});

const LIMITED = new Set<OrderView['type']>(['limit', 'stopLimit', 'takeProfitLimit']);

/** The parts that an order has. Market types have a limit too, but it is the venue's. */
export const changeable = ({ type, triggerPrice }: OrderView): readonly (keyof OrderChange)[] => [
  'size',
  ...(LIMITED.has(type) ? (['price'] as const) : []),
  ...(triggerPrice === null ? [] : (['triggerPrice'] as const)),
];

/** The change as it would be sent; null where nothing differs; a sentence where something is no amount. */
export function modification(
  order: OrderView,
  change: OrderChange,
): PayloadOf<'MODIFY_ORDER'> | string | null {
  const parts = changeable(order).filter((part) => tidied(change[part]) !== (order[part] ?? ''));
  const wrong = parts.map((part) => amountProblem(change[part])).find((problem) => problem !== null);
  if (wrong !== undefined) return wrong;
  if (parts.length === 0) return null;
  return { orderId: order.orderId, ...Object.fromEntries(parts.map((part) => [part, tidied(change[part])])) };
}
