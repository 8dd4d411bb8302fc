import { AppError } from '../../../shared/contract/appError.ts';
import { base, usd } from '../../../shared/money/quantity.ts';
import type { Account } from '../../domain/account.ts';
import type { AssetAmount } from '../../domain/accountEvent.ts';
import { initialTerms } from '../../domain/margin.ts';
import { worstCasePositions, type RestingOrder } from '../../domain/openOrders.ts';
import type { MarginRules } from './orderChecks.ts';

/**
 * Refuses a withdrawal of more than there is, or of what the initial margin of positions and open orders needs.
 * @param orders what they may still do
 */
export function checkWithdrawal(
  moved: AssetAmount,
  account: Account,
  orders: readonly RestingOrder[],
  { oracles, initialRatioOf, weights }: MarginRules,
): void {
  const details = { asset: moved.asset };
  if (moved.amount > (moved.asset === 'SOL' ? account.spot : account.cash)) {
    const message = `There is less ${moved.asset} in the sub-account than that.`;
    throw new AppError('INSUFFICIENT_BALANCE', message, details);
  }
  const after: Account =
    moved.asset === 'SOL'
      ? { ...account, spot: base(account.spot - moved.amount) }
      : { ...account, cash: usd(account.cash - moved.amount) };
  const terms = initialTerms(after, oracles, initialRatioOf, weights);
  const { reserved } = worstCasePositions(after, orders, oracles, initialRatioOf, weights);
  if (terms.collateral < terms.requirement + reserved)
    throw new AppError(
      'INSUFFICIENT_COLLATERAL',
      'What is left would not cover the initial margin.',
      details,
    );
}
