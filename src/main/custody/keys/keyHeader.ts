import { z } from 'zod';
import { walletAddress } from '../../../shared/contract/walletAddress.ts';

/** What the keychain says of a key beside the secret. None of it is secret; a passphrase vouches for all of it. */
export const keyHeader = z.strictObject({
  address: walletAddress,
  /** A delegate may trade for its owner's account, and can't withdraw. */
  role: z.enum(['owner', 'delegate']),
  /** Whose account it trades: its own, unless it is a delegate. */
  owner: walletAddress,
  /** Where in a phrase it stands; null for a key without a phrase. */
  path: z.string().max(60).nullable(),
  hasPassphrase: z.boolean(),
});
export type KeyHeader = z.infer<typeof keyHeader>;
