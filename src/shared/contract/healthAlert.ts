import { z } from 'zod';
import { decimal } from './decimal.ts';

/** What is told of the health of a live account, once at each crossing (R2.4, R2.5). */
export const healthAlertView = z.strictObject({
  /** `eased`: no longer critical, still under the warning. `over`: fine again. */
  level: z.enum(['warning', 'critical', 'eased', 'over']),
  healthPct: z.number(),
  because: z.string(),
  /** Where each position is liquidated if only its own asset's price moves; empty once it is over. */
  positions: z.array(
    z.strictObject({
      market: z.string(),
      size: decimal,
      /** Null where no price of its own liquidates it, or none is known. */
      liquidationPrice: decimal.nullable(),
      side: z.enum(['above', 'below']).nullable(),
    }),
  ),
});
export type HealthAlertView = z.infer<typeof healthAlertView>;
