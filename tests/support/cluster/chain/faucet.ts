import { createHash } from 'node:crypto';

import { Keypair, PublicKey, SystemProgram, TransactionMessage, VersionedTransaction } from '@solana/web3.js';

import type { Chain } from './chain.ts';
import { readTransaction } from './wireTransaction.ts';

const FAUCET = Keypair.fromSeed(createHash('sha256').update('faucet').digest());
const PLENTY = 1_000_000_000_000_000n;

/** Gives lamports away by a transaction, whose signature it returns. */
export function fromFaucet(chain: Chain, recipient: string, lamports: number): string {
  const from = FAUCET.publicKey;
  const owner = SystemProgram.programId.toBase58();
  chain.write(from.toBase58(), { owner, lamports: PLENTY, data: new Uint8Array() });
  const message = new TransactionMessage({
    payerKey: from,
    recentBlockhash: chain.latestBlockhash().blockhash,
    instructions: [
      SystemProgram.transfer({ fromPubkey: from, toPubkey: new PublicKey(recipient), lamports }),
    ],
  }).compileToV0Message();
  const transaction = new VersionedTransaction(message);
  transaction.sign([FAUCET]);
  const sent = readTransaction(transaction.serialize());
  chain.land(sent);
  return sent.signature;
}
