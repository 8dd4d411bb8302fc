import { NO_BASE, type Base } from '../../shared/money/quantity.ts';
import type { OrderOutcome } from '../execution/executor.ts';

/** What the engine steers to. Closing and flattening set `flat`; corrections are made only in `hedged`. */
export type Target = 'hedged' | 'flat';

/** Work that takes several trades. */
export type Plan =
  | { readonly kind: 'idle' }
  /** Buying spot up to `goal` and shorting as much, clip by clip; not before `notBefore`. */
  | { readonly kind: 'enter'; readonly goal: Base; readonly notBefore: number }
  | { readonly kind: 'exit'; readonly cause: 'policy' | 'sos' }
  | { readonly kind: 'deleverage' };

/** What stands between the two legs of a trade: signed SOL that one leg has and the other has not yet matched. */
export interface Gap {
  readonly size: Base;
  /** Since when, or since the last unknown outcome was resolved. */
  readonly since: number;
  /** An opening gap may be undone; a reducing one is only ever finished. */
  readonly kind: 'opening' | 'reducing';
}

/** A skip or a declined entry that was logged, so that it is said again only when it changes or an hour later. */
export interface Said {
  readonly what: string;
  readonly at: number;
}

/** All that the engine remembers between events; everything else is read from the venue. Plain data, saved whole. */
export interface Memory {
  readonly target: Target;
  readonly plan: Plan;
  readonly gap: Gap | null;
  /** An order whose outcome is unknown: until it is resolved nothing else is traded. */
  readonly pending: OrderOutcome | null;
  /** When the last correction was done. */
  readonly cooldownFrom: number | null;
  /** What lets the next correction pass the cooldown. */
  readonly urgent: 'transfer' | 'liquidation' | null;
  /** SOL deposited less SOL withdrawn by the user: what flat leaves alone. */
  readonly transferredSol: Base;
  readonly said: Said | null;
}

export const FRESH_MEMORY: Memory = {
  target: 'flat',
  plan: { kind: 'idle' },
  gap: null,
  pending: null,
  cooldownFrom: null,
  urgent: null,
  transferredSol: NO_BASE,
  said: null,
};
