/** The program's fixed points and limits. Source: math/constants.rs. */
export const PRICE = 1_000_000n;
export const QUOTE = 1_000_000n;
export const BASE = 1_000_000_000n;
/** Base 1e9 to quote 1e6. */
export const BASE_TO_QUOTE = 1_000n;
/** Of margin ratios and spot weights. */
export const MARGIN = 10_000n;
export const PERCENT = 1_000_000n;
export const FUNDING_BUFFER = 1_000n;
export const TEN_BASIS_POINTS = PERCENT / 1_000n;

export const MINUTE = 60n;
export const FIVE_MINUTES = 5n * MINUTE;
export const HOUR = 60n * MINUTE;
export const DAY = 24n * HOUR;
export const YEAR = 365n * DAY;

export const PERP_DECIMALS = 9;
export const QUOTE_MARKET = 0;
/** What an order that asks for as much as possible has for its size. */
export const U64_MAX = 2n ** 64n - 1n;
/** Quote 1e6 that an open order adds to what margin is required. */
export const OPEN_ORDER_MARGIN = QUOTE / 100n;
