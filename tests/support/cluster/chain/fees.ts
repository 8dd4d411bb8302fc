import { ComputeBudgetProgram, SystemProgram } from '@solana/web3.js';

import type { WireInstruction } from './wireTransaction.ts';

export const LAMPORTS_PER_SIGNATURE = 5_000n;
/** What an instruction may compute where the transaction doesn't say: of the node's own programs, and of any other. */
const BUILTIN_UNITS = 3_000n;
const PROGRAM_UNITS = 200_000n;
const MOST_UNITS = 1_400_000n;

const COMPUTE_BUDGET = ComputeBudgetProgram.programId.toBase58();
const BUILTINS = new Set([COMPUTE_BUDGET, SystemProgram.programId.toBase58()]);
/** First bytes of the two instructions of the compute budget program that set a fee. */
const SET_UNIT_LIMIT = 2;
const SET_UNIT_PRICE = 3;

interface Fee {
  readonly lamports: bigint;
  /** Micro-lamports a compute unit that the transaction bids. */
  readonly unitPrice: bigint;
}

/** What a transaction pays: 5000 lamports a signature, and its bid for every unit that it may compute, rounded up. */
export function feeOf(signatures: number, instructions: readonly WireInstruction[]): Fee {
  let unitPrice = 0n;
  let limit: bigint | undefined;
  let byDefault = 0n;
  for (const { program, data } of instructions) {
    byDefault += BUILTINS.has(program) ? BUILTIN_UNITS : PROGRAM_UNITS;
    if (program !== COMPUTE_BUDGET) continue;
    const bytes = Buffer.from(data);
    if (bytes[0] === SET_UNIT_LIMIT) limit = BigInt(bytes.readUInt32LE(1));
    if (bytes[0] === SET_UNIT_PRICE) unitPrice = bytes.readBigUInt64LE(1);
  }
  const units = limit ?? byDefault;
  const bid = (unitPrice * (units < MOST_UNITS ? units : MOST_UNITS) + 999_999n) / 1_000_000n;
  return { lamports: BigInt(signatures) * LAMPORTS_PER_SIGNATURE + bid, unitPrice };
}
