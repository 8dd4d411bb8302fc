import { Message, PublicKey, SystemProgram, Transaction } from '@solana/web3.js';

const HASH = '11111111111111111111111111111111';

/** The message of a transfer of SOL: harmless where both are the same person's. */
export function transferMessage(from: string, to: string, lamports = 1): Uint8Array {
  const feePayer = new PublicKey(from);
  const transaction = new Transaction({ feePayer, blockhash: HASH, lastValidBlockHeight: 1 }).add(
    SystemProgram.transfer({ fromPubkey: feePayer, toPubkey: new PublicKey(to), lamports }),
  );
  return new Uint8Array(transaction.compileMessage().serialize());
}

/** The message of an instruction of a program that the app has nothing to do with. */
export function strangeMessage(from: string): Uint8Array {
  return new Uint8Array(
    new Message({
      header: { numRequiredSignatures: 1, numReadonlySignedAccounts: 0, numReadonlyUnsignedAccounts: 1 },
      accountKeys: [from, 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr'],
      recentBlockhash: HASH,
      instructions: [{ programIdIndex: 1, accounts: [], data: '' }],
    }).serialize(),
  );
}
