/** The program of Drift v2, on every network. */
export const DRIFT_PROGRAM = 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH';
/** The chain's own clock, as an account. */
export const CLOCK_SYSVAR = 'SysvarC1ock11111111111111111111111111111111';
