import { z } from 'zod';
import { walletAddress } from '../../../shared/contract/walletAddress.ts';

/** Which key the signer stands ready with, and whether it may use it. */
export const signerState = z.strictObject({
  /** Null: none is selected. */
  address: walletAddress.nullable(),
  lock: z.enum(['none', 'locked', 'unlocked']),
});
export type SignerState = z.infer<typeof signerState>;
