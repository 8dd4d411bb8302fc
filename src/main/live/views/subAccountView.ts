import type { SubAccountView } from '../../../shared/contract/subAccount.ts';
import { toUsd } from '../../../shared/money/arithmetic.ts';
import { formatUsd } from '../../../shared/money/decimal.ts';
import { equityOf } from '../../domain/margin.ts';
import { foreignHoldings, holdingsOf } from '../../venues/drift/driftAccount.ts';
import { oraclesOf } from '../../venues/drift/driftOracles.ts';
import type { DriftState, DriftUser } from '../../venues/drift/driftState.ts';

/** A sub-account as its owner chooses among them. Its worth is not told where something in it isn't understood. */
export function subAccountViewOf(
  user: DriftUser,
  markets: Pick<DriftState, 'spot' | 'perps'>,
  hasVault: boolean,
): SubAccountView {
  const isUnderstood = foreignHoldings({ ...markets, user }).length === 0;
  const { account } = holdingsOf({ ...markets, user, wallet: 0n });
  return {
    number: user.subAccount,
    name: user.name,
    delegate: user.delegate,
    equity: isUnderstood ? formatUsd(toUsd(equityOf(account, oraclesOf(markets)), 'floor')) : null,
    positions: user.perps.filter(({ size }) => size !== 0n).length,
    openOrders: user.orders.length,
    hasVault,
  };
}
