import type { ErrorCode } from '../../../shared/contract/errorCodes.ts';
import type { OrderState, OrderView } from '../../../shared/contract/orders.ts';
import { NO_BASE, NO_USD, type Base, type Price, type Usd } from '../../../shared/money/quantity.ts';
import type { Market } from '../../domain/market.ts';
import type { OrderChange, OrderRequest } from '../../domain/order.ts';
import type { Bracket, OrderPlan } from '../../domain/orderPlan.ts';

/** What an order says. Its market by name: everything else about a market is the venue's to tell. */
export type OrderTerms = Omit<OrderPlan, 'market' | 'bracket' | 'clientOrderId'> & {
  readonly market: string;
};

/** What fills have moved. */
export interface Amounts {
  readonly filled: Base;
  /** Before fees, always positive. */
  readonly quote: Usd;
  /** Negative: a rebate. */
  readonly fee: Usd;
}

export const NOTHING: Amounts = { filled: NO_BASE, quote: NO_USD, fee: NO_USD };

/** Where an order stands as far as the venue has said: `placing` while it has said nothing of it. */
export type Standing = Extract<OrderState, 'conditional' | 'placing' | 'untriggered' | 'open'>;

/** An order of a trader's own hand and all that is known of it. Never changed, only followed by the next. */
export interface TraderOrder extends OrderTerms, Amounts {
  /** The program's number, rising. */
  readonly number: number;
  /** The number as a name: `m17`. */
  readonly id: string;
  /** Its client id at the venue: the name, with `.2` and so on behind it for an order that had to be sent anew. */
  readonly venueId: string;
  /** The trader's own name for it. */
  readonly clientOrderId: string | null;
  readonly role: OrderView['role'];
  /** Of an exit: the entry that it belongs to. */
  readonly parentId: string | null;
  /** The exits that it still has to be followed by; null once there is nothing more to do for them. */
  readonly bracket: Bracket | null;
  readonly state: OrderState;
  /** What the wait for an answer of the venue falls back to. */
  readonly resumes: Standing;
  /** Filled by orders at the venue that this one's present order has taken the place of. */
  readonly carried: Amounts;
  /** What account events have told of. Reports tell of the same fills, sooner or later. */
  readonly heard: Amounts;
  /** Asked of the venue and not answered yet. */
  readonly change: OrderChange | null;
  /** A trader has asked for its end: it is neither held back again nor followed by another exit. */
  readonly unwanted?: true;
  readonly decisionMid: Price | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** When it went to the venue; null before. */
  readonly sentAt: number | null;
  /** After this moment the venue will not accept what was sent; 0 before. */
  readonly validUntil: number;
  readonly firstFillAt: number | null;
  readonly doneAt: number | null;
  readonly code: ErrorCode | null;
  readonly reason: string | null;
}

/** What makes a new order besides its plan. */
export interface Beginning {
  readonly number: number;
  readonly t: number;
  /** Until when the venue will accept it; undefined for one that is held here until its conditions hold. */
  readonly validUntil?: number;
  readonly decisionMid: Price | null;
  /** The entry, where it is an exit. */
  readonly exitOf?: { readonly parentId: string; readonly role: 'takeProfit' | 'stopLoss' };
}

export const orderIdOf = (number: number): string => `m${number}`;

/** The number in a name such as `m17`; undefined where it is no such name. */
export function orderNumberOf(id: string): number | undefined {
  const digits = /^m([1-9]\d{0,14})$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

const VENUE_ID = /^(m[1-9]\d*)(?:\.\d+)?$/;

/** The order that an order at the venue belongs to; undefined where it is none of ours. */
export const orderIdAtVenue = (venueId: string): string | undefined => VENUE_ID.exec(venueId)?.[1];

/** The name of the order that takes the place of one at the venue: `m17`, `m17.2`, `m17.3`. */
export function nextVenueId(venueId: string): string {
  const [id = venueId, turn = '1'] = venueId.split('.');
  return `${id}.${Number(turn) + 1}`;
}

/** A new order, before anything was sent. */
export function newOrder(
  plan: OrderPlan,
  { number, t, validUntil, decisionMid, exitOf }: Beginning,
): TraderOrder {
  const state = validUntil === undefined ? 'conditional' : 'placing';
  const { market, bracket, clientOrderId, ...terms } = plan;
  const id = orderIdOf(number);
  return {
    ...terms,
    ...NOTHING,
    number,
    id,
    venueId: id,
    clientOrderId: clientOrderId ?? null,
    market: market.symbol,
    role: exitOf?.role ?? (bracket === undefined ? 'single' : 'entry'),
    parentId: exitOf?.parentId ?? null,
    bracket: bracket ?? null,
    state,
    resumes: state,
    carried: NOTHING,
    heard: NOTHING,
    change: null,
    decisionMid,
    createdAt: t,
    updatedAt: t,
    sentAt: validUntil === undefined ? null : t,
    validUntil: validUntil ?? 0,
    firstFillAt: null,
    doneAt: null,
    code: null,
    reason: null,
  };
}

/** An order as a plan again, for the gates. */
export function planOf(order: TraderOrder, market: Market): OrderPlan {
  const { side, size, type, limitPrice, timeInForce, reduceOnly } = order;
  return { market, side, size, type, limitPrice, timeInForce, reduceOnly, ...optionalTerms(order) };
}

/** Terms that an order may do without, those that it has. */
function optionalTerms(order: TraderOrder) {
  const { tolerance, trigger, oracleOffset, expiresAt, postOnly } = order;
  return {
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(trigger === undefined ? {} : { trigger }),
    ...(oracleOffset === undefined ? {} : { oracleOffset }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(postOnly === undefined ? {} : { postOnly }),
  };
}

/** What goes to the venue: the part that is not filled by what it takes the place of. */
export function requestOf(order: TraderOrder): OrderRequest {
  const { venueId, market, side, size, carried, limitPrice, timeInForce, reduceOnly, validUntil } = order;
  return {
    clientOrderId: venueId,
    market,
    side,
    size: (size - carried.filled) as Base,
    limitPrice,
    timeInForce,
    reduceOnly,
    validUntil,
    ...optionalTerms(order),
  };
}
