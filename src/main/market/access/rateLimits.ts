import type { RateLimit } from './callLimiter.ts';

export type CallCategory = 'marketData' | 'trading' | 'account';

/**
 * How often a venue is asked. The reserve is for cancels and SOS. Who would wait long is better told so than kept: a read
 * that comes ten seconds late is of no use, and an order two seconds late is another order.
 */
export const RATE_LIMITS: Readonly<Record<CallCategory, RateLimit>> = {
  marketData: { perMinute: 100, reserve: 10, maxWaiting: 50, maxWaitMs: 10_000 },
  trading: { perMinute: 50, reserve: 10, maxWaiting: 25, maxWaitMs: 2_000 },
  account: { perMinute: 200, reserve: 20, maxWaiting: 100, maxWaitMs: 10_000 },
};

export const CALL_CATEGORIES = Object.keys(RATE_LIMITS) as readonly CallCategory[];
