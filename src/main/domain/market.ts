import { base, type Base, type Price, type Rate } from '../../shared/money/quantity.ts';

/** Which way an order trades. */
export type Side = 'buy' | 'sell';

/** What an option is on, beside its price. */
export interface OptionTerms {
  /** The asset that it may be exercised into. */
  readonly underlying: string;
  readonly right: 'call' | 'put';
  readonly strike: Price;
  /** Unix ms. */
  readonly expiresAt: number;
}

/**
 * A thing that can be traded at a venue. Sizes are multiples of `lot`, prices multiples of `tick`. Where a venue counts
 * in contracts, one contract is a lot: sizes are of the asset everywhere.
 */
export interface Market {
  /** The venue's own name: `SOL` for spot, `SOL-PERP` for the perpetual. */
  readonly symbol: string;
  readonly kind: 'spot' | 'perp' | 'option';
  /** The asset whose oracle prices it: SOL, BTC, ETH. An option is priced by itself: its own symbol. */
  readonly asset: string;
  /** What profit and loss are paid in; USDC where it is left out. One dollar each. */
  readonly quoteAsset?: 'USDC' | 'USDT' | 'USD';
  /** Of an option. */
  readonly option?: OptionTerms;
  readonly tick: Price;
  readonly lot: Base;
  /** Smallest order. */
  readonly minimum: Base;
  /** Fraction of notional that must stand behind a new position (0.1 = 10x). Zero for spot. */
  readonly initialMargin: Rate;
  /** Fraction of notional under which a position is liquidated. Zero for spot. */
  readonly maintenanceMargin: Rate;
  readonly takerFee: Rate;
  /** Negative: a rebate. */
  readonly makerFee: Rate;
}

/** The signed size of a trade: positive for a buy. */
export const signed = (side: Side, size: Base): Base => (side === 'buy' ? size : base(-size));
