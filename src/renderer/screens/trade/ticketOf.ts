import type { Condition, OrderTicket } from '../../../shared/contract/orders.ts';
import { decimalProblem, tidied } from '../../components/decimalEntry.ts';
import { signOf } from '../../components/decimalText.ts';
import { conditionOf } from './conditionDraft.ts';
import { localMoment } from './marketMoment.ts';
import { TYPE_PARTS, type LegDraft, type TicketDraft } from './ticketDraft.ts';

/** A place in the ticket beside which something can be said. */
export type TicketField =
  | 'size'
  | 'price'
  | 'trigger'
  | 'offset'
  | 'validUntil'
  | 'takeProfit'
  | 'takeProfitLimit'
  | 'stopLoss'
  | 'stopLossLimit'
  | 'conditions'
  | 'clientOrderId';

export type Problems = Readonly<Partial<Record<TicketField, string>>>;

/** A draft as it would be sent, or what is wrong with it. */
export type TicketReading =
  | { readonly kind: 'right'; readonly ticket: OrderTicket }
  | { readonly kind: 'wrong'; readonly problems: Problems };

const CLIENT_ID = /^[A-Za-z0-9_.:-]{1,32}$/;

/** What is wrong with an amount that has to be positive. */
export function amountProblem(text: string): string | null {
  return decimalProblem(text) ?? (signOf(tidied(text)) > 0 ? null : 'Enter more than zero.');
}

/** Reads a draft. Whether it is on the market's grid, and affordable, the program says: it knows the market. */
export function ticketOf(draft: TicketDraft, market: string): TicketReading {
  const { side, type, size, reduceOnly } = draft;
  const parts = TYPE_PARTS[type];
  const problems = problemsOf(draft);
  const conditions = conditionsOf(draft);
  if (Object.keys(problems).length > 0 || typeof conditions === 'string') {
    const all = typeof conditions === 'string' ? { ...problems, conditions } : problems;
    return { kind: 'wrong', problems: all };
  }
  const bracket = bracketOf(draft);
  const validUntil = expires(draft) ? localMoment(draft.validUntil) : null;
  const ticket: OrderTicket = {
    market,
    side,
    type,
    size: tidied(size),
    ...(parts.price ? { price: tidied(draft.price) } : {}),
    ...(parts.trigger ? { triggerPrice: tidied(draft.trigger) } : {}),
    ...(parts.offset ? { offset: tidied(draft.offset) } : {}),
    ...(conditions === undefined ? {} : { conditions: { match: draft.match, of: conditions } }),
    ...(parts.rests && draft.postOnly !== 'off' ? { postOnly: draft.postOnly } : {}),
    ...timeInForceOf(draft),
    ...(validUntil === null ? {} : { validUntil }),
    ...(reduceOnly ? { reduceOnly } : {}),
    ...(draft.clientOrderId.trim() === '' ? {} : { clientOrderId: draft.clientOrderId.trim() }),
    ...(bracket === undefined ? {} : { bracket }),
  };
  return { kind: 'right', ticket };
}

/** Whether a draft's order ends by itself at a moment. */
export const expires = ({ type, timeInForce }: TicketDraft): boolean =>
  TYPE_PARTS[type].rests && timeInForce === 'GTD';

function problemsOf(draft: TicketDraft): Problems {
  const { price, trigger, offset } = TYPE_PARTS[draft.type];
  const id = draft.clientOrderId.trim();
  const found: Partial<Record<TicketField, string | null>> = {
    size: amountProblem(draft.size),
    price: price ? amountProblem(draft.price) : null,
    trigger: trigger ? amountProblem(draft.trigger) : null,
    offset: offset ? decimalProblem(draft.offset) : null,
    validUntil: expires(draft) && localMoment(draft.validUntil) === null ? 'Enter a day and a time.' : null,
    ...(draft.bracketed ? bracketProblems(draft) : {}),
    clientOrderId: id === '' || CLIENT_ID.test(id) ? null : 'Use 1 to 32 letters, digits, or any of _ . : -',
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => typeof problem === 'string'));
}

function bracketProblems({ takeProfit, stopLoss }: TicketDraft): Partial<Record<TicketField, string | null>> {
  const none = isEmpty(takeProfit) && isEmpty(stopLoss);
  const leg = (one: LegDraft): string | null => (isEmpty(one) ? null : amountProblem(one.trigger));
  const limit = ({ limit: text }: LegDraft): string | null =>
    text.trim() === '' ? null : amountProblem(text);
  return {
    takeProfit: none ? 'Enter a take-profit, a stop-loss, or both.' : leg(takeProfit),
    stopLoss: leg(stopLoss),
    takeProfitLimit: limit(takeProfit),
    stopLossLimit: limit(stopLoss),
  };
}

const isEmpty = ({ trigger, limit }: LegDraft): boolean => `${trigger}${limit}`.trim() === '';

function bracketOf({ bracketed, takeProfit, stopLoss }: TicketDraft): OrderTicket['bracket'] {
  if (!bracketed) return undefined;
  const leg = ({ trigger, limit }: LegDraft): { triggerPrice: string; price?: string } => ({
    triggerPrice: tidied(trigger),
    ...(limit.trim() === '' ? {} : { price: tidied(limit) }),
  });
  return {
    ...(isEmpty(takeProfit) ? {} : { takeProfit: leg(takeProfit) }),
    ...(isEmpty(stopLoss) ? {} : { stopLoss: leg(stopLoss) }),
  };
}

/** Undefined where there are none, or what is wrong with one. */
function conditionsOf({ type, conditions }: TicketDraft): Condition[] | string | undefined {
  if (!TYPE_PARTS[type].conditions || conditions.length === 0) return undefined;
  const read = conditions.map(conditionOf);
  for (const [at, one] of read.entries()) if (typeof one === 'string') return `Condition ${at + 1}: ${one}`;
  return read.filter((one) => typeof one !== 'string');
}

/** The default is left out: the program knows it. */
function timeInForceOf({
  type,
  timeInForce,
  marketTimeInForce,
}: TicketDraft): Pick<OrderTicket, 'timeInForce'> {
  if (TYPE_PARTS[type].rests) return timeInForce === 'GTC' ? {} : { timeInForce };
  return type === 'market' && marketTimeInForce === 'FOK' ? { timeInForce: 'FOK' } : {};
}
