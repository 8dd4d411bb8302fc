import {
  TransactionMessage,
  VersionedTransaction,
  type Connection,
  type Keypair,
  type TransactionInstruction,
} from '@solana/web3.js';

/** Signs and sends instructions as one transaction, which has landed when this resolves. Rejects with the node's refusal. */
export async function submit(
  connection: Connection,
  payer: Keypair,
  instructions: readonly TransactionInstruction[],
): Promise<string> {
  const { blockhash } = await connection.getLatestBlockhash();
  const message = new TransactionMessage({
    payerKey: payer.publicKey,
    recentBlockhash: blockhash,
    instructions: [...instructions],
  }).compileToV0Message();
  const transaction = new VersionedTransaction(message);
  transaction.sign([payer]);
  return connection.sendRawTransaction(transaction.serialize());
}
