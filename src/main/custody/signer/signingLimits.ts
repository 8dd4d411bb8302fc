/**
 * Most that one transaction may pay for priority, and as a tip, in lamports: 0.005 SOL each. Compiled in, because a
 * program that was taken over could raise a setting. Ten times what a busy hour asks for.
 */
export const MOST_PRIORITY_FEE = 5_000_000n;
export const MOST_TIP = 5_000_000n;
