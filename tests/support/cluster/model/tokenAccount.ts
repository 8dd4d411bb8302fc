import { PublicKey } from '@solana/web3.js';
import type { Run } from './run.ts';
import { refuseAccounts } from './refusal.ts';

const OWNER_AT = 32;
const AMOUNT_AT = 64;

/** An SPL token account in the parts that the program reads. */
export interface TokenAccount {
  readonly mint: string;
  readonly owner: string;
  readonly amount: bigint;
}

/** The token account at an address, as it stands now. */
export function tokenAccount(run: Run, address: string): TokenAccount {
  const data = run.chain.read(address)?.data;
  if (data === undefined) return refuseAccounts('AccountNotInitialized', address);
  const bytes = Buffer.from(data);
  return {
    mint: new PublicKey(bytes.subarray(0, OWNER_AT)).toBase58(),
    owner: new PublicKey(bytes.subarray(OWNER_AT, AMOUNT_AT)).toBase58(),
    amount: bytes.readBigUInt64LE(AMOUNT_AT),
  };
}
