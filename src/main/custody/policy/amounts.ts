import { formatDecimal } from '../../../shared/money/decimal.ts';

const LAMPORT_DECIMALS = 9;

/** `0.0001 SOL` */
export const solWords = (lamports: bigint): string => `${formatDecimal(lamports, LAMPORT_DECIMALS)} SOL`;
