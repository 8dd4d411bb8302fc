import { Connection, PublicKey } from '@solana/web3.js';
import { z } from 'zod';

import type {
  AccountsAt,
  BlockhashLife,
  Chain,
  LandedTransaction,
  SignatureLine,
  SignatureStatus,
  Simulation,
} from '../../../../../src/main/venues/solana/chain.ts';

const simulated = z.object({
  result: z.object({
    value: z.object({ err: z.unknown(), logs: z.array(z.string()), unitsConsumed: z.number() }),
  }),
});

/** One node as a chain, by web3.js: nothing is tried again, and nobody else is asked. */
export class ConnectionChain implements Chain {
  readonly #url: string;
  readonly #connection: Connection;

  constructor(url: string) {
    this.#url = url;
    this.#connection = new Connection(url, { commitment: 'confirmed', disableRetryOnRateLimit: true });
  }

  latestBlockhash(): Promise<BlockhashLife> {
    return this.#connection.getLatestBlockhash();
  }

  blockHeight(commitment: 'confirmed' | 'finalized'): Promise<number> {
    return this.#connection.getBlockHeight(commitment);
  }

  slot(): Promise<number> {
    return this.#connection.getSlot();
  }

  accounts(): Promise<AccountsAt> {
    return Promise.reject(new Error('Nobody asks for accounts here.'));
  }

  /** By hand: the library takes no bytes. */
  async simulate(wire: Uint8Array): Promise<Simulation> {
    const config = { encoding: 'base64', sigVerify: false, replaceRecentBlockhash: true };
    const params = [Buffer.from(wire).toString('base64'), config];
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'simulateTransaction', params }),
    });
    const { value } = simulated.parse(await response.json()).result;
    return { error: value.err ?? null, logs: value.logs, unitsConsumed: value.unitsConsumed };
  }

  async send(wire: Uint8Array): Promise<void> {
    await this.#connection.sendRawTransaction(wire, { skipPreflight: true });
  }

  async statuses(signatures: readonly string[]): Promise<readonly (SignatureStatus | null)[]> {
    const { value } = await this.#connection.getSignatureStatuses([...signatures], {
      searchTransactionHistory: true,
    });
    return value.map((status) =>
      status === null
        ? null
        : { slot: status.slot, commitment: status.confirmationStatus ?? 'processed', error: status.err },
    );
  }

  async statusEverywhere(signature: string): Promise<SignatureStatus | null> {
    const [status = null] = await this.statuses([signature]);
    return status;
  }

  async transaction(signature: string): Promise<LandedTransaction | null> {
    const found = await this.#connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
    const meta = found?.meta;
    if (found === null || meta === null || meta === undefined) return null;
    return {
      signature: found.transaction.signatures[0] ?? '',
      slot: found.slot,
      blockTime: found.blockTime ?? null,
      error: meta.err,
      logs: meta.logMessages ?? [],
      fee: BigInt(meta.fee),
      payer: {
        address: found.transaction.message.getAccountKeys().get(0)?.toBase58() ?? '',
        before: BigInt(meta.preBalances[0] ?? 0),
        after: BigInt(meta.postBalances[0] ?? 0),
      },
      balances: [],
    };
  }

  signaturesFor(): Promise<readonly SignatureLine[]> {
    return Promise.reject(new Error('Nobody asks for a history here.'));
  }

  async recentPriorityFees(addresses: readonly string[]): Promise<readonly number[]> {
    const lockedWritableAccounts = addresses.map((address) => new PublicKey(address));
    const fees = await this.#connection.getRecentPrioritizationFees({ lockedWritableAccounts });
    return fees.map(({ prioritizationFee }) => prioritizationFee);
  }
}
