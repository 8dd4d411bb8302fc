import type { RateLimit } from './callLimiter.ts';

export type CallCategory = 'marketData' | 'trading' | 'account';

/**
 * How often a venue is asked. The reserve is for cancels and SOS. At most half a minute's worth waits: who is further
 * behind is better told so than kept.
 */
export const RATE_LIMITS: Readonly<Record<CallCategory, RateLimit>> = {
  marketData: { perMinute: 100, reserve: 10, maxWaiting: 50 },
  trading: { perMinute: 50, reserve: 10, maxWaiting: 25 },
  account: { perMinute: 200, reserve: 20, maxWaiting: 100 },
};

export const CALL_CATEGORIES = Object.keys(RATE_LIMITS) as readonly CallCategory[];
