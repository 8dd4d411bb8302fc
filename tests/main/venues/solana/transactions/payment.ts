import { PublicKey, SystemProgram } from '@solana/web3.js';

import type { Intent } from '../../../../../src/main/venues/solana/transactions/intent.ts';

export const CLUSTER = 'genesis-of-the-test';

/** SOL to somebody, once. */
export function payment(from: string, to: string, lamports: bigint): Intent {
  const transfer = SystemProgram.transfer({
    fromPubkey: new PublicKey(from),
    toPubkey: new PublicKey(to),
    lamports,
  });
  return { id: 'payment', kind: 'transfer', words: `Pay ${lamports} lamports.`, instructions: [transfer] };
}
