import { price, type Price } from '../../../shared/money/quantity.ts';
import { divide, type Rounding } from '../../../shared/money/rounding.ts';

/** Prices of the program have six decimals, ours nine. */
const PRICE_SCALE = 1_000n;

export const QUOTE_MARKET = 0;
export const SOL_MARKET = 1;
export const PRICE_PRECISION = 1_000_000n;

export const priceFrom = (chain: bigint): Price => price(chain * PRICE_SCALE);

/** A price of ours on the chain's grid of millionths. */
export const chainPrice = (ours: Price, rounding: Rounding): bigint => divide(ours, PRICE_SCALE, rounding);
