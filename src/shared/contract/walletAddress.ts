import { z } from 'zod';

/** A Solana address in base58. That it has 32 bytes is checked where it is used. */
export const walletAddress = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/, 'is no Solana address');
