import type { BN } from '@drift-labs/sdk';

/** The SDK's big integers, compared as ours. */
export const int = (value: BN): bigint => BigInt(value.toString());
