import { z } from 'zod';
import { ceremonyTask } from '../../../shared/contract/ceremony.ts';
import { walletAddress } from '../../../shared/contract/walletAddress.ts';

/** What only a terminal offers, beside the tasks that a window has too. */
const exportTask = z.strictObject({ kind: z.literal('export'), address: walletAddress });

/**
 * A ceremony that is asked for: the task, what the program knows of the wallets that are there, and answers that were
 * given beforehand, on a command line. Nothing of it is secret.
 */
export const ceremonyOrder = z.strictObject({
  task: z.union([ceremonyTask, exportTask]),
  /** Wallets that the program has already. */
  known: z.array(
    z.strictObject({
      address: walletAddress,
      name: z.string(),
      kind: z.enum(['owner', 'delegate', 'watch']),
      owner: walletAddress,
    }),
  ),
  given: z.strictObject({
    name: z.string().optional(),
    words: z.union([z.literal(12), z.literal(24)]).optional(),
    source: z.enum(['phrase', 'secretKey', 'file']).optional(),
    /** The path of a keypair file. */
    file: z.string().optional(),
  }),
});
export type CeremonyOrder = z.infer<typeof ceremonyOrder>;
