import { z } from 'zod';
import { decimal } from './decimal.ts';

/** One thing that the books and the chain do not say alike, and that nothing explains. */
export const differenceView = z.strictObject({
  kind: z.enum([
    'cash',
    'spot',
    'wallet',
    'position',
    'quote',
    'unknownOrder',
    'missingOrder',
    'foreignMarket',
    'foreignAsset',
  ]),
  /** USDC, SOL, a market, an asset, or an order's id. */
  subject: z.string(),
  /** What each of the two says; null where it knows nothing of it. */
  books: decimal.nullable(),
  chain: decimal.nullable(),
  /** The same in a sentence. */
  words: z.string(),
  /** Whether it can be accepted; what is not the engine's has to leave the sub-account. */
  acceptable: z.boolean(),
});
export type DifferenceView = z.infer<typeof differenceView>;

/** Differences, and the name that an acceptance of exactly these has to give. */
export const differencesView = z.strictObject({
  name: z.string(),
  differences: z.array(differenceView).min(1),
});
export type DifferencesView = z.infer<typeof differencesView>;
