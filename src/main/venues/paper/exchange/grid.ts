/**
 * Whole steps of a market's price and size grid. Matching counts in them: both are safe integers, so that comparing,
 * adding and subtracting is exact, and their names keep a price from being handed over as a size.
 */
declare const kind: unique symbol;
type Steps<Kind extends string> = number & { readonly [kind]: Kind };

/** A price, in ticks of the market. */
export type Ticks = Steps<'Ticks'>;
/** A size, in lots of the market. */
export type Lots = Steps<'Lots'>;

export const ticks = (count: number): Ticks => count as Ticks;
export const lots = (count: number): Lots => count as Lots;

export const NO_LOTS = lots(0);
/** The limits of an order that takes whatever there is: a buy goes up to the highest price, a sell down to the lowest. */
export const HIGHEST_TICKS = ticks(Number.MAX_SAFE_INTEGER);
export const LOWEST_TICKS = ticks(1);
