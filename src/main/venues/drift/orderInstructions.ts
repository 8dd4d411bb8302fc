import type { OptionalOrderParams } from '@drift-labs/sdk';
import type { TransactionInstruction } from '@solana/web3.js';
import type { OrderChange, OrderRequest, PostOnly } from '../../domain/order.ts';
import type { Makers, RestingQuote } from './makers.ts';
import { MOST_MAKERS } from './makers.ts';
import type { SharedClient } from './sharedClient.ts';
import { chainPrice } from './units.ts';
import type { DriftOrder } from './driftState.ts';

/** Bit of an order's flags. Source: the program's `OrderBitFlag`. */
const IMMEDIATE_OR_CANCEL = 1;
const SECOND_MS = 1_000;

/** Which of the program's markets an order is for. */
export interface MarketIndex {
  readonly kind: DriftOrder['kind'];
  readonly index: number;
}

/** What an order could trade with at once, best first. */
export type Crossing = readonly RestingQuote[];

/** The instruction that places an order: one that also takes, where it may take and there is somebody to trade with. */
export async function placeInstruction(
  client: SharedClient,
  makers: Makers,
  order: OrderRequest,
  market: MarketIndex,
  crossing: Crossing,
  subAccount: number,
): Promise<TransactionInstruction> {
  const params = paramsOf(client, order, market);
  const { drift } = client;
  const isImmediate = order.timeInForce === 'ioc';
  const mayTake = order.postOnly === undefined && order.trigger === undefined;
  const infos = makers.infoFor(crossing.slice(0, MOST_MAKERS));
  if (market.kind === 'perp')
    return mayTake
      ? await drift.getPlaceAndTakePerpOrderIx(params, infos, undefined, undefined, undefined, subAccount)
      : await drift.getPlacePerpOrderIx(params, subAccount);
  const [maker] = infos;
  return mayTake && (maker !== undefined || isImmediate)
    ? await drift.getPlaceAndTakeSpotOrderIx(params, undefined, maker, undefined, subAccount)
    : await drift.getPlaceSpotOrderIx(params, subAccount);
}

/** The program's own terms of an order. */
function paramsOf(client: SharedClient, order: OrderRequest, market: MarketIndex): OptionalOrderParams {
  const { sdk } = client;
  const { trigger, oracleOffset, expiresAt } = order;
  const isOffset = oracleOffset !== undefined;
  const isMarketTrigger = trigger !== undefined && order.tolerance !== undefined;
  const limit = client.bn(chainPrice(order.limitPrice, order.side === 'buy' ? 'floor' : 'ceil'));
  return {
    orderType: orderTypeOf(client, order),
    marketType: market.kind === 'perp' ? sdk.MarketType.PERP : sdk.MarketType.SPOT,
    marketIndex: market.index,
    direction: order.side === 'buy' ? sdk.PositionDirection.LONG : sdk.PositionDirection.SHORT,
    baseAssetAmount: client.bn(order.size),
    // One that follows the oracle, or becomes a market order, has no price of its own.
    price: isOffset || isMarketTrigger ? client.bn(0n) : limit,
    reduceOnly: order.reduceOnly,
    postOnly: postOnlyOf(client, order.postOnly),
    // What is triggered as a market order never rests in any case, and the program refuses to be told so.
    bitFlags: order.timeInForce === 'ioc' && trigger === undefined ? IMMEDIATE_OR_CANCEL : 0,
    ...(isOffset ? { oraclePriceOffset: Number(chainPrice(oracleOffset, 'nearest')) } : {}),
    ...(trigger === undefined
      ? {}
      : {
          triggerPrice: client.bn(chainPrice(trigger.price, 'nearest')),
          triggerCondition:
            trigger.when === 'above' ? sdk.OrderTriggerCondition.ABOVE : sdk.OrderTriggerCondition.BELOW,
        }),
    ...(expiresAt === undefined ? {} : { maxTs: client.bn(BigInt(Math.floor(expiresAt / SECOND_MS))) }),
    auctionDuration: 0,
  };
}

function orderTypeOf(
  { sdk }: SharedClient,
  { trigger, tolerance }: OrderRequest,
): NonNullable<OptionalOrderParams['orderType']> {
  if (trigger === undefined) return sdk.OrderType.LIMIT;
  return tolerance === undefined ? sdk.OrderType.TRIGGER_LIMIT : sdk.OrderType.TRIGGER_MARKET;
}

function postOnlyOf(
  { sdk }: SharedClient,
  postOnly: PostOnly | undefined,
): NonNullable<OptionalOrderParams['postOnly']> {
  switch (postOnly) {
    case undefined:
      return sdk.PostOnlyParams.NONE;
    case 'reject':
      return sdk.PostOnlyParams.MUST_POST_ONLY;
    case 'try':
      return sdk.PostOnlyParams.TRY_POST_ONLY;
    case 'slide':
      return sdk.PostOnlyParams.SLIDE;
  }
}

/** The instruction that changes an order. @param filled of the order as it was sent: the program counts what is left */
export function modifyInstruction(
  client: SharedClient,
  orderId: number,
  change: OrderChange,
  filled: bigint,
  side: DriftOrder['side'],
  subAccount: number,
): Promise<TransactionInstruction> {
  const { size, limitPrice, triggerPrice, oracleOffset } = change;
  return client.drift.getModifyOrderIx(
    {
      orderId,
      // Otherwise an order that is gone by then is passed over in silence.
      policy: client.sdk.ModifyOrderPolicy.MustModify,
      ...(size === undefined ? {} : { newBaseAmount: client.bn(size - filled) }),
      ...(limitPrice === undefined
        ? {}
        : { newLimitPrice: client.bn(chainPrice(limitPrice, side === 'buy' ? 'floor' : 'ceil')) }),
      ...(triggerPrice === undefined
        ? {}
        : { newTriggerPrice: client.bn(chainPrice(triggerPrice, 'nearest')) }),
      ...(oracleOffset === undefined
        ? {}
        : { newOraclePriceOffset: Number(chainPrice(oracleOffset, 'nearest')) }),
    },
    subAccount,
  );
}
