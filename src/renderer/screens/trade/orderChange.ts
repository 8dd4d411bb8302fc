import type { PayloadOf } from '../../../shared/contract/commands.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { decimalProblem, tidied } from '../../components/decimalEntry.ts';
import { refusalField } from './refusalField.ts';
import { amountProblem } from './ticketOf.ts';

export type OrderPart = 'size' | 'price' | 'triggerPrice' | 'offset';

/** What of a resting or waiting order was typed over. What was not is not sent, whatever becomes of it meanwhile. */
export type OrderChange = Readonly<Partial<Record<OrderPart, string>>>;

const LIMITED = new Set<OrderView['type']>(['limit', 'stopLimit', 'takeProfitLimit']);

/** The parts that may be changed. Market types have a limit too, but it is the venue's; an exit's size is its entry's. */
export const changeable = ({ type, triggerPrice, offset, parentId }: OrderView): readonly OrderPart[] => [
  ...(parentId === null ? (['size'] as const) : []),
  ...(LIMITED.has(type) ? (['price'] as const) : []),
  ...(triggerPrice === null ? [] : (['triggerPrice'] as const)),
  ...(offset === null ? [] : (['offset'] as const)),
];

/** What stands in a field: what was typed, or what the order has now. */
export const partText = (order: OrderView, change: OrderChange, part: OrderPart): string =>
  change[part] ?? order[part] ?? '';

/** The change as it would be sent; null where nothing differs; a sentence where something is no amount. */
export function modification(
  order: OrderView,
  change: OrderChange,
): PayloadOf<'MODIFY_ORDER'> | string | null {
  const parts = changeable(order).filter(
    (part) => change[part] !== undefined && tidied(change[part]) !== (order[part] ?? ''),
  );
  const problem = (part: OrderPart): string | null =>
    (part === 'offset' ? decimalProblem : amountProblem)(partText(order, change, part));
  const wrong = parts.map(problem).find((one) => one !== null);
  if (wrong !== undefined) return wrong;
  if (parts.length === 0) return null;
  const changed = Object.fromEntries<string>(
    parts.map((part) => [part, tidied(partText(order, change, part))]),
  );
  return { orderId: order.orderId, ...changed };
}

/** The part that a refusal concerns, if the order has it. */
export function refusedPart(order: OrderView, refusal: ErrorReply): OrderPart | null {
  const field = refusalField(refusal, order.type);
  return changeable(order).find((part) => part === (field === 'trigger' ? 'triggerPrice' : field)) ?? null;
}
