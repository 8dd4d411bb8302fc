import type { MarketKind, Order, User } from './accounts.ts';
import type { SpotMarket } from './marketAccounts.ts';
import type { Fields, Value } from './layout.ts';
import type { Held, Run } from './run.ts';
import { signedTokens } from './spotBalance.ts';
import { findSpotPosition } from './user.ts';

/** The program's records of what it did. Source: state/events.rs. */

export type OrderAction = 'Place' | 'Cancel' | 'Fill' | 'Trigger';
export type Explanation =
  | 'None'
  | 'InsufficientFreeCollateral'
  | 'OraclePriceBreachedLimitPrice'
  | 'OrderExpired'
  | 'Liquidation'
  | 'OrderFilledWithMatch'
  | 'OrderFilledWithMatchJit'
  | 'ReduceOnlyOrderIncreasedPosition'
  | 'NoBorrowLiquidity';

/** One side of an action: whose order it is, and what position stood there before a fill against it. */
export interface OrderSide {
  readonly user: string;
  readonly order: Order;
  readonly reduced?: Reduced;
}

/** What a fill took out of a position: its entry, and its size where the fill turned it. */
export interface Reduced {
  readonly quoteEntry: bigint;
  readonly base: bigint | null;
}

export interface OrderActionFields {
  readonly action: OrderAction;
  readonly explanation?: Explanation;
  readonly marketIndex: number;
  readonly marketType: MarketKind;
  readonly filler?: string;
  readonly fillerReward?: bigint;
  readonly fillRecordId?: bigint;
  readonly base?: bigint;
  readonly quote?: bigint;
  readonly takerFee?: bigint;
  /** Quote 1e6; negative is a rebate. */
  readonly makerFee?: bigint;
  readonly surplus?: bigint;
  readonly spotFulfillmentFee?: bigint;
  readonly taker?: OrderSide;
  readonly maker?: OrderSide;
  readonly oraclePrice: bigint;
  readonly triggerPrice?: bigint;
}

const orNull = (value: Value | undefined): Value => value ?? null;

function sideFields(side: 'taker' | 'maker', of: OrderSide | undefined): Fields {
  return {
    [side]: orNull(of?.user),
    [`${side}OrderId`]: orNull(of?.order.orderId),
    [`${side}OrderDirection`]: orNull(of?.order.direction),
    [`${side}OrderBaseAssetAmount`]: orNull(of?.order.baseAssetAmount),
    [`${side}OrderCumulativeBaseAssetAmountFilled`]: orNull(of?.order.baseAssetAmountFilled),
    [`${side}OrderCumulativeQuoteAssetAmountFilled`]: orNull(of?.order.quoteAssetAmountFilled),
    [`${side}ExistingQuoteEntryAmount`]: orNull(of?.reduced?.quoteEntry),
    [`${side}ExistingBaseAssetAmount`]: orNull(of?.reduced?.base),
  };
}

export function emitOrderAction(run: Run, fields: OrderActionFields): void {
  run.emit('OrderActionRecord', {
    ts: run.now,
    action: fields.action,
    actionExplanation: fields.explanation ?? 'None',
    marketIndex: fields.marketIndex,
    marketType: fields.marketType,
    filler: orNull(fields.filler),
    fillerReward: orNull(fields.fillerReward),
    fillRecordId: orNull(fields.fillRecordId),
    baseAssetAmountFilled: orNull(fields.base),
    quoteAssetAmountFilled: orNull(fields.quote),
    takerFee: orNull(fields.takerFee),
    makerFee: orNull(fields.makerFee),
    referrerReward: null,
    quoteAssetAmountSurplus: orNull(fields.surplus),
    spotFulfillmentMethodFee: orNull(fields.spotFulfillmentFee),
    ...sideFields('taker', fields.taker),
    ...sideFields('maker', fields.maker),
    oraclePrice: fields.oraclePrice,
    bitFlags: 0,
    triggerPrice: orNull(fields.triggerPrice),
    builderIdx: null,
    builderFee: null,
  });
}

/** An order stands on the maker's side if it is post-only, else on the taker's. */
export const sideOf = (
  user: string,
  order: Order,
): { readonly maker: OrderSide } | { readonly taker: OrderSide } =>
  order.postOnly ? { maker: { user, order } } : { taker: { user, order } };

export function emitOrder(run: Run, user: string, order: Order): void {
  run.emit('OrderRecord', { ts: run.now, user, order: order as unknown as Fields });
}

export interface DepositFields {
  readonly direction: 'Deposit' | 'Withdraw';
  readonly amount: bigint;
  readonly oraclePrice: bigint;
  readonly explanation: 'None' | 'Transfer' | 'Borrow' | 'RepayBorrow';
  readonly transferUser?: string;
}

/** Counts the record in its market. */
export function emitDeposit(run: Run, user: Held<'User'>, market: SpotMarket, fields: DepositFields): void {
  const depositRecordId = market.nextDepositRecordId;
  market.nextDepositRecordId += 1n;
  run.emit('DepositRecord', {
    ts: run.now,
    userAuthority: user.value.authority,
    user: user.address,
    direction: fields.direction,
    depositRecordId,
    amount: fields.amount,
    marketIndex: market.marketIndex,
    oraclePrice: fields.oraclePrice,
    marketDepositBalance: market.depositBalance,
    marketWithdrawBalance: market.borrowBalance,
    marketCumulativeDepositInterest: market.cumulativeDepositInterest,
    marketCumulativeBorrowInterest: market.cumulativeBorrowInterest,
    totalDepositsAfter: user.value.totalDeposits,
    totalWithdrawsAfter: user.value.totalWithdraws,
    explanation: fields.explanation,
    transferUser: orNull(fields.transferUser),
    signer: null,
    userTokenAmountAfter: tokensAfter(user.value, market),
  });
}

function tokensAfter(user: User, market: SpotMarket): bigint {
  const position = findSpotPosition(user, market.marketIndex);
  return position === undefined ? 0n : signedTokens(position, market);
}
