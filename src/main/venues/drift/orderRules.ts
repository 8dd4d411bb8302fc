import { AppError } from '../../../shared/contract/appError.ts';
import { formatBase } from '../../../shared/money/decimal.ts';
import { perpSize, type Account } from '../../domain/account.ts';
import { isSpot } from '../../domain/accountChange.ts';
import type { Market } from '../../domain/market.ts';
import type { OrderRequest } from '../../domain/order.ts';
import { checkGrid } from '../orderGrid.ts';
import { DRIFT_CAPABILITIES } from './driftCapabilities.ts';

/**
 * Refuses what the program would refuse, or would take for something weaker than was asked for. Throws NOT_SUPPORTED,
 * INVALID_SIZE, INVALID_PRICE, REDUCE_ONLY_WOULD_INCREASE.
 * @param account as it was last read
 */
export function checkOrder(order: OrderRequest, market: Market, account: Account): void {
  refuseKind(order);
  checkGrid(order, market);
  // What waits for its trigger may find a position then.
  if (order.reduceOnly && order.trigger === undefined) refuseIncrease(order, account);
}

function refuseKind({ timeInForce, postOnly, trigger, tolerance, oracleOffset }: OrderRequest): void {
  const offered = DRIFT_CAPABILITIES;
  if (!offered.timeInForce.has(timeInForce)) throw unsupported(`no orders that are ${timeInForce}`);
  if (postOnly !== undefined && !offered.postOnly.has(postOnly))
    throw unsupported('no post-only orders of that kind');
  if (postOnly !== undefined && timeInForce === 'ioc')
    throw unsupported('no order that rests only and may not rest');
  if (trigger === undefined) return;
  if (postOnly !== undefined) throw unsupported('no trigger for an order that rests only');
  if (oracleOffset !== undefined) throw unsupported('no trigger for a limit that follows the oracle');
  if (tolerance === undefined && timeInForce === 'ioc')
    throw unsupported('no limit order that is immediate once it is triggered');
}

function refuseIncrease({ market, side }: OrderRequest, account: Account): void {
  const held = isSpot(market) ? account.spot : perpSize(account, market);
  if (side === 'buy' ? held < 0n : held > 0n) return;
  throw new AppError(
    'REDUCE_ONLY_WOULD_INCREASE',
    `There is nothing in ${market} that this order could reduce.`,
    { market, held: formatBase(held) },
  );
}

const unsupported = (what: string): AppError => new AppError('NOT_SUPPORTED', `Drift has ${what}.`);
