import {
  RATE_ONE,
  base,
  value,
  type Base,
  type Price,
  type Usd,
  type Value,
} from '../../shared/money/quantity.ts';
import { divide } from '../../shared/money/rounding.ts';
import type { Account, CollateralWeights, OraclePrices } from './account.ts';
import { afterEvent } from './accountChange.ts';
import { liquidationPrices, type AssetLiquidation } from './liquidation.ts';
import {
  equityOf,
  freeCollateral,
  healthPct,
  initialTerms,
  leverageRatio,
  maintenanceTerms,
  type MarginRatioOf,
} from './margin.ts';
import type { Side } from './market.ts';
import { worstCasePositions, type RestingOrder } from './openOrders.ts';

/** One fill that an order is expected to have. */
export interface PlannedFill {
  readonly market: string;
  readonly side: Side;
  readonly size: Base;
  readonly price: Price;
  /** Negative for a rebate. */
  readonly fee: Usd;
}

/** The margin rules of a venue. */
export interface MarginRules {
  readonly initialRatioOf: MarginRatioOf;
  readonly maintenanceRatioOf: MarginRatioOf;
  readonly weights: CollateralWeights;
}

/** What a trader looks at in an account, as defined in the requirements. */
export interface AccountFigures {
  readonly equity: Value;
  /** Absolute perp notional and borrows, open orders at their worst. */
  readonly exposure: Value;
  /** Exposure / equity, for display; null where it is infinite. */
  readonly leverage: number | null;
  /** 0 to 100, for display. Open orders are not in it. */
  readonly healthPct: number;
  /** Of what is held, without the orders. Rounded up to 1e-18 USD, as every requirement here. */
  readonly initialRequirement: Value;
  readonly maintenanceRequirement: Value;
  /** What open orders need over and above that at their worst. */
  readonly reservedMargin: Value;
  /** Initial collateral less the initial requirement and the reserved margin, rounded down. Negative: that is missing. */
  readonly freeCollateral: Value;
  readonly liquidationPrices: readonly AssetLiquidation[];
}

/** The account once these fills have happened. */
export function accountAfter(account: Account, fills: readonly PlannedFill[]): Account {
  let holdings = { account, wallet: base(0n) };
  for (const fill of fills) {
    const { price: oracle } = fill;
    holdings = afterEvent(holdings, { ...fill, type: 'FILL', t: 0, orderId: '', oracle, liquidity: 'taker' });
  }
  return holdings.account;
}

/**
 * The figures of an account with these orders open. They are asked for the account as it stands and for the account after
 * an order, each with the orders that it then has. Throws STALE_PRICE where an asset that is held or ordered has no
 * oracle.
 */
export function figuresOf(
  account: Account,
  oracles: OraclePrices,
  { initialRatioOf, maintenanceRatioOf, weights }: MarginRules,
  openOrders: readonly RestingOrder[],
): AccountFigures {
  const equity = equityOf(account, oracles);
  const { exposure, reserved } = worstCasePositions(account, openOrders, oracles, initialRatioOf, weights);
  const leverage = leverageRatio(exposure, equity);
  const initial = initialTerms(account, oracles, initialRatioOf, weights);
  const maintenance = maintenanceTerms(account, oracles, maintenanceRatioOf, weights);
  return {
    equity,
    exposure,
    leverage: Number.isFinite(leverage) ? leverage : null,
    healthPct: healthPct(maintenance),
    initialRequirement: roundedUp(initial.requirement),
    maintenanceRequirement: roundedUp(maintenance.requirement),
    reservedMargin: roundedUp(reserved),
    freeCollateral: freeCollateral({ ...initial, requirement: initial.requirement + reserved }),
    liquidationPrices: liquidationPrices(account, oracles, maintenanceRatioOf, weights),
  };
}

const roundedUp = (requirement: bigint): Value => value(divide(requirement, RATE_ONE, 'ceil'));
