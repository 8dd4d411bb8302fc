import { z } from 'zod';

import type {
  AccountsAt,
  BlockhashLife,
  ChainAccount,
  LandedTransaction,
  SignatureLine,
  SignatureStatus,
  Simulation,
} from '../chain.ts';

/** What nodes answer to what {@link NodeChain} asks: a node may send anything, and what has another shape is no answer. */

const MOST_U64 = 2n ** 64n - 1n;

const count = z.int().nonnegative();
/** Up to 64 bits, of which a JSON number holds 53: see {@link parseWide}. */
const u64 = z
  .union([count, z.bigint()])
  .transform((value) => BigInt(value))
  .refine((value) => value >= 0n && value <= MOST_U64);
const base58 = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,88}$/);
const context = z.object({ slot: count });
/** The runtime's own words, of many shapes; null, or nothing, where there is no error. */
const runtimeError = z.unknown().transform((error) => error ?? null);
const logs = z
  .array(z.string())
  .nullish()
  .transform((lines) => lines ?? []);

export const heightAnswer = count;

export const blockhashAnswer = z
  .object({ context, value: z.object({ blockhash: base58, lastValidBlockHeight: count }) })
  .transform(({ value }): BlockhashLife => value);

const account = z
  .object({ owner: base58, lamports: u64, data: z.tuple([z.base64(), z.literal('base64')]) })
  .transform(({ owner, lamports, data }): ChainAccount => ({
    owner,
    lamports,
    data: new Uint8Array(Buffer.from(data[0], 'base64')),
  }));

/** As many accounts as were asked for. */
export const accountsAnswer = (asked: number) =>
  z
    .object({ context, value: z.array(account.nullable()).length(asked) })
    .transform(({ context: { slot }, value }): AccountsAt => ({ slot, accounts: value }));

export const simulationAnswer = z
  .object({ context, value: z.object({ err: runtimeError, logs, unitsConsumed: count.nullish() }) })
  .transform(({ value }): Simulation => ({
    error: value.err,
    logs: value.logs,
    unitsConsumed: value.unitsConsumed ?? null,
  }));

export const signatureAnswer = base58;

const status = z
  .object({
    slot: count,
    err: runtimeError,
    confirmationStatus: z.enum(['processed', 'confirmed', 'finalized']),
  })
  .transform(({ slot, err, confirmationStatus }): SignatureStatus => ({
    slot,
    commitment: confirmationStatus,
    error: err,
  }));

/** As many statuses as were asked for. */
export const statusesAnswer = (asked: number) =>
  z
    .object({ context, value: z.array(status.nullable()).length(asked) })
    .transform(({ value }): readonly (SignatureStatus | null)[] => value);

const landed = z.object({
  slot: count,
  blockTime: z.int().nullish(),
  meta: z.object({
    err: runtimeError,
    fee: u64,
    preBalances: z.tuple([u64], u64),
    postBalances: z.tuple([u64], u64),
    logMessages: logs,
  }),
  transaction: z.object({
    signatures: z.tuple([base58], base58),
    message: z.object({ accountKeys: z.tuple([base58], base58) }),
  }),
});

/** The transaction that was asked for and no other. */
export const transactionAnswer = (signature: string) =>
  landed
    .refine(
      ({ meta, transaction }) =>
        transaction.signatures[0] === signature &&
        meta.preBalances.length === meta.postBalances.length &&
        meta.preBalances.length >= transaction.message.accountKeys.length,
    )
    .transform(({ slot, blockTime, meta, transaction }): LandedTransaction => {
      const [payer] = transaction.message.accountKeys;
      const { preBalances, postBalances } = meta;
      return {
        signature,
        slot,
        blockTime: blockTime ?? null,
        error: meta.err,
        logs: meta.logMessages,
        fee: meta.fee,
        payer: { address: payer, before: preBalances[0], after: postBalances[0] },
        balances: transaction.message.accountKeys.map((address, i) => ({
          address,
          before: preBalances[i] ?? 0n,
          after: postBalances[i] ?? 0n,
        })),
      };
    })
    .nullable();

export const historyAnswer = z.array(
  z
    .object({ signature: base58, slot: count, err: runtimeError })
    .transform(({ signature, slot, err }): SignatureLine => ({ signature, slot, error: err })),
);

export const feesAnswer = z
  .array(z.object({ prioritizationFee: count }))
  .transform((fees) => fees.map(({ prioritizationFee }) => prioritizationFee));
