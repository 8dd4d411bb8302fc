import { ADDRESS_BYTES, type Address } from '../address.ts';
import type { ByteReader } from './byteReader.ts';
import { spotAmountWords } from './driftMarkets.ts';
import { directionWord, readChange, readOrder } from './driftOrder.ts';

/** What the data of an instruction says, as far as its accounts follow from it, and the rest in words. */
export interface DriftArguments {
  /** Number of the spot market whose vault and accounts take part. */
  market?: number;
  subAccount?: number;
  delegate?: Address;
  words: string[];
}

/** The variants of Drift's `SpotFulfillmentType`: three exchanges, and matching. */
const FULFILLMENTS = 4;
const SETTLE_MODES = 2;
const MARKET_TYPES = 2;

/** How each kind of argument is read. All are read to their last byte, or the instruction isn't the one it seems. */
const READ = {
  /** A spot market, and an amount of its token. */
  spotMarket: (data, read) => {
    read.market = data.u16();
  },
  amount: (data, read) => {
    read.words.push(spotAmountWords(read.market ?? 0, data.u64()));
  },
  /** Negative: out of the isolated position. */
  signedAmount: (data, read) => {
    read.words.push(spotAmountWords(read.market ?? 0, data.i64()));
  },
  perpMarket: (data, read) => {
    read.words.push(`perp market ${data.u16()}`);
  },
  perpMarkets: (data, read) => {
    read.words.push(`perp markets ${data.list(data.u32(), () => data.u16()).join(', ')}`);
  },
  subAccount: (data, read) => {
    read.subAccount = data.u16();
  },
  delegate: (data, read) => {
    read.delegate = data.address();
  },
  order: (data, read) => {
    read.words.push(readOrder(data));
  },
  orders: (data, read) => {
    read.words.push(data.list(data.u32(), () => readOrder(data)).join('; '));
  },
  change: (data, read) => {
    read.words.push(readChange(data));
  },
  orderId: (data, read) => {
    read.words.push(data.option(() => `${data.u32()}`) ?? '(the newest)');
  },
  orderIds: (data, read) => {
    read.words.push(data.list(data.u32(), () => data.u32()).join(', '));
  },
  userOrderId: (data, read) => {
    read.words.push(`${data.u8()}`);
  },
  flag: (data) => data.variant(2),
  name: (data) => data.bytes(ADDRESS_BYTES),
  ratio: (data) => data.u32(),
  /** Which part of a perp position. */
  optionalSize: (data) => data.option(() => data.i64()),
  /** Which of an order and its fills have to happen. */
  condition: (data) => data.option(() => data.u32()),
  fulfillment: (data) => data.option(() => data.variant(FULFILLMENTS)),
  settleMode: (data) => data.variant(SETTLE_MODES),
  optionalMarketType: (data) => data.option(() => data.variant(MARKET_TYPES)),
  optionalMarket: (data) => data.option(() => data.u16()),
  optionalDirection: (data) => data.option(() => directionWord(data)),
} satisfies Record<string, (data: ByteReader, read: DriftArguments) => unknown>;

export type ArgumentKind = keyof typeof READ;

/** Reads all of an instruction's data that follows its discriminator. Throws a Refusal, `malformed`. */
export function readArguments(data: ByteReader, kinds: readonly ArgumentKind[]): Readonly<DriftArguments> {
  const read: DriftArguments = { words: [] };
  for (const kind of kinds) READ[kind](data, read);
  data.end();
  return read;
}
