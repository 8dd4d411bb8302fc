import { z } from 'zod';
import { decimal } from './decimal.ts';
import { walletAddress } from './walletAddress.ts';

export const subAccountNumber = z.number().int().min(0).max(65_535);

/** A sub-account at the venue, as the chain shows it. */
export const subAccountView = z.strictObject({
  number: subAccountNumber,
  name: z.string(),
  /** Who else may trade it; null where nobody may. */
  delegate: walletAddress.nullable(),
  /** Dollars; null where a price is missing. */
  equity: decimal.nullable(),
  positions: z.number().int(),
  openOrders: z.number().int(),
  /** Whether an engine of this program has a vault there. */
  hasVault: z.boolean(),
});
export type SubAccountView = z.infer<typeof subAccountView>;
