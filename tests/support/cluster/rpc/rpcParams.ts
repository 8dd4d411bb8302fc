/** What requests may ask, as far as this node answers it. */
import { z } from 'zod';

import { base58Bytes } from '../chain/base58Text.ts';
import { INVALID_PARAMS, RpcError } from './rpcError.ts';

const base58Of = (bytes: number, what: string): z.ZodString =>
  z.string().refine((text) => base58Bytes(text)?.length === bytes, `${what} expected`);

export const address = base58Of(32, 'an address');
export const signature = base58Of(64, 'a signature');

/** What every read may say. Here, what is processed is confirmed: all commitments see the same. */
const read = {
  commitment: z.enum(['processed', 'confirmed', 'finalized', 'recent', 'single', 'root', 'max']).optional(),
  minContextSlot: z.number().int().optional(),
};

export const encoding = z.enum(
  ['base58', 'base64', 'jsonParsed'],
  'only base58, base64 and jsonParsed are spoken here',
);
export type Encoding = z.infer<typeof encoding>;

const dataSlice = z.object({ offset: z.number().int().min(0), length: z.number().int().min(0) });
export type DataSlice = z.infer<typeof dataSlice>;

export const readConfig = z.object(read).default({});
export const accountConfig = z
  .object({ ...read, encoding: encoding.default('base64'), dataSlice: dataSlice.optional() })
  .default({ encoding: 'base64' });

const memcmp = z.object({
  offset: z.number().int().min(0),
  bytes: z.string(),
  encoding: z.enum(['base58', 'base64']).default('base58'),
});
export const programConfig = z
  .object({
    ...read,
    encoding: encoding.default('base64'),
    dataSlice: dataSlice.optional(),
    withContext: z.boolean().default(false),
    filters: z.array(z.union([z.object({ dataSize: z.number().int() }), z.object({ memcmp })])).default([]),
  })
  .default({ encoding: 'base64', withContext: false, filters: [] });
export type Filter = z.infer<typeof programConfig>['filters'][number];

export const sendConfig = z
  .object({
    encoding: z.enum(['base58', 'base64']).default('base58'),
    skipPreflight: z.boolean().default(false),
    preflightCommitment: read.commitment,
    maxRetries: z.number().int().optional(),
    minContextSlot: read.minContextSlot,
  })
  .default({ encoding: 'base58', skipPreflight: false });

export const simulateConfig = z
  .object({
    ...read,
    encoding: z.enum(['base58', 'base64']).default('base58'),
    sigVerify: z.boolean().default(false),
    replaceRecentBlockhash: z.boolean().default(false),
    innerInstructions: z.boolean().optional(),
    accounts: z.object({ addresses: z.array(address), encoding: encoding.default('base64') }).optional(),
  })
  .default({ encoding: 'base58', sigVerify: false, replaceRecentBlockhash: false });

export const signaturesConfig = z
  .object({
    ...read,
    limit: z.number().int().min(1).max(1000).default(1000),
    before: signature.optional(),
    until: signature.optional(),
  })
  .default({ limit: 1000 });

export const transactionConfig = z
  .object({
    ...read,
    encoding: z.enum(['json', 'jsonParsed', 'base58', 'base64']).default('json'),
    maxSupportedTransactionVersion: z.number().int().optional(),
  })
  .default({ encoding: 'json' });

export const statusConfig = z
  .object({ searchTransactionHistory: z.boolean().default(false) })
  .default({ searchTransactionHistory: false });

export const tokenFilter = z.union([z.object({ mint: address }), z.object({ programId: address })]);

/** The parameters of a request, in order. Missing ones at the end are undefined. Throws INVALID_PARAMS. */
export function paramsOf<T extends readonly z.ZodType[]>(
  params: readonly unknown[],
  ...schemas: T
): { -readonly [K in keyof T]: z.infer<T[K]> } {
  return schemas.map((schema, index) => {
    // A client that has nothing to say may say null.
    const parsed = schema.safeParse(params[index] ?? undefined);
    if (parsed.success) return parsed.data;
    throw new RpcError(INVALID_PARAMS, `Invalid params: ${parsed.error.issues[0]?.message ?? 'unexpected'}`);
  }) as { -readonly [K in keyof T]: z.infer<T[K]> };
}
