import type {
  DepositRecord as SdkDeposit,
  FundingPaymentRecord as SdkFundingPayment,
  FundingRateRecord as SdkFundingRate,
  LiquidationRecord as SdkLiquidation,
  OrderActionRecord as SdkOrderAction,
  OrderRecord as SdkOrder,
  SettlePnlRecord as SdkSettlement,
  SpotInterestRecord as SdkInterest,
} from '@drift-labs/sdk';
import { orderFrom, sideFrom } from './orderFrom.ts';
import type { FillRecord, FillSide, OrderActionRecord, ProgramEvent } from './programEvent.ts';
import { big, variantOf, type DriftClient } from './sdk.ts';

/** Programs older than the SDK's description leave out what was added to the end of a record since: zeros stand for it. */
const MISSING_BYTES = Buffer.alloc(1_024);

const ACTIONS: ReadonlySet<string> = new Set<OrderActionRecord['action']>([
  'place',
  'cancel',
  'trigger',
  'expire',
]);
const isAction = (name: string): name is OrderActionRecord['action'] => ACTIONS.has(name);

/** The SDK's decoder of what the program logs. */
export type EventCoder = DriftClient['program']['coder']['events'];

/**
 * What the program says in a line of data; undefined where it says nothing that concerns us, or what the SDK's description
 * does not know yet: an account that it moved then differs from its story, which shows.
 */
export function recordFrom(coder: EventCoder, data: string): ProgramEvent | undefined {
  const decoded = decodedRecord(coder, data);
  return decoded === null ? undefined : READERS[decoded.name]?.(decoded.data);
}

/** A record by the SDK's description of it; null where the line is none that it knows. */
export function decodedRecord(coder: EventCoder, data: string): ReturnType<EventCoder['decode']> {
  const padded = Buffer.concat([Buffer.from(data, 'base64'), MISSING_BYTES]);
  try {
    return coder.decode(padded.toString('base64'));
  } catch {
    // Its way to say that a variant, an option or a length is none that it knows.
    return null;
  }
}

/** What is read of a record has been decoded by the program's own description of it. */
type Reader = (data: unknown) => ProgramEvent | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  DepositRecord: (data) => {
    const record = data as SdkDeposit;
    const sign = variantOf(record.direction) === 'deposit' ? 1n : -1n;
    return {
      type: 'deposit',
      ts: seconds(record.ts),
      user: record.user.toString(),
      market: record.marketIndex,
      tokens: sign * big(record.amount),
      isTransfer: variantOf(record.explanation) === 'transfer',
      oracle: big(record.oraclePrice),
      depositInterest: big(record.marketCumulativeDepositInterest),
      borrowInterest: big(record.marketCumulativeBorrowInterest),
    };
  },
  FundingPaymentRecord: (data) => {
    const record = data as SdkFundingPayment;
    return {
      type: 'fundingPayment',
      ts: seconds(record.ts),
      user: record.user.toString(),
      market: record.marketIndex,
      payment: big(record.fundingPayment),
      size: big(record.baseAssetAmount),
      cumulativeLong: big(record.ammCumulativeFundingLong),
      cumulativeShort: big(record.ammCumulativeFundingShort),
    };
  },
  FundingRateRecord: (data) => {
    const record = data as SdkFundingRate;
    return {
      type: 'fundingRate',
      ts: seconds(record.ts),
      market: record.marketIndex,
      rate: big(record.fundingRate),
      oracleTwap: big(record.oraclePriceTwap),
    };
  },
  SettlePnlRecord: (data) => {
    const record = data as SdkSettlement;
    return {
      type: 'settlement',
      ts: seconds(record.ts),
      user: record.user.toString(),
      market: record.marketIndex,
      pnl: big(record.pnl),
      oracle: big(record.settlePrice),
    };
  },
  SpotInterestRecord: (data) => {
    const record = data as SdkInterest;
    return {
      type: 'interest',
      ts: seconds(record.ts),
      market: record.marketIndex,
      depositInterest: big(record.cumulativeDepositInterest),
      borrowInterest: big(record.cumulativeBorrowInterest),
    };
  },
  LiquidationRecord: (data) => {
    const record = data as SdkLiquidation;
    return {
      type: 'liquidation',
      ts: seconds(record.ts),
      user: record.user.toString(),
      kind: variantOf(record.liquidationType),
    };
  },
  OrderRecord: (data) => {
    const record = data as SdkOrder;
    return {
      type: 'order',
      ts: seconds(record.ts),
      user: record.user.toString(),
      order: orderFrom(record.order),
    };
  },
  OrderActionRecord: (data) => {
    const record = data as SdkOrderAction;
    const action = variantOf(record.action);
    if (action === 'fill') return fillFrom(record);
    return isAction(action) ? actionFrom(record, action) : undefined;
  },
};

function fillFrom(record: SdkOrderAction): FillRecord {
  return {
    type: 'fill',
    ts: seconds(record.ts),
    kind: variantOf(record.marketType) === 'perp' ? 'perp' : 'spot',
    market: record.marketIndex,
    size: amount(record.baseAssetAmountFilled),
    quote: amount(record.quoteAssetAmountFilled),
    oracle: big(record.oraclePrice),
    taker: sideOf(
      record.taker,
      record.takerOrderId,
      record.takerOrderDirection,
      // What another exchange took for its part of the fill is in the taker's fee.
      amount(record.takerFee),
      [
        record.takerOrderBaseAssetAmount,
        record.takerOrderCumulativeBaseAssetAmountFilled,
        record.takerOrderCumulativeQuoteAssetAmountFilled,
      ],
    ),
    maker: sideOf(record.maker, record.makerOrderId, record.makerOrderDirection, amount(record.makerFee), [
      record.makerOrderBaseAssetAmount,
      record.makerOrderCumulativeBaseAssetAmountFilled,
      record.makerOrderCumulativeQuoteAssetAmountFilled,
    ]),
    isLiquidation: variantOf(record.actionExplanation) === 'liquidation',
  };
}

/** The order that an action is about is its owner's, who stands in the taker's place or the maker's. */
function actionFrom(
  record: SdkOrderAction,
  action: OrderActionRecord['action'],
): OrderActionRecord | undefined {
  const user = record.taker ?? record.maker;
  const orderId = record.takerOrderId ?? record.makerOrderId;
  if (user === null || orderId === null) return undefined;
  return {
    type: 'orderAction',
    ts: seconds(record.ts),
    action,
    why: variantOf(record.actionExplanation),
    kind: variantOf(record.marketType) === 'perp' ? 'perp' : 'spot',
    market: record.marketIndex,
    user: user.toString(),
    orderId,
    reward: amount(record.fillerReward),
    oracle: big(record.oraclePrice),
  };
}

type Amount = SdkOrderAction['takerFee'];

function sideOf(
  user: SdkOrderAction['taker'],
  orderId: number | null,
  direction: object | null,
  fee: bigint,
  [size, filled, quote]: readonly [Amount, Amount, Amount],
): FillSide | undefined {
  if (user === null || orderId === null || direction === null) return undefined;
  return {
    user: user.toString(),
    orderId,
    side: sideFrom(direction),
    fee,
    orderSize: amount(size),
    orderFilled: amount(filled),
    orderQuote: amount(quote),
  };
}

const amount = (number: Amount): bigint => (number === null ? 0n : big(number));
const seconds = (ts: Parameters<typeof big>[0]): number => Number(ts.toString());
