import { formatDecimal } from '../../../shared/money/decimal.ts';
import type { ByteReader } from './byteReader.ts';
import { spotAmountWords } from './driftMarkets.ts';

const PRICE_DECIMALS = 6;
const PERP_DECIMALS = 9;
const TYPES = ['market', 'limit', 'trigger market', 'trigger limit', 'oracle'] as const;
const SPOT = 0;
/** How many kinds each of Drift's enums has; reading them by their count keeps the bytes strict. */
const MARKET_TYPES = 2;
const DIRECTIONS = 2;
const POST_ONLY_PARAMS = 4;
const TRIGGER_CONDITIONS = 4;

/** Reads Drift's `OrderParams` to its end, in words: `limit short 1.5 at 150 on perp market 0, reduce only`. */
export function readOrder(data: ByteReader): string {
  const type = TYPES[data.variant(TYPES.length)];
  const isSpot = data.variant(MARKET_TYPES) === SPOT;
  const direction = directionWord(data);
  data.u8(); // The number that its sender gives it.
  const amount = data.u64();
  const price = data.u64();
  const market = data.u16();
  const isReduceOnly = data.variant(2) === 1;
  data.variant(POST_ONLY_PARAMS);
  data.u8(); // Flags: immediate or cancel, and high leverage.
  data.option(() => data.i64()); // When it expires.
  const trigger = data.option(() => data.u64());
  data.variant(TRIGGER_CONDITIONS);
  readOffsetAndAuction(data);

  const size = isSpot ? spotAmountWords(market, amount) : formatDecimal(amount, PERP_DECIMALS);
  return [
    `${type} ${direction} ${size}`,
    price > 0n ? ` at ${priceWords(price)}` : '',
    trigger === undefined ? '' : ` with a trigger at ${priceWords(trigger)}`,
    isSpot ? '' : ` on perp market ${market}`,
    isReduceOnly ? ', reduce only' : '',
  ].join('');
}

/** Reads Drift's `ModifyOrderParams` to its end, in words. */
export function readChange(data: ByteReader): string {
  const direction = data.option(() => directionWord(data));
  const amount = data.option(() => data.u64());
  const price = data.option(() => data.u64());
  data.option(() => data.variant(2)); // Reduce only.
  data.option(() => data.variant(POST_ONLY_PARAMS));
  data.option(() => data.u8()); // Flags.
  data.option(() => data.i64()); // When it expires.
  data.option(() => data.u64()); // The trigger's price.
  data.option(() => data.variant(TRIGGER_CONDITIONS));
  readOffsetAndAuction(data);
  data.option(() => data.u8()); // What to do when it has changed meanwhile.

  const changes = [
    direction,
    // What kind of market the order is on isn't said here.
    amount === undefined ? undefined : `${amount} units`,
    price === undefined ? undefined : `at ${priceWords(price)}`,
  ].filter((change) => change !== undefined);
  return changes.length > 0 ? `to ${changes.join(' ')}` : 'to other terms';
}

export const directionWord = (data: ByteReader): string =>
  data.variant(DIRECTIONS) === 0 ? 'long' : 'short';

function readOffsetAndAuction(data: ByteReader): void {
  data.option(() => data.i32()); // Offset from the oracle's price.
  data.option(() => data.u8()); // The auction's length, and its prices at the start and the end.
  data.option(() => data.i64());
  data.option(() => data.i64());
}

const priceWords = (price: bigint): string => formatDecimal(price, PRICE_DECIMALS);
