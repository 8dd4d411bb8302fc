import { NO_BASE, NO_USD, type Base, type Price, type Rate, type Usd } from '../../shared/money/quantity.ts';

/** A perpetual position as the venue keeps it. */
export interface PerpPosition {
  readonly market: string;
  /** The asset whose oracle values it. */
  readonly asset: string;
  /** Signed: negative is short. */
  readonly size: Base;
  /** What trades, funding and settlements have left: a buy of s at p takes s × p, a sell adds it. */
  readonly quote: Usd;
  /** Quote of the open part alone, for the entry price: −Σ size × price, reduced in proportion as it closes. */
  readonly entryQuote: Usd;
  /** PnL that settlement has moved into collateral so far. */
  readonly settledPnl: Usd;
  /** Funding received (positive) or paid so far. */
  readonly fundingEarned: Usd;
}

/** One sub-account under cross margin: a USDC deposit (negative: a borrow), a SOL deposit, and perpetuals. */
export interface Account {
  readonly cash: Usd;
  readonly spot: Base;
  readonly perps: readonly PerpPosition[];
}

/** How much of a deposit counts as collateral, and how much a borrow weighs. Fractions. */
export interface CollateralWeights {
  readonly spotAssetInitial: Rate;
  readonly spotAssetMaintenance: Rate;
  readonly cashLiability: Rate;
}

/** Oracle prices by asset. */
export type OraclePrices = Readonly<Record<string, Price>>;

/** The asset that the spot deposit is made of. */
export const SPOT_ASSET = 'SOL';

export const EMPTY_ACCOUNT: Account = { cash: NO_USD, spot: NO_BASE, perps: [] };

export function perpOf(account: Account, market: string): PerpPosition | undefined {
  return account.perps.find((position) => position.market === market);
}

/** Signed size held in a perpetual market; zero where there is none. */
export function perpSize(account: Account, market: string): Base {
  return perpOf(account, market)?.size ?? NO_BASE;
}
