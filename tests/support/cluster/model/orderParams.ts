import type { Direction, MarketKind, Order, OrderType, TriggerCondition } from './accounts.ts';
import { unfilled } from './order.ts';
import type { Fields } from './layout.ts';
import { refuseAccounts } from './refusal.ts';

export type PostOnly = 'None' | 'MustPostOnly' | 'TryPostOnly' | 'Slide';

/** An order as it is asked for. */
export interface OrderParams {
  readonly orderType: OrderType;
  readonly marketType: MarketKind;
  readonly direction: Direction;
  readonly userOrderId: number;
  readonly baseAssetAmount: bigint;
  readonly price: bigint;
  readonly marketIndex: number;
  readonly reduceOnly: boolean;
  readonly postOnly: PostOnly;
  /** 1 is immediate or cancel. */
  readonly bitFlags: number;
  readonly maxTs: bigint | null;
  readonly triggerPrice: bigint | null;
  readonly triggerCondition: TriggerCondition;
  readonly oraclePriceOffset: number | null;
  readonly auctionDuration: number | null;
  readonly auctionStartPrice: bigint | null;
  readonly auctionEndPrice: bigint | null;
}

const IMMEDIATE_OR_CANCEL = 1;

export const isImmediateOrCancel = ({ bitFlags }: OrderParams): boolean => bitFlags === IMMEDIATE_OR_CANCEL;

/** Where newer programs have flags, this one has a boolean. */
export function orderParams(fields: Fields): OrderParams {
  const params = fields as unknown as OrderParams;
  if (params.bitFlags > IMMEDIATE_OR_CANCEL)
    refuseAccounts('InstructionDidNotDeserialize', 'the order has other flags');
  return params;
}

/** What is to be changed of an order; null where it stays. */
export interface OrderChange {
  readonly direction: Direction | null;
  readonly baseAssetAmount: bigint | null;
  readonly price: bigint | null;
  readonly reduceOnly: boolean | null;
  readonly postOnly: PostOnly | null;
  readonly maxTs: bigint | null;
  readonly triggerPrice: bigint | null;
  readonly triggerCondition: TriggerCondition | null;
  readonly oraclePriceOffset: number | null;
  readonly auctionDuration: number | null;
  readonly auctionStartPrice: bigint | null;
  readonly auctionEndPrice: bigint | null;
  /** 1 refuses where there is no such order. */
  readonly policy: number | null;
}

const UNTRIGGERED: Readonly<Record<TriggerCondition, TriggerCondition>> = {
  Above: 'Above',
  Below: 'Below',
  TriggeredAbove: 'Above',
  TriggeredBelow: 'Below',
};

/** The order that takes another's place. Source: controller/orders.rs, merge_modify_order_params_with_existing_order. */
export function changedParams(order: Order, change: OrderChange): OrderParams {
  const { auctionDuration, auctionStartPrice, auctionEndPrice } = change;
  const hasAuction = auctionDuration !== null && auctionStartPrice !== null && auctionEndPrice !== null;
  return {
    orderType: order.orderType,
    marketType: order.marketType,
    direction: change.direction ?? order.direction,
    userOrderId: order.userOrderId,
    baseAssetAmount: change.baseAssetAmount ?? unfilled(order),
    price: change.price ?? order.price,
    marketIndex: order.marketIndex,
    reduceOnly: change.reduceOnly ?? order.reduceOnly,
    postOnly: change.postOnly ?? (order.postOnly ? 'MustPostOnly' : 'None'),
    bitFlags: 0,
    maxTs: change.maxTs ?? order.maxTs,
    triggerPrice: change.triggerPrice ?? order.triggerPrice,
    triggerCondition: change.triggerCondition ?? UNTRIGGERED[order.triggerCondition],
    oraclePriceOffset: change.oraclePriceOffset ?? order.oraclePriceOffset,
    auctionDuration: hasAuction ? auctionDuration : null,
    auctionStartPrice: hasAuction ? auctionStartPrice : null,
    auctionEndPrice: hasAuction ? auctionEndPrice : null,
  };
}
