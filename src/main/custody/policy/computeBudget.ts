import { divide } from '../../../shared/money/rounding.ts';
import { solWords } from './amounts.ts';
import { ByteReader } from './byteReader.ts';
import type { Instruction } from './instruction.ts';
import { refuse } from './refusal.ts';

/** What a transaction can compute at most, in compute units, and so what it is charged for at worst. */
const MOST_UNITS = 1_400_000n;
/** A price is in millionths of a lamport a unit. */
const PRICE_ONE = 1_000_000n;

/** The program's instructions by number. 0, from before there was a price, is not used any more. */
const HEAP_FRAME = 1;
const UNIT_LIMIT = 2;
const UNIT_PRICE = 3;
const LOADED_DATA_LIMIT = 4;

/** How much a transaction may compute, and what it bids for being early. */
export class ComputeBudget {
  readonly #set = new Map<number, bigint>();

  /** Takes an instruction of the compute budget program in. Throws a Refusal: `computeBudget` for a second of its kind. */
  read({ data, accounts }: Instruction): void {
    const reader = new ByteReader(data);
    const kind = reader.u8();
    if (kind < HEAP_FRAME || kind > LOADED_DATA_LIMIT || accounts.length > 0)
      refuse('instruction', 'An instruction about the compute budget is not one that is needed.');
    const value = kind === UNIT_PRICE ? reader.u64() : BigInt(reader.u32());
    reader.end();
    if (this.#set.has(kind)) refuse('computeBudget', 'A limit or price of computing is set twice.');
    this.#set.set(kind, value);
  }

  /**
   * The most that is bid, in lamports; 0 without a price. The fee is price × limit, rounded up to lamports; the chain counts
   * no more units than 1.4 million, and a transaction without a limit can't have more.
   * Throws a Refusal, `priorityFee`, over `most` lamports. Source: Solana docs, "Transaction fees", prioritization fee.
   */
  fee(most: bigint): bigint {
    const price = this.#set.get(UNIT_PRICE) ?? 0n;
    const fee = divide(price * (this.#set.get(UNIT_LIMIT) ?? MOST_UNITS), PRICE_ONE, 'ceil');
    if (fee > most)
      refuse('priorityFee', `A priority fee of ${solWords(fee)} is more than the ${solWords(most)} allowed.`);
    return fee;
  }
}
