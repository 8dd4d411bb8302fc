/**
 * Most that one transaction may pay for priority, and as a tip, in lamports: 0.005 SOL each. Compiled in, because a
 * program that was taken over could raise a setting. Ten times what a busy hour asks for.
 */
export const MOST_PRIORITY_FEE = 5_000_000n;
export const MOST_TIP = 5_000_000n;
/** Most that one transaction may send to delegates, who pay gas with it: 0.1 SOL, some 20,000 plain transactions. */
export const MOST_GAS = 100_000_000n;
/** Most that all of it may come to in a day: 0.5 SOL. */
export const MOST_A_DAY = 500_000_000n;
