import type { Direction, User } from './accounts.ts';
import type { PerpMarket } from './marketAccounts.ts';
import { emitOrder, emitOrderAction, type OrderSide } from './events.ts';
import { zeroOf, type Fields } from './layout.ts';
import type { Liquidating } from './liquidatePerp.ts';
import type { Margin } from './margin.ts';
import { opposite } from './perpPosition.ts';
import { clearOrder, isBankrupt, nextOrderId } from './user.ts';

/** What a liquidation took over, and for what. */
export interface Taken {
  readonly base: bigint;
  readonly value: bigint;
  readonly fee: bigint;
  readonly insuranceFee: bigint;
  /** That closes the user's position. */
  readonly direction: Direction;
  readonly liquidatorHeld: Direction;
}

/** The program tells of the take-over as of two orders that met. */
export function emitTaken(
  { run, user, liquidator }: Liquidating,
  market: PerpMarket,
  taken: Taken,
  limit: bigint | null,
  oraclePrice: bigint,
): { readonly userOrderId: number; readonly liquidatorOrderId: number; readonly fillRecordId: bigint } {
  const userOrderId = nextOrderId(user.value);
  const liquidatorOrderId = nextOrderId(liquidator.value);
  const fillRecordId = market.nextFillRecordId;
  market.nextFillRecordId += 1n;
  const held = opposite(taken.direction);
  const blank = {
    ...blankOrder(),
    slot: run.slot,
    baseAssetAmount: taken.base,
    marketIndex: market.marketIndex,
    status: 'Open',
  } as const;
  const userOrder = {
    ...blank,
    orderId: userOrderId,
    orderType: 'Market',
    direction: taken.direction,
    existingPositionDirection: held,
  } as const;
  const liquidatorOrder = {
    ...blank,
    orderId: liquidatorOrderId,
    price: limit ?? 0n,
    orderType: limit === null ? 'Market' : 'Limit',
    direction: held,
    existingPositionDirection: taken.liquidatorHeld,
  } as const;
  emitOrder(run, user.address, userOrder);
  emitOrder(run, liquidator.address, liquidatorOrder);
  const filled = { baseAssetAmountFilled: taken.base, quoteAssetAmountFilled: taken.value };
  const side = (address: string, order: OrderSide['order']): OrderSide => ({
    user: address,
    order: { ...order, ...filled },
  });
  emitOrderAction(run, {
    action: 'Fill',
    explanation: 'Liquidation',
    marketIndex: market.marketIndex,
    marketType: 'Perp',
    fillRecordId,
    base: taken.base,
    quote: taken.value,
    takerFee: taken.fee + taken.insuranceFee,
    makerFee: -taken.fee,
    taker: side(user.address, userOrder),
    maker: side(liquidator.address, liquidatorOrder),
    oraclePrice,
  });
  return { userOrderId, liquidatorOrderId, fillRecordId };
}

function blankOrder(): User['orders'][number] {
  const [order] = (zeroOf('User') as unknown as User).orders;
  if (order === undefined) throw new Error('the IDL gives users no orders');
  clearOrder(order);
  return order;
}

export interface LiquidationFields {
  readonly liquidating: Liquidating;
  readonly margin: Margin;
  readonly liquidationId: number;
  readonly canceledOrderIds: readonly number[];
  readonly marketIndex: number;
  readonly oraclePrice: bigint;
  readonly freed: bigint;
  readonly taken?: Fields;
}

export function emitLiquidation(fields: LiquidationFields): void {
  const { run, user, liquidator } = fields.liquidating;
  run.emit('LiquidationRecord', {
    ts: run.now,
    liquidationType: 'LiquidatePerp',
    user: user.address,
    liquidator: liquidator.address,
    marginRequirement: fields.margin.requirement,
    totalCollateral: fields.margin.collateral,
    marginFreed: fields.freed,
    liquidationId: fields.liquidationId,
    bankrupt: isBankrupt(user.value),
    canceledOrderIds: fields.canceledOrderIds,
    liquidatePerp: {
      ...zeroOf('LiquidatePerpRecord'),
      marketIndex: fields.marketIndex,
      oraclePrice: fields.oraclePrice,
      ...fields.taken,
    },
    liquidateSpot: zeroOf('LiquidateSpotRecord'),
    liquidateBorrowForPerpPnl: zeroOf('LiquidateBorrowForPerpPnlRecord'),
    liquidatePerpPnlForDeposit: zeroOf('LiquidatePerpPnlForDepositRecord'),
    perpBankruptcy: zeroOf('PerpBankruptcyRecord'),
    spotBankruptcy: zeroOf('SpotBankruptcyRecord'),
    bitFlags: 0,
  });
}
