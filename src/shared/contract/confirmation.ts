import { z } from 'zod';
import { decimal, positiveDecimal, unixMs } from './decimal.ts';
import { walletAddress } from './walletAddress.ts';

/** Whose account a live trade is for. */
export const tradePlace = z.strictObject({
  venue: z.string(),
  owner: walletAddress,
  subAccount: z.number().int(),
});

/** A live trade that the user is asked about, and what they have answered (R6.10). */
export const confirmationView = z.strictObject({
  confirmationId: z.string(),
  place: tradePlace,
  purpose: z.string(),
  /** Why the trade is proposed. */
  because: z.string(),
  /** Exactly what is confirmed, in the order in which it is sent. */
  legs: z
    .array(
      z.strictObject({
        market: z.string(),
        side: z.enum(['buy', 'sell']),
        size: decimal,
        limitPrice: decimal,
        reduceOnly: z.boolean(),
      }),
    )
    .min(1)
    .max(2),
  /** Dollars of all legs together. */
  worth: decimal,
  askedAt: z.number(),
  /** Good before this moment of the wall clock. */
  expiresAt: z.number(),
  answer: z.enum(['none', 'confirmed', 'declined', 'used']),
});
export type ConfirmationView = z.infer<typeof confirmationView>;

/** What a user grants to an engine that trades while nobody looks. */
export const standingTerms = z.strictObject({
  /** Most dollars that one trade may be worth, all of its legs together. */
  perTrade: positiveDecimal,
  /** Most dollars that the trades of any 24 hours may be worth together. */
  perDay: positiveDecimal,
  /** Unix ms. */
  until: unixMs,
});

export const standingView = z.strictObject({
  place: tradePlace,
  perTrade: decimal,
  perDay: decimal,
  grantedAt: z.number(),
  until: z.number(),
  /** Whether it holds now: it has not run out. */
  inForce: z.boolean(),
  /** Of the last 24 hours, and what is left of them. */
  spent: decimal,
  left: decimal,
});
export type StandingView = z.infer<typeof standingView>;
