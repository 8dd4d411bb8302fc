import type { Base, Usd } from '../../shared/money/quantity.ts';
import type { Side } from './market.ts';

/** Where a live trade is made, and for whose money: confirmed for one place, a trade is not confirmed for another. */
export interface TradePlace {
  readonly venue: string;
  /** Address of the wallet whose account it is. */
  readonly owner: string;
  readonly subAccount: number;
}

/** What a user has granted to an engine that trades while nobody looks. One at a time for a place. */
export interface StandingConfirmation {
  readonly id: string;
  readonly place: TradePlace;
  /** Most that one trade may be worth, all of its legs together. */
  readonly perTrade: Usd;
  /** Most that all trades of any 24 hours may be worth together. */
  readonly perDay: Usd;
  /** Unix ms. */
  readonly grantedAt: number;
  /** Unix ms: from then on it holds no more. */
  readonly until: number;
}

/** A leg of a trade that went through on a confirmation. */
export interface ConfirmedLeg {
  readonly market: string;
  readonly side: Side;
  readonly size: Base;
}

/** One use of a confirmation: written down, durably, before anything is signed. */
export interface ConfirmationUse {
  readonly id: string;
  /** Unix ms. */
  readonly t: number;
  readonly place: TradePlace;
  /** `own`: confirmed by itself. `repair`: closes the gap that a confirmed trade of two legs left. */
  readonly basis: 'own' | 'standing' | 'repair';
  /** The confirmation, the standing confirmation, or the use whose gap is closed. */
  readonly of: string;
  /** Rounded up. */
  readonly worth: Usd;
  readonly legs: readonly ConfirmedLeg[];
}

/** What is remembered of confirmations across restarts. Every change is durable when it returns. */
export interface ConfirmationRecords {
  /** The one in force; undefined where none was granted, or it was revoked. It may have run out. */
  standing(place: TradePlace): StandingConfirmation | undefined;
  /** In the place of the one before. */
  grant(standing: StandingConfirmation): void;
  revoke(place: TradePlace, t: number): void;
  /** Throws CONFIRMATION_USED where an own confirmation was used before. */
  use(use: ConfirmationUse): void;
  /** Uses at a place whose time is later than a moment, in the order in which they were made. */
  usesAfter(place: TradePlace, t: number): readonly ConfirmationUse[];
  /**
   * What of a use has filled, leg by leg, now that it is known. One that has filled nothing is worth nothing. Throws
   * INTERNAL where there is no such use, or more has filled than it was for.
   */
  settle(useId: string, filled: readonly Base[]): void;
  /** Every repair of a use, whatever its time. */
  repairsOf(useId: string): readonly ConfirmationUse[];
  /** Whether a confirmation of a single trade was used, now or before a restart. */
  isUsed(confirmationId: string): boolean;
}
