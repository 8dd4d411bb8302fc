import { PYTH_PROGRAM } from './addresses.ts';

const BYTES = 3312;
const MAGIC = 0xa1b2c3d4;
const VERSION = 2;
const PRICE_ACCOUNT = 3;
const PRICE = 1;
const TRADING = 1;
const EXPONENT = -8;
const PUBLISHERS = 10;
/** 1 bp either way. */
const CONFIDENCE_PARTS = 10_000n;

/** What a price account of Pyth's push oracle holds; offsets from pyth-client's `price_t`. */
interface PythAccount {
  readonly owner: string;
  readonly lamports: bigint;
  readonly data: Uint8Array;
}

/** A price, 1e6, published in `slot`. Its moving averages are the price itself. */
export function pythAccount(priceE6: bigint, slot: number): PythAccount {
  const data = Buffer.alloc(BYTES);
  const price = priceE6 * 100n;
  const confidence = price / CONFIDENCE_PARTS;
  data.writeUInt32LE(MAGIC, 0);
  data.writeUInt32LE(VERSION, 4);
  data.writeUInt32LE(PRICE_ACCOUNT, 8);
  data.writeUInt32LE(BYTES, 12);
  data.writeUInt32LE(PRICE, 16);
  data.writeInt32LE(EXPONENT, 20);
  data.writeUInt32LE(PUBLISHERS, 24);
  data.writeUInt32LE(PUBLISHERS, 28);
  // Last slot, and last valid slot: the SDK reads the first, the program the second.
  data.writeBigUInt64LE(BigInt(slot), 32);
  data.writeBigUInt64LE(BigInt(slot), 40);
  data.writeBigInt64LE(price, 48);
  data.writeBigInt64LE(confidence, 72);
  data.writeBigInt64LE(price, 208);
  data.writeBigUInt64LE(confidence, 216);
  data.writeUInt32LE(TRADING, 224);
  data.writeBigUInt64LE(BigInt(slot), 232);
  return { owner: PYTH_PROGRAM, lamports: 24_000_000n, data };
}
