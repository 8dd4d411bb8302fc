import type { ErrorCode } from '../../../shared/contract/errorCodes.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { OrderType } from '../../../shared/contract/orders.ts';
import { TYPE_PARTS } from './ticketDraft.ts';
import type { TicketField } from './ticketOf.ts';

const FIELDS: ReadonlySet<string> = new Set<TicketField>([
  'size',
  'price',
  'trigger',
  'offset',
  'validUntil',
  'takeProfit',
  'takeProfitLimit',
  'stopLoss',
  'stopLossLimit',
  'conditions',
  'clientOrderId',
]);

/** Contract's names of what the ticket calls otherwise. */
const ALIASES: Readonly<Record<string, TicketField>> = {
  triggerPrice: 'trigger',
  bracket: 'takeProfit',
  'bracket.takeProfit': 'takeProfit',
  'bracket.takeProfit.triggerPrice': 'takeProfit',
  'bracket.takeProfit.price': 'takeProfitLimit',
  'bracket.stopLoss': 'stopLoss',
  'bracket.stopLoss.triggerPrice': 'stopLoss',
  'bracket.stopLoss.price': 'stopLossLimit',
};

const OF_SIZE: ReadonlySet<ErrorCode> = new Set([
  'INVALID_SIZE',
  'INSUFFICIENT_BALANCE',
  'INSUFFICIENT_COLLATERAL',
  'HEALTH_TOO_LOW',
  'LEVERAGE_EXCEEDED',
  'REDUCE_ONLY_WOULD_INCREASE',
  'NOT_FILLED',
]);
const OF_PRICE: ReadonlySet<ErrorCode> = new Set([
  'INVALID_PRICE',
  'PRICE_OUT_OF_BAND',
  'POST_ONLY_WOULD_CROSS',
  'SELF_TRADE',
]);

/** The field that a refusal concerns: what it names itself, or what its code is about. Null: the order as a whole. */
export function refusalField(
  { code, details }: Pick<ErrorReply, 'code' | 'details'>,
  type: OrderType,
): TicketField | null {
  const named = details['field'];
  if (typeof named === 'string') {
    const field = ALIASES[named] ?? (named.startsWith('conditions.') ? 'conditions' : named);
    if (FIELDS.has(field)) return field as TicketField;
  }
  const { price, trigger, offset, conditions } = TYPE_PARTS[type];
  if (OF_SIZE.has(code)) return 'size';
  if (OF_PRICE.has(code)) return price ? 'price' : offset ? 'offset' : trigger ? 'trigger' : null;
  if (code === 'INVALID_TRIGGER') return trigger ? 'trigger' : conditions ? 'conditions' : null;
  return null;
}

/** The nearest value that would do, where the refusal knows one. */
export function nearestOf({ details }: Pick<ErrorReply, 'details'>): string | null {
  const nearest = details['nearest'];
  return typeof nearest === 'string' || typeof nearest === 'number' ? String(nearest) : null;
}
