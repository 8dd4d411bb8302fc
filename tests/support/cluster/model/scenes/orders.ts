import {
  getOrderParams,
  MarketType,
  OrderTriggerCondition,
  OrderType,
  PositionDirection,
  PostOnlyParams,
  isVariant,
  type MakerInfo,
  type Order,
  type OptionalOrderParams,
  type OrderParams,
} from '@drift-labs/sdk';

import type { DriftActor } from '../../actors/driftActor.ts';
import { big } from '../../driftAccounts.ts';

export type Side = 'long' | 'short';
export const SOL_UNIT = 1_000_000_000n;
export const USDC_UNIT = 1_000_000n;

/** Amounts as they are written here; the SDK wants its own big integers. */
export interface Wanted {
  readonly side: Side;
  readonly base: bigint;
  readonly price?: bigint;
  readonly type?: OrderType;
  readonly postOnly?: PostOnlyParams;
  readonly reduceOnly?: boolean;
  readonly isIoc?: boolean;
  readonly userOrderId?: number;
  readonly maxTs?: number;
  readonly trigger?: { readonly price: bigint; readonly isAbove: boolean };
  readonly offset?: number;
  /** Prices, or offsets from the oracle of an order that follows it; `slots` it lasts. */
  readonly auction?: { readonly start: bigint; readonly end: bigint; readonly slots: number };
}

function order(wanted: Wanted, marketType: MarketType, marketIndex: number): OrderParams {
  const { trigger, auction, price = 0n } = wanted;
  const params: OptionalOrderParams = {
    marketIndex,
    marketType,
    orderType: wanted.type ?? OrderType.LIMIT,
    direction: wanted.side === 'long' ? PositionDirection.LONG : PositionDirection.SHORT,
    baseAssetAmount: big(wanted.base),
    price: big(price),
    postOnly: wanted.postOnly ?? PostOnlyParams.NONE,
    reduceOnly: wanted.reduceOnly ?? false,
    bitFlags: wanted.isIoc === true ? 1 : 0,
    userOrderId: wanted.userOrderId ?? 0,
    ...(wanted.maxTs === undefined ? {} : { maxTs: big(wanted.maxTs) }),
    ...(wanted.offset === undefined ? {} : { oraclePriceOffset: wanted.offset }),
    ...(auction === undefined
      ? {}
      : {
          auctionStartPrice: big(auction.start),
          auctionEndPrice: big(auction.end),
          auctionDuration: auction.slots,
        }),
    ...(trigger === undefined
      ? {}
      : {
          triggerPrice: big(trigger.price),
          triggerCondition: trigger.isAbove ? OrderTriggerCondition.ABOVE : OrderTriggerCondition.BELOW,
        }),
  };
  return getOrderParams(params);
}

export const perp = (wanted: Wanted): OrderParams => order(wanted, MarketType.PERP, 0);
export const spot = (wanted: Wanted): OrderParams => order(wanted, MarketType.SPOT, 1);

/** Somebody whose resting orders may be taken. The SDK asks for one of them where the program doesn't. */
export function makerInfo(maker: DriftActor): MakerInfo {
  const order = findOpenOrder(maker) ?? maker.account.orders[0];
  return {
    maker: maker.userKey,
    makerStats: maker.client.getUserStatsAccountPublicKey(),
    makerUserAccount: maker.account,
    ...(order === undefined ? {} : { order }),
  };
}

/** The order of an account that was placed last and is open. */
export const findOpenOrder = ({ account }: DriftActor): Order | undefined =>
  account.orders
    .filter(({ status }) => isVariant(status, 'open'))
    .toSorted((one, other) => one.orderId - other.orderId)
    .at(-1);

export function openOrder(actor: DriftActor): Order {
  const open = findOpenOrder(actor);
  if (open === undefined) throw new Error('no order is open');
  return open;
}
