import { AppError } from '../../shared/contract/appError.ts';
import { exact, toUsd } from '../../shared/money/arithmetic.ts';
import { formatBase, formatUsd } from '../../shared/money/decimal.ts';
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
  const why = refusalOf(taken, context, settings);
  if (why === undefined) return;
  const most = mostWithdrawable(taken.asset, context, settings);
  const text = taken.asset === 'SOL' ? formatBase(base(most)) : formatUsd(usd(most));
  const range =
    most === 0n
      ? `No ${taken.asset} can be taken out now.`
      : `Up to ${text} ${taken.asset} can be taken out.`;
  throw new AppError(why.code, `${why.message} ${range}`, { ...why.details, most: text });
}

/** The most of an asset that may be taken out, in its smallest unit. The rules refuse every larger amount. */
function mostWithdrawable(
  asset: AssetAmount['asset'],
  context: WithdrawalContext,
  settings: RiskSettings,
): bigint {
  const { spot, cash } = context.account;
  const allowed = (amount: bigint): boolean => {
    const taken: AssetAmount =
      asset === 'SOL' ? { asset, amount: base(amount) } : { asset, amount: usd(amount) };
    return refusalOf(taken, context, settings) === undefined;
  };
  let low = 0n;
  let high: bigint = asset === 'SOL' ? spot : cash;
  // What takes more leaves less: between what is allowed and what is refused lies one border.
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (allowed(middle)) low = middle;
    else high = middle - 1n;
  }
  return low;
}

function refusalOf(
  taken: AssetAmount,
  { account, oracles, markets, weights }: WithdrawalContext,
  settings: RiskSettings,
): AppError | undefined {
  const balance = taken.asset === 'SOL' ? account.spot : account.cash;
  if (taken.amount <= 0n) return new AppError('INVALID_SIZE', 'A withdrawal must be more than zero.');
  if (taken.amount > balance) {
    const message = `There is less ${taken.asset} in the sub-account than that.`;
    return new AppError('INSUFFICIENT_BALANCE', message, { asset: taken.asset });
  }
  const after = without(account, taken);
  // Unsettled PnL of a closed position is owed like that of an open one.
  const owes = after.cash < 0n || after.perps.some(({ size, quote }) => size !== 0n || quote < 0n);
  if (!owes) return undefined;
  const initial = initialTerms(after, oracles, ratios(markets, 'initialMargin'), weights);
  const free = freeCollateral(initial);
  if (free < exact(settings.minimumCollateral)) {
    const minimum = formatUsd(settings.minimumCollateral);
    const freeAfter = formatUsd(toUsd(free, 'floor'));
    const message = `At least ${minimum} USD beyond the initial margin must stay.`;
    return new AppError('MINIMUM_COLLATERAL', message, { freeAfter, minimum });
  }
  const terms = maintenanceTerms(after, oracles, ratios(markets, 'maintenanceMargin'), weights);
  if (!healthBelow(terms, settings.withdrawalHealth)) return undefined;
  return new AppError('HEALTH_TOO_LOW', `Health would fall to ${healthPct(terms).toFixed(1)} %.`, {
    healthAfterPct: Math.round(healthPct(terms) * 100) / 100,
    limitPct: Number((settings.withdrawalHealth * 100n) / RATE_ONE),
    equityAfter: formatUsd(toUsd(equityOf(after, oracles), 'floor')),
  });
}

function without(account: Account, taken: AssetAmount): Account {
  return taken.asset === 'SOL'
    ? { ...account, spot: base(account.spot - taken.amount) }
    : { ...account, cash: usd(account.cash - taken.amount) };
}

function ratios(markets: ReadonlyMap<string, Market>, which: 'initialMargin' | 'maintenanceMargin') {
  return (market: string): Rate => markets.get(market)?.[which] ?? NO_RATE;
}
