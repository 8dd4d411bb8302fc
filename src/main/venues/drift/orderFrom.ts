import type { Order } from '@drift-labs/sdk';
import type { DriftOrder, DriftOrderType } from './driftState.ts';
import { big, variantOf } from './sdk.ts';

const TYPES: ReadonlySet<string> = new Set<DriftOrderType>([
  'market',
  'limit',
  'triggerMarket',
  'triggerLimit',
  'oracle',
]);
const isType = (name: string): name is DriftOrderType => TYPES.has(name);

/** An order of the program, as the SDK decodes it. */
export function orderFrom(order: Order): DriftOrder {
  const type = variantOf(order.orderType);
  if (!isType(type)) throw new TypeError(`an order of the unknown type ${type}`);
  const condition = variantOf(order.triggerCondition);
  return {
    orderId: order.orderId,
    userOrderId: order.userOrderId,
    kind: variantOf(order.marketType) === 'perp' ? 'perp' : 'spot',
    market: order.marketIndex,
    type,
    side: sideFrom(order.direction),
    size: big(order.baseAssetAmount),
    filled: big(order.baseAssetAmountFilled),
    quoteFilled: big(order.quoteAssetAmountFilled),
    price: big(order.price),
    triggerPrice: big(order.triggerPrice),
    trigger: condition === 'above' || condition === 'below' ? condition : 'triggered',
    oracleOffset: BigInt(order.oraclePriceOffset),
    reduceOnly: order.reduceOnly,
    postOnly: order.postOnly,
    immediateOrCancel: order.immediateOrCancel,
    expiresAt: big(order.maxTs),
    slot: big(order.slot),
    auction: {
      slots: order.auctionDuration,
      start: big(order.auctionStartPrice),
      end: big(order.auctionEndPrice),
    },
  };
}

export const sideFrom = (direction: object): 'buy' | 'sell' =>
  variantOf(direction) === 'long' ? 'buy' : 'sell';
