import type { ApprovedTrade, Refusal } from '../trade.ts';
import type { TradeTerms } from './terms.ts';

/** On what a live trade goes through. */
export type ConfirmationBasis =
  /** Worth no more than the limit. */
  | { readonly kind: 'underLimit' }
  /** SOS and the health guard get out without being asked (R6.10, R11.2). */
  | { readonly kind: 'exempt' }
  /** Confirmed by itself. */
  | { readonly kind: 'own'; readonly confirmationId: string }
  | { readonly kind: 'standing'; readonly standingId: string; readonly useId: string }
  /** Closes the gap that a confirmed trade of two legs left: `of` is the use of that trade, `useId` its own. */
  | { readonly kind: 'repair'; readonly of: string; readonly useId: string };

declare const confirmed: unique symbol;

/**
 * A trade that has passed the gates and that its user agrees to. Only the confirmation desk makes one, live execution
 * takes nothing else, and each is for one execution: the intent that is journalled for it.
 */
export interface ConfirmedTrade {
  readonly verdict: 'confirmed';
  readonly approved: ApprovedTrade;
  readonly terms: TradeTerms;
  readonly basis: ConfirmationBasis;
  readonly [confirmed]: true;
}

/** A trade that must not be sent, and why. */
export interface UnconfirmedTrade {
  readonly verdict: 'unconfirmed';
  readonly approved: ApprovedTrade;
  /**
   * CONFIRMATION_REQUIRED, CONFIRMATION_EXPIRED, CONFIRMATION_USED, CONFIRMATION_DECLINED, CONFIRMATION_MISMATCH or
   * CONFIRMATION_UNKNOWN.
   */
  readonly reason: Refusal;
}
