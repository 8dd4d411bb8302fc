import { parseBase, parsePrice, parseRate, parseUsd } from '../../src/shared/money/decimal.ts';
import type { Rate } from '../../src/shared/money/quantity.ts';
import type {
  Account,
  CollateralWeights,
  OraclePrices,
  PerpPosition,
} from '../../src/main/domain/account.ts';
import type { Holdings } from '../../src/main/domain/accountChange.ts';

/** A position as a test writes it: decimal texts, and only what matters. */
export interface PositionText {
  readonly market?: string;
  readonly size?: string;
  readonly quote?: string;
  readonly entryQuote?: string;
  readonly settledPnl?: string;
  readonly fundingEarned?: string;
}

export interface AccountText {
  readonly cash?: string;
  readonly spot?: string;
  readonly perps?: readonly PositionText[];
}

export function positionOf({ market = 'SOL-PERP', ...given }: PositionText): PerpPosition {
  return {
    market,
    asset: market.slice(0, market.indexOf('-')),
    size: parseBase(given.size ?? '0'),
    quote: parseUsd(given.quote ?? '0'),
    entryQuote: parseUsd(given.entryQuote ?? given.quote ?? '0'),
    settledPnl: parseUsd(given.settledPnl ?? '0'),
    fundingEarned: parseUsd(given.fundingEarned ?? '0'),
  };
}

export function accountOf({ cash = '0', spot = '0', perps = [] }: AccountText): Account {
  return { cash: parseUsd(cash), spot: parseBase(spot), perps: perps.map(positionOf) };
}

export function holdingsOf(account: AccountText, wallet = '0'): Holdings {
  return { account: accountOf(account), wallet: parseBase(wallet) };
}

/** Oracle prices by asset, from decimal texts. */
export function oraclesOf(texts: Readonly<Record<string, string>>): OraclePrices {
  return Object.fromEntries(Object.entries(texts).map(([asset, text]) => [asset, parsePrice(text)]));
}

/** Drift's weights of SOL and USDC: the venue's reference, "Numbers". */
export const WEIGHTS: CollateralWeights = {
  spotAssetInitial: parseRate('0.8'),
  spotAssetMaintenance: parseRate('0.9'),
  cashLiability: parseRate('1'),
};

/** The same margin ratio for every market. */
export const everyMarket =
  (ratio: string) =>
  (_market: string): Rate =>
    parseRate(ratio);
