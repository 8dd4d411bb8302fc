import {
  NO_USD,
  RATE_ONE,
  VALUE_ONE,
  value,
  type Price,
  type Rate,
  type Value,
} from '../../shared/money/quantity.ts';
import { exact, valueOf } from '../../shared/money/arithmetic.ts';
import { magnitude } from '../../shared/money/rounding.ts';
import { AppError } from '../../shared/contract/appError.ts';
import {
  SPOT_ASSET,
  type Account,
  type CollateralWeights,
  type OraclePrices,
  type PerpPosition,
} from './account.ts';

/**
 * What stands against what. Both sides are Value × RATE_ONE (1e-30 USD), the exact sum of weighted products, so a
 * comparison of the two, or of either with a fraction of the other, is free of rounding.
 */
export interface MarginTerms {
  /** Σ perp notional × margin ratio + Σ borrow × liability weight. */
  readonly requirement: bigint;
  /** Σ deposit × asset weight + unsettled PnL. */
  readonly collateral: bigint;
}

/** Margin ratio of a perpetual market (fraction of notional). */
export type MarginRatioOf = (market: string) => Rate;

export function oracleOf(oracles: OraclePrices, asset: string): Price {
  const found = oracles[asset];
  if (found === undefined)
    throw new AppError('STALE_PRICE', `There is no oracle price for ${asset}.`, { asset });
  return found;
}

/** PnL that the venue owes but has not moved into collateral: size × oracle + quote (funding is in quote). */
export function unsettledPnl(position: PerpPosition, oracle: Price): Value {
  return value(position.size * oracle + exact(position.quote));
}

/**
 * Margin terms at any weighting. Definition: requirements, "health ratio".
 * @param ratioOf initial or maintenance ratio by market
 * @param spotWeight asset weight of the spot deposit, initial or maintenance
 */
export function marginTerms(
  account: Account,
  oracles: OraclePrices,
  ratioOf: MarginRatioOf,
  spotWeight: Rate,
  cashLiability: Rate,
): MarginTerms {
  let requirement = 0n;
  let collateral =
    account.spot === 0n ? 0n : valueOf(account.spot, oracleOf(oracles, SPOT_ASSET)) * spotWeight;
  if (account.cash < NO_USD) requirement -= exact(account.cash) * cashLiability;
  else collateral += exact(account.cash) * RATE_ONE;
  for (const position of account.perps) {
    const oracle = oracleOf(oracles, position.asset);
    const held = position.size * oracle;
    requirement += magnitude(held) * ratioOf(position.market);
    collateral += (held + exact(position.quote)) * RATE_ONE;
  }
  return { requirement, collateral };
}

export function maintenanceTerms(
  account: Account,
  oracles: OraclePrices,
  ratioOf: MarginRatioOf,
  weights: CollateralWeights,
): MarginTerms {
  return marginTerms(account, oracles, ratioOf, weights.spotAssetMaintenance, weights.cashLiability);
}

export function initialTerms(
  account: Account,
  oracles: OraclePrices,
  ratioOf: MarginRatioOf,
  weights: CollateralWeights,
): MarginTerms {
  return marginTerms(account, oracles, ratioOf, weights.spotAssetInitial, weights.cashLiability);
}

/**
 * Whether health is under `limit` (a fraction: 0.5 = 50 %), without rounding:
 * 1 − requirement / collateral < limit. No requirement is 100 % with collateral ≥ 0; collateral ≤ 0 is 0 %.
 */
export function healthBelow(terms: MarginTerms, limit: Rate): boolean {
  if (terms.requirement === 0n && terms.collateral >= 0n) return limit > RATE_ONE;
  if (terms.collateral <= terms.requirement) return limit > 0n;
  return (terms.collateral - terms.requirement) * RATE_ONE < terms.collateral * limit;
}

/** Whether the first account is healthier than the second, exactly. */
export function healthier(first: MarginTerms, second: MarginTerms): boolean {
  return compareHealth(first, second) > 0;
}

function compareHealth(first: MarginTerms, second: MarginTerms): number {
  const [a, b] = [healthFraction(first), healthFraction(second)];
  const left = a.above * b.below;
  const right = b.above * a.below;
  return left === right ? 0 : left > right ? 1 : -1;
}

function healthFraction({ requirement, collateral }: MarginTerms): { above: bigint; below: bigint } {
  if (requirement === 0n && collateral >= 0n) return { above: 1n, below: 1n };
  if (collateral <= requirement) return { above: 0n, below: 1n };
  return { above: collateral - requirement, below: collateral };
}

/** At 0 % the venue liquidates: a requirement that collateral no longer covers. */
export function liquidatable(terms: MarginTerms): boolean {
  return terms.requirement > 0n ? terms.collateral <= terms.requirement : terms.collateral < 0n;
}

/** Health in percent (0 to 100) for display and statistics; decisions use {@link healthBelow}. */
export function healthPct(terms: MarginTerms): number {
  if (terms.requirement === 0n && terms.collateral >= 0n) return 100;
  if (terms.collateral <= terms.requirement) return 0;
  return Math.max(0, Math.min(100, 100 * (1 - Number(terms.requirement) / Number(terms.collateral))));
}

/** What may still be put at risk: collateral − requirement of the initial terms, rounded down to 1e-18 USD. */
export function freeCollateral(initial: MarginTerms): Value {
  const left = initial.collateral - initial.requirement;
  return value(left < 0n ? (left - RATE_ONE + 1n) / RATE_ONE : left / RATE_ONE);
}

/** Equity of the sub-account: cash + spot at the oracle + unsettled PnL. Exact. */
export function equityOf(account: Account, oracles: OraclePrices): Value {
  let total =
    exact(account.cash) + (account.spot === 0n ? 0n : valueOf(account.spot, oracleOf(oracles, SPOT_ASSET)));
  for (const position of account.perps) total += unsettledPnl(position, oracleOf(oracles, position.asset));
  return value(total);
}

/** What leverage is a multiple of equity of: absolute perp notional + borrows. */
export function exposureOf(account: Account, oracles: OraclePrices): Value {
  let total = account.cash < NO_USD ? -exact(account.cash) : 0n;
  for (const position of account.perps) total += magnitude(position.size * oracleOf(oracles, position.asset));
  return value(total);
}

/** Whether `exposure / equity` is over `limit` (a fraction: 5 = 5x as RATE_ONE × 5). Infinite where equity ≤ 0. */
export function leverageAbove(exposure: Value, equity: Value, limit: Rate): boolean {
  if (exposure === 0n) return false;
  if (equity <= 0n) return true;
  return exposure * RATE_ONE > equity * limit;
}

/** Leverage as a plain number for display and statistics. */
export function leverageRatio(exposure: Value, equity: Value): number {
  if (exposure === 0n) return 0;
  if (equity <= 0n) return Number.POSITIVE_INFINITY;
  return Number(exposure) / Number(equity);
}

/** A Value as a plain number of dollars, for display and statistics. */
export const dollars = (amount: Value): number => Number(amount) / Number(VALUE_ONE);
