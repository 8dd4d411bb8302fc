/**
 * Drift's accounts as numbers: what the program's own arithmetic works on, in its own units, and nothing of an SDK.
 * Prices 1e6, perp sizes 1e9, dollars 1e6, funding 1e9 dollars a unit of the asset, weights and margin ratios 1e4.
 */

/** A deposit or a borrow, scaled: multiplied by the market's cumulative interest it is tokens. */
export interface ScaledBalance {
  readonly kind: 'deposit' | 'borrow';
  /** 1e9. */
  readonly scaled: bigint;
}

export interface SpotHolding extends ScaledBalance {
  readonly market: number;
  readonly openOrders: number;
  /** Tokens that resting orders would buy; positive. */
  readonly openBids: bigint;
  /** Tokens that resting orders would sell; negative. */
  readonly openAsks: bigint;
}

export interface PerpHolding {
  readonly market: number;
  /** Signed. */
  readonly size: bigint;
  /** What trades, fees, settled funding and settlements have left. */
  readonly quote: bigint;
  readonly quoteEntry: bigint;
  /** The market's cumulative rate up to which funding is in `quote`. */
  readonly lastFunding: bigint;
  readonly openOrders: number;
  readonly openBids: bigint;
  readonly openAsks: bigint;
  readonly settledPnl: bigint;
  /** A margin ratio of its own; 0 for none. */
  readonly marginRatio: number;
  /** Liquidity shares: not traded here, and their positions are not understood. */
  readonly lpShares: bigint;
  /** It is not under cross margin, and has collateral of its own. */
  readonly isIsolated: boolean;
  /** That collateral, scaled. */
  readonly isolated: bigint;
}

export type DriftOrderType = 'market' | 'limit' | 'triggerMarket' | 'triggerLimit' | 'oracle';

/** An order that rests in the account. */
export interface DriftOrder {
  readonly orderId: number;
  readonly userOrderId: number;
  readonly kind: 'perp' | 'spot';
  readonly market: number;
  readonly type: DriftOrderType;
  readonly side: 'buy' | 'sell';
  readonly size: bigint;
  readonly filled: bigint;
  readonly quoteFilled: bigint;
  /** 0 where it has none. */
  readonly price: bigint;
  readonly triggerPrice: bigint;
  readonly trigger: 'above' | 'below' | 'triggered';
  readonly oracleOffset: bigint;
  readonly reduceOnly: boolean;
  readonly postOnly: boolean;
  readonly immediateOrCancel: boolean;
  /** Unix s; 0 for never. */
  readonly expiresAt: bigint;
  /** When it was placed. */
  readonly slot: bigint;
  readonly auction: { readonly slots: number; readonly start: bigint; readonly end: bigint };
}

/** A sub-account. */
export interface DriftUser {
  readonly address: string;
  readonly authority: string;
  /** Null for none. */
  readonly delegate: string | null;
  readonly subAccount: number;
  readonly name: string;
  readonly spot: readonly SpotHolding[];
  readonly perps: readonly PerpHolding[];
  readonly orders: readonly DriftOrder[];
  readonly isBeingLiquidated: boolean;
  /** A margin ratio of its own; 0 for none. */
  readonly marginRatio: number;
  readonly nextOrderId: number;
}

/** An oracle's word. */
export interface DriftOracle {
  readonly price: bigint;
  readonly slot: bigint;
  readonly confidence: bigint;
}

export interface SpotMarketState {
  readonly market: number;
  readonly symbol: string;
  readonly mint: string;
  readonly decimals: number;
  /** Whole percent, signed, on top of the trader's tier. */
  readonly feeAdjustment: bigint;
  /** 1e10. */
  readonly depositInterest: bigint;
  readonly borrowInterest: bigint;
  readonly initialAssetWeight: bigint;
  readonly maintenanceAssetWeight: bigint;
  readonly initialLiabilityWeight: bigint;
  readonly maintenanceLiabilityWeight: bigint;
  /** 1e6. */
  readonly imf: bigint;
  /** From so many dollars of deposits on the initial asset weight shrinks; 0 for never. */
  readonly scaleInitialAssetWeightStart: bigint;
  readonly depositBalance: bigint;
  readonly orderStep: bigint;
  readonly orderTick: bigint;
  readonly minimumOrder: bigint;
  readonly oracle: DriftOracle;
  readonly oracleTwap5m: bigint;
  readonly status: string;
  readonly paused: number;
}

export interface PerpMarketState {
  readonly market: number;
  readonly symbol: string;
  /** Whole percent, signed, on top of the trader's tier. */
  readonly feeAdjustment: bigint;
  readonly orderStep: bigint;
  readonly orderTick: bigint;
  readonly minimumOrder: bigint;
  readonly initialMargin: bigint;
  readonly maintenanceMargin: bigint;
  /** 1e6. */
  readonly imf: bigint;
  readonly pnlInitialAssetWeight: bigint;
  readonly pnlMaintenanceAssetWeight: bigint;
  /** 1e6: large profits weigh less. */
  readonly pnlImf: bigint;
  /** Dollars that the market may owe to all traders before their profits weigh less; 0 for no end. */
  readonly pnlMaxImbalance: bigint;
  /** What it owes to all of them, dollars. */
  readonly netUserPnl: bigint;
  readonly cumulativeFundingLong: bigint;
  readonly cumulativeFundingShort: bigint;
  /** Of the last whole hour that was paid, dollars for one of the asset, 1e9. */
  readonly lastFundingRate: bigint;
  /** Unix s. */
  readonly lastFundingAt: number;
  readonly fundingPeriodS: number;
  /** What an hour's rate is a fraction of. */
  readonly fundingOracle: bigint;
  readonly oracle: DriftOracle;
  readonly status: string;
  /** What positions are settled at while `status` is `settlement`. */
  readonly expiryPrice: bigint;
  readonly paused: number;
}

/** Fees of the taker and rebate of the maker, as fractions of notional. */
export interface FeeTier {
  readonly takerNumerator: bigint;
  readonly takerDenominator: bigint;
  readonly makerNumerator: bigint;
  readonly makerDenominator: bigint;
}

/** Everything that a sub-account's worth follows from, as of one slot. */
export interface DriftState {
  readonly slot: number;
  /** The chain's own clock, Unix ms. */
  readonly t: number;
  readonly user: DriftUser;
  readonly spot: readonly SpotMarketState[];
  readonly perps: readonly PerpMarketState[];
  /** Lamports of the wallet that signs. */
  readonly wallet: bigint;
  readonly feeTiers: { readonly perp: FeeTier; readonly spot: FeeTier };
  /** Bits of what the whole exchange has paused; 0 for nothing. */
  readonly pausedOperations: number;
}
