import { rate } from '../../shared/money/quantity.ts';

/** The least that a taker pays beyond the mark, whatever the book shows: 0.1 %. Source: requirements, R1.5. */
export const LEAST_SLIPPAGE = rate(1_000_000_000n);
