import { formatDecimal, formatRate, formatUsd } from '../../../shared/money/decimal.ts';
import { RATE_DECIMALS, type Rate } from '../../../shared/money/quantity.ts';
import { ok, warning, type CheckResult } from './check.ts';
import type { LiveFacts } from './facts.ts';

/** What every trade will be held against, read out. */
export function limitsCheck({ settings }: LiveFacts): CheckResult {
  const { maxLeverage, minHealth, slippageTolerance, confirmAbove } = settings;
  return ok(
    `No more than ${formatRate(maxLeverage)}x leverage, no trade to a health under ${percent(minHealth)} %, price limits ${percent(slippageTolerance)} % from the mark, and your confirmation for a trade over $${formatUsd(confirmAbove)}.`,
  );
}

/** What the engine may do without asking, read out. */
export function standingCheck({ standing, capital, settings: { confirmAbove } }: LiveFacts): CheckResult {
  if (standing === null)
    return ok(`No standing confirmation: you are asked about every trade over $${formatUsd(confirmAbove)}.`);
  const { perTrade, perDay, until } = standing;
  const says = `The engine may trade up to $${formatUsd(perTrade)} at a time and $${formatUsd(perDay)} in any 24 hours without asking, until ${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
  return capital.known && perDay > capital.value.equity
    ? warning(`${says} That is more a day than the sub-account is worth.`, 'Grant less, unless you mean it.')
    : ok(says);
}

const percent = (share: Rate): string => formatDecimal(share, RATE_DECIMALS - 2);
