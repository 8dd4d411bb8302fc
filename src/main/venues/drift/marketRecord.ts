import type {
  FundingRateRecord as SdkFundingRate,
  OrderActionRecord as SdkOrderAction,
} from '@drift-labs/sdk';
import { PRICE_ONE, base, price } from '../../../shared/money/quantity.ts';
import { divide } from '../../../shared/money/rounding.ts';
import type { PublicTrade } from '../../market/data/trade.ts';
import type { MarketIndex } from './orderInstructions.ts';
import { sideFrom } from './orderFrom.ts';
import { decodedRecord, type EventCoder } from './records.ts';
import { big, variantOf } from './sdk.ts';

const SECOND_MS = 1_000;
/** Dollars (1e6) over a size (1e9), as a price (1e9). */
const PRICE_PER_QUOTE = 1_000n * PRICE_ONE;

/** An hour's funding as the program said it. */
export interface MarketFunding {
  /** Unix s. */
  readonly ts: number;
  /** Dollars for one of the asset, 1e9. */
  readonly rate: bigint;
  /** The average that it is a fraction of, 1e6. */
  readonly oracleTwap: bigint;
}

export type MarketRecord =
  | { readonly kind: 'trade'; readonly trade: PublicTrade }
  | { readonly kind: 'funding'; readonly funding: MarketFunding };

/** What a line of the program's data says of a market to everybody; undefined where it says nothing of that kind. */
export function marketRecordFrom(
  coder: EventCoder,
  data: string,
  market: MarketIndex,
): MarketRecord | undefined {
  const decoded = decodedRecord(coder, data);
  if (decoded?.name === 'OrderActionRecord') {
    const trade = tradeFrom(decoded.data as SdkOrderAction, market);
    return trade && { kind: 'trade', trade };
  }
  if (decoded?.name !== 'FundingRateRecord' || market.kind !== 'perp') return undefined;
  const { ts, fundingRate, oraclePriceTwap, marketIndex } = decoded.data as SdkFundingRate;
  if (marketIndex !== market.index) return undefined;
  const funding = { ts: Number(big(ts)), rate: big(fundingRate), oracleTwap: big(oraclePriceTwap) };
  return { kind: 'funding', funding };
}

/** A fill is numbered by the program: the numbers of a market rise by one. */
function tradeFrom(record: SdkOrderAction, { kind, index }: MarketIndex): PublicTrade | undefined {
  const { action, marketType, marketIndex, fillRecordId, ts } = record;
  if (variantOf(action) !== 'fill' || marketIndex !== index || variantOf(marketType) !== kind)
    return undefined;
  const [size, quote] = [record.baseAssetAmountFilled, record.quoteAssetAmountFilled];
  const side = takersSide(record);
  if (fillRecordId === null || size === null || quote === null || side === undefined) return undefined;
  const filled = big(size);
  if (filled <= 0n) return undefined;
  return {
    id: Number(big(fillRecordId)),
    t: Number(big(ts)) * SECOND_MS,
    price: price(divide(big(quote) * PRICE_PER_QUOTE, filled, 'nearest')),
    size: base(filled),
    side,
  };
}

function takersSide({
  takerOrderDirection: taker,
  makerOrderDirection: maker,
}: SdkOrderAction): 'buy' | 'sell' | undefined {
  if (taker !== null) return sideFrom(taker);
  if (maker === null) return undefined;
  return sideFrom(maker) === 'buy' ? 'sell' : 'buy';
}
