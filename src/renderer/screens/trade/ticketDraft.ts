import type { OrderTicket, OrderType } from '../../../shared/contract/orders.ts';
import type { ConditionDraft } from './conditionDraft.ts';

export type Side = OrderTicket['side'];
export type PostOnlyChoice = 'off' | NonNullable<OrderTicket['postOnly']>;
export type TimeInForce = NonNullable<OrderTicket['timeInForce']>;

/** An exit as it is typed: no trigger, no exit; no limit, a market order. */
export interface LegDraft {
  readonly trigger: string;
  readonly limit: string;
}

/** A ticket as it is typed. What its type has no use for is kept, and not sent. */
export interface TicketDraft {
  readonly side: Side;
  readonly type: OrderType;
  readonly size: string;
  readonly price: string;
  readonly trigger: string;
  readonly offset: string;
  readonly postOnly: PostOnlyChoice;
  /** What may rest; a market order has its own. */
  readonly timeInForce: TimeInForce;
  readonly marketTimeInForce: 'IOC' | 'FOK';
  /** Of GTD: as a field for a moment writes it. */
  readonly validUntil: string;
  readonly reduceOnly: boolean;
  readonly bracketed: boolean;
  readonly takeProfit: LegDraft;
  readonly stopLoss: LegDraft;
  readonly match: 'all' | 'any';
  readonly conditions: readonly ConditionDraft[];
  readonly clientOrderId: string;
}

const NO_LEG: LegDraft = { trigger: '', limit: '' };

export const FIRST_DRAFT: TicketDraft = {
  side: 'buy',
  type: 'market',
  size: '',
  price: '',
  trigger: '',
  offset: '',
  postOnly: 'off',
  timeInForce: 'GTC',
  marketTimeInForce: 'IOC',
  validUntil: '',
  reduceOnly: false,
  bracketed: false,
  takeProfit: NO_LEG,
  stopLoss: NO_LEG,
  match: 'all',
  conditions: [],
  clientOrderId: '',
};

/** What an order type is made of. */
interface TypeParts {
  readonly price: boolean;
  readonly trigger: boolean;
  readonly offset: boolean;
  /** May wait in the book, so that it can be post-only and end by itself. */
  readonly rests: boolean;
  /** May wait for conditions. A stop has a trigger of its own. */
  readonly conditions: boolean;
}

const NONE: TypeParts = { price: false, trigger: false, offset: false, rests: false, conditions: false };

export const TYPE_PARTS: Readonly<Record<OrderType, TypeParts>> = {
  market: { ...NONE, conditions: true },
  limit: { ...NONE, price: true, rests: true, conditions: true },
  stopMarket: { ...NONE, trigger: true },
  stopLimit: { ...NONE, price: true, trigger: true },
  takeProfitMarket: { ...NONE, trigger: true },
  takeProfitLimit: { ...NONE, price: true, trigger: true },
  oracleOffset: { ...NONE, offset: true, rests: true, conditions: true },
};

export const TYPE_WORDS: Readonly<Record<OrderType, string>> = {
  market: 'Market',
  limit: 'Limit',
  stopMarket: 'Stop, market',
  stopLimit: 'Stop, limit',
  takeProfitMarket: 'Take profit, market',
  takeProfitLimit: 'Take profit, limit',
  oracleOffset: 'Oracle offset',
};

/** What each type does, in a sentence under the choice. */
export const TYPE_MEANINGS: Readonly<Record<OrderType, string>> = {
  market: 'Takes what is in the book now.',
  limit: 'Trades at this price or a better one.',
  stopMarket: 'At the market, once the oracle has moved against you to the trigger.',
  stopLimit: 'At the limit, once the oracle has moved against you to the trigger.',
  takeProfitMarket: 'At the market, once the oracle has moved for you to the trigger.',
  takeProfitLimit: 'At the limit, once the oracle has moved for you to the trigger.',
  oracleOffset: 'A limit that follows the oracle at this distance.',
};

/** On which side of the trigger the oracle has to be: a stop that sells waits below, a take-profit that sells above. */
export function triggerIs(type: OrderType, side: Side): 'above' | 'below' {
  const isStop = type === 'stopMarket' || type === 'stopLimit';
  return (side === 'buy') === isStop ? 'above' : 'below';
}

/** A click on a price of the book: into the field that this type has for a price, or an order at that price. */
export function withPrice(draft: TicketDraft, price: string): TicketDraft {
  const { price: hasLimit, trigger } = TYPE_PARTS[draft.type];
  if (hasLimit) return { ...draft, price };
  return trigger ? { ...draft, trigger: price } : { ...draft, type: 'limit', price };
}
