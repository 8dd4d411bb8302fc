import { DRIFT } from './driftByHand.ts';

/** Accounts of an instruction, in order, that may be any: a source, which the chain checks, and what follows the named. */
export type FreePlaces = (program: string, data: Uint8Array, accounts: number) => ReadonlySet<number>;

/**
 * Which bytes of a message may be others without anything going elsewhere: how recent it is, whether accounts are written
 * to, the data of instructions (which the sentence is made of), and accounts in free places.
 */
export function freeBytes(message: Uint8Array, freePlaces: FreePlaces): ReadonlySet<number> {
  const free = new Set<number>();
  const add = (from: number, count: number): void => {
    for (let at = from; at < from + count; at += 1) free.add(at);
  };
  let at = message[0] === 0x80 ? 1 : 0;
  /** A length of one or two bytes. */
  const length = (): number => {
    const low = message[at++] ?? 0;
    return low < 0x80 ? low : (low & 0x7f) + ((message[at++] ?? 0) << 7);
  };
  add(at + 2, 1);
  at += 3;
  const keyCount = length();
  const keys = at;
  const keyAt = (index: number): Uint8Array => message.subarray(keys + 32 * index, keys + 32 * index + 32);
  at += 32 * keyCount;
  add(at, 32);
  at += 32;

  const held = new Set([0]);
  for (let left = length(); left > 0; left -= 1) {
    const program = message[at++] ?? 0;
    held.add(program);
    const count = length();
    const accounts = at;
    at += count;
    const dataLength = length();
    const data = message.subarray(at, at + dataLength);
    add(at, dataLength);
    at += dataLength;
    const places = freePlaces(Buffer.from(keyAt(program)).toString('hex'), data, count);
    for (let place = 0; place < count; place += 1)
      if (places.has(place)) add(accounts + place, 1);
      else held.add(message[accounts + place] ?? 0);
  }
  for (let index = 0; index < keyCount; index += 1) if (!held.has(index)) add(keys + 32 * index, 32);
  return free;
}

export const DRIFT_HEX = Buffer.from(DRIFT.toBytes()).toString('hex');
