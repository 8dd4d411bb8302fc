import { AppError } from '../../shared/contract/appError.ts';
import { exact, toUsd } from '../../shared/money/arithmetic.ts';
import { formatUsd } from '../../shared/money/decimal.ts';
import { NO_RATE, RATE_ONE, base, usd, type Rate } from '../../shared/money/quantity.ts';
import type { Account, CollateralWeights, OraclePrices } from '../domain/account.ts';
import type { AssetAmount } from '../domain/accountEvent.ts';
import {
  equityOf,
  freeCollateral,
  healthBelow,
  healthPct,
  initialTerms,
  maintenanceTerms,
} from '../domain/margin.ts';
import type { Market } from '../domain/market.ts';
import type { RiskSettings } from './riskSettings.ts';

export interface WithdrawalContext {
  readonly account: Account;
  readonly oracles: OraclePrices;
  readonly markets: ReadonlyMap<string, Market>;
  readonly weights: CollateralWeights;
}

/**
 * Refuses a withdrawal of more than there is (INSUFFICIENT_BALANCE), one that leaves less than the initial margin and
 * a minimum (MINIMUM_COLLATERAL), or one that takes health too low (HEALTH_TOO_LOW). Source: requirements, R3.7, R3.8.
 */
export function checkWithdrawal(
  taken: AssetAmount,
  context: WithdrawalContext,
  settings: RiskSettings,
): void {
  const { account, oracles, markets, weights } = context;
  const balance = taken.asset === 'SOL' ? account.spot : account.cash;
  if (taken.amount <= 0n) throw new AppError('INVALID_SIZE', 'A withdrawal must be more than zero.');
  if (taken.amount > balance) {
    throw new AppError('INSUFFICIENT_BALANCE', `There is less ${taken.asset} in the sub-account than that.`, {
      asset: taken.asset,
    });
  }
  const after = without(account, taken);
  // Unsettled PnL of a closed position is owed like that of an open one.
  const owes = after.cash < 0n || after.perps.some(({ size, quote }) => size !== 0n || quote < 0n);
  if (!owes) return;
  const initial = initialTerms(after, oracles, ratios(markets, 'initialMargin'), weights);
  const free = freeCollateral(initial);
  if (free < exact(settings.minimumCollateral)) {
    throw new AppError(
      'MINIMUM_COLLATERAL',
      `At least ${formatUsd(settings.minimumCollateral)} USD beyond the initial margin must stay.`,
      {
        freeAfter: formatUsd(toUsd(free, 'floor')),
        minimum: formatUsd(settings.minimumCollateral),
      },
    );
  }
  const terms = maintenanceTerms(after, oracles, ratios(markets, 'maintenanceMargin'), weights);
  if (healthBelow(terms, settings.withdrawalHealth)) {
    throw new AppError('HEALTH_TOO_LOW', `Health would fall to ${healthPct(terms).toFixed(1)} %.`, {
      healthAfterPct: Math.round(healthPct(terms) * 100) / 100,
      limitPct: Number((settings.withdrawalHealth * 100n) / RATE_ONE),
      equityAfter: formatUsd(toUsd(equityOf(after, oracles), 'floor')),
    });
  }
}

function without(account: Account, taken: AssetAmount): Account {
  return taken.asset === 'SOL'
    ? { ...account, spot: base(account.spot - taken.amount) }
    : { ...account, cash: usd(account.cash - taken.amount) };
}

function ratios(markets: ReadonlyMap<string, Market>, which: 'initialMargin' | 'maintenanceMargin') {
  return (market: string): Rate => markets.get(market)?.[which] ?? NO_RATE;
}
