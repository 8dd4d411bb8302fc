import type { Address } from '../address.ts';

/** The programs that a transaction may call. What they are is compiled in: nobody can talk the signer into another. */
export const SYSTEM_PROGRAM = '11111111111111111111111111111111' as Address;
export const COMPUTE_BUDGET_PROGRAM = 'ComputeBudget111111111111111111111111111111' as Address;
export const TOKEN_PROGRAM = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address;
export const ASSOCIATED_TOKEN_PROGRAM = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL' as Address;
export const DRIFT_PROGRAM = 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH' as Address;

/** Where programs of before 2021 look up what an account's rent is. */
export const RENT_SYSVAR = 'SysvarRent111111111111111111111111111111111' as Address;

/** 32 zero bytes, the same as the system program: an address that stands for none. */
export const NO_ADDRESS = SYSTEM_PROGRAM;
