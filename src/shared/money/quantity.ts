/**
 * Fixed-point quantities. Each is a bigint that counts the smallest unit of its kind, with a name that the
 * compiler keeps apart: a price can't be added to a size by mistake, and no binary fraction ever enters money.
 */
declare const kind: unique symbol;
type Quantity<Kind extends string> = bigint & { readonly [kind]: Kind };

/** US dollars (USDC) in millionths, as the token counts them. */
export type Usd = Quantity<'Usd'>;
/** US dollars for one whole base unit, in billionths. */
export type Price = Quantity<'Price'>;
/** Base asset (SOL, BTC, ETH) in billionths. Signed: a short is negative. */
export type Base = Quantity<'Base'>;
/** A pure fraction (0.01 = 1 %) in trillionths: funding rates, fees, weights, tolerances. */
export type Rate = Quantity<'Rate'>;
/** US dollars at 1e-18: the exact product of a Base and a Price, before anything is rounded. */
export type Value = Quantity<'Value'>;

export const USD_DECIMALS = 6;
export const PRICE_DECIMALS = 9;
export const BASE_DECIMALS = 9;
export const RATE_DECIMALS = 12;
export const VALUE_DECIMALS = 18;

/** Units in one whole: 1 USD = USD_ONE millionths, and so on. */
export const USD_ONE = 1_000_000n;
export const BASE_ONE = 1_000_000_000n;
export const PRICE_ONE = 1_000_000_000n;
export const RATE_ONE = 1_000_000_000_000n;
export const VALUE_ONE = 1_000_000_000_000_000_000n;

/** Names a raw count. The only place where a bigint becomes a quantity, so that each use states the unit. */
export const usd = (raw: bigint): Usd => raw as Usd;
export const price = (raw: bigint): Price => raw as Price;
export const base = (raw: bigint): Base => raw as Base;
export const rate = (raw: bigint): Rate => raw as Rate;
export const value = (raw: bigint): Value => raw as Value;

export const NO_USD = usd(0n);
export const NO_BASE = base(0n);
export const NO_RATE = rate(0n);
export const NO_VALUE = value(0n);
