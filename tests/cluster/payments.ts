/** Plain transfers, and plain JSON-RPC, for tests of the node itself. */
import {
  ComputeBudgetProgram,
  Keypair,
  SystemProgram,
  TransactionMessage,
  VersionedTransaction,
  type TransactionInstruction,
} from '@solana/web3.js';

import { base58Text } from '../support/cluster/chain/base58Text.ts';
import type { LocalCluster } from '../support/cluster/localCluster.ts';

export const SOL = 1_000_000_000n;

/** A wallet with 10 SOL. */
export function funded(cluster: LocalCluster, lamports = 10n * SOL): Keypair {
  const wallet = Keypair.generate();
  cluster.airdrop(wallet.publicKey.toBase58(), lamports);
  return wallet;
}

export interface Signed {
  readonly base64: string;
  readonly signature: string;
}

export function signed(
  payer: Keypair,
  blockhash: string,
  instructions: readonly TransactionInstruction[],
  others: readonly Keypair[] = [],
): Signed {
  const message = new TransactionMessage({
    payerKey: payer.publicKey,
    recentBlockhash: blockhash,
    instructions: [...instructions],
  }).compileToV0Message();
  const transaction = new VersionedTransaction(message);
  transaction.sign([payer, ...others]);
  const [signature] = transaction.signatures;
  if (!signature) throw new Error('nobody has signed');
  return {
    base64: Buffer.from(transaction.serialize()).toString('base64'),
    signature: base58Text(signature),
  };
}

export const transfer = (from: Keypair, to: Keypair, lamports: bigint): TransactionInstruction =>
  SystemProgram.transfer({ fromPubkey: from.publicKey, toPubkey: to.publicKey, lamports });

/** A bid in micro-lamports for each of `units` compute units. */
export const bid = (units: number, microLamports: number): TransactionInstruction[] => [
  ComputeBudgetProgram.setComputeUnitLimit({ units }),
  ComputeBudgetProgram.setComputeUnitPrice({ microLamports }),
];

/** What a node answered: the result, or the error's code and message. */
export interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

export async function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Connection: 'close' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

export async function call(url: string, method: string, ...params: unknown[]): Promise<Answer> {
  const response = await post(url, { jsonrpc: '2.0', id: 1, method, params });
  return (await response.json()) as Answer;
}

/** The result; throws where it is an error. */
export async function result<T>(url: string, method: string, ...params: unknown[]): Promise<T> {
  const { result: got, error } = await call(url, method, ...params);
  if (error) throw new Error(`${error.code}: ${error.message}`);
  return got as T;
}

export const send = (url: string, { base64 }: Signed, config: object = {}): Promise<Answer> =>
  call(url, 'sendTransaction', base64, { encoding: 'base64', ...config });

/** A transfer on the newest blockhash. */
export async function payment(
  url: string,
  from: Keypair,
  to: Keypair,
  lamports: bigint,
  ...more: readonly TransactionInstruction[]
): Promise<Signed> {
  const { value } = await result<{ value: { blockhash: string } }>(url, 'getLatestBlockhash');
  return signed(from, value.blockhash, [...more, transfer(from, to, lamports)]);
}

export const balanceOf = (cluster: LocalCluster, wallet: Keypair): bigint =>
  cluster.account(wallet.publicKey.toBase58())?.lamports ?? 0n;
