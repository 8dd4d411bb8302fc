import { AppError } from '../../../shared/contract/appError.ts';
import { toUsd } from '../../../shared/money/arithmetic.ts';
import { formatBase, formatPrice, formatUsd, parseRate } from '../../../shared/money/decimal.ts';
import { base, type Base, type Price } from '../../../shared/money/quantity.ts';
import { magnitude, smaller, toStep } from '../../../shared/money/rounding.ts';
import { perpSize, type Account, type CollateralWeights, type OraclePrices } from '../../domain/account.ts';
import { afterEvent, isSpot } from '../../domain/accountChange.ts';
import type { FillEvent } from '../../domain/accountEvent.ts';
import { quoteOf } from '../../domain/fill.ts';
import { equityOf, initialTerms, leverageAbove, type MarginRatioOf } from '../../domain/margin.ts';
import { signed, type Market } from '../../domain/market.ts';
import { worstCasePositions, type RestingOrder, type WorstPositions } from '../../domain/openOrders.ts';
import type { OrderRequest } from '../../domain/order.ts';

/** The venue's own limit; the engine's is lower. */
export const VENUE_LEVERAGE = parseRate('10');
/** The venue takes no order on an oracle older than this. */
export const ORACLE_MAX_AGE_MS = 30_000;
/** As many orders may be open at once as Drift has room for in a user account. */
export const MOST_OPEN_ORDERS = 32;

/** How much of a reduce-only order may trade: whole lots, never past flat. Throws where that is nothing. */
export function reducible(order: OrderRequest, account: Account, market: Market): Base {
  const held = isSpot(order.market) ? account.spot : perpSize(account, order.market);
  const change = signed(order.side, order.size);
  const most = toStep(magnitude(held), market.lot, 'floor');
  if (most === 0n || held > 0n === change > 0n) {
    throw new AppError(
      'REDUCE_ONLY_WOULD_INCREASE',
      `There is nothing in ${order.market} that this order could reduce.`,
      { market: order.market, held: formatBase(held) },
    );
  }
  return base(smaller(most, order.size));
}

/**
 * Refuses a spot trade that the balances can't pay for: the paper venue lends nothing for a purchase.
 * @param besides orders whose purchases and sales are to be paid for as well
 */
export function checkBalance(fill: FillEvent, account: Account, besides: readonly RestingOrder[] = []): void {
  const { account: after } = afterEvent({ account, wallet: base(0n) }, fill);
  let [cash, spot]: [bigint, bigint] = [after.cash, after.spot];
  for (const { side, size, limitPrice } of besides) {
    if (side === 'buy') cash -= quoteOf('buy', size, limitPrice);
    else spot -= size;
  }
  if (fill.side === 'buy' ? cash >= 0n : spot >= 0n) return;
  const asset = fill.side === 'buy' ? 'USDC' : 'SOL';
  throw new AppError('INSUFFICIENT_BALANCE', `The sub-account has too little ${asset} for this order.`, {
    asset,
    balance: fill.side === 'buy' ? formatUsd(account.cash) : formatBase(account.spot),
  });
}

/** What an account is measured by. */
export interface MarginRules {
  readonly oracles: OraclePrices;
  readonly initialRatioOf: MarginRatioOf;
  readonly weights: CollateralWeights;
}

/**
 * Refuses an increase that would take the account over the venue's leverage or under the initial margin, a purchase of
 * SOL included: it counts for less as collateral than what it costs. A trade that makes a position smaller is never
 * refused. Source: requirements, R1.6.
 */
export function checkMargin(
  fill: FillEvent,
  account: Account,
  resting: readonly RestingOrder[],
  rules: MarginRules,
): void {
  if (reduces(fill, account)) return;
  const { account: after } = afterEvent({ account, wallet: base(0n) }, fill);
  checkBorne(after, worstOf(after, resting, rules), rules);
}

/**
 * The same for an order that is to rest, which may fill when it suits the account least. One that makes the worst case no
 * worse is never refused.
 */
export function checkReserve(
  order: RestingOrder,
  account: Account,
  others: readonly RestingOrder[],
  rules: MarginRules,
): void {
  const worst = worstOf(account, [...others, order], rules);
  const eases = isSpot(order.market)
    ? order.side === 'sell'
    : worst.exposure <= worstOf(account, others, rules).exposure;
  if (!eases) checkBorne(account, worst, rules);
}

function worstOf(
  account: Account,
  orders: readonly RestingOrder[],
  { oracles, initialRatioOf, weights }: MarginRules,
): WorstPositions {
  return worstCasePositions(account, orders, oracles, initialRatioOf, weights);
}

function checkBorne(
  account: Account,
  { exposure, reserved }: WorstPositions,
  { oracles, initialRatioOf, weights }: MarginRules,
): void {
  const equity = equityOf(account, oracles);
  if (leverageAbove(exposure, equity, VENUE_LEVERAGE)) {
    throw new AppError('LEVERAGE_EXCEEDED', 'The position would be over 10x leverage.', {
      exposure: formatUsd(toUsd(exposure, 'ceil')),
      equity: formatUsd(toUsd(equity, 'floor')),
    });
  }
  const terms = initialTerms(account, oracles, initialRatioOf, weights);
  if (terms.collateral < terms.requirement + reserved) {
    throw new AppError(
      'INSUFFICIENT_COLLATERAL',
      'The collateral does not cover the initial margin of this order.',
      { equity: formatUsd(toUsd(equity, 'floor')) },
    );
  }
}

/** A smaller position, or SOL turned into USDC, which counts for more as collateral. */
function reduces({ market, side, size }: FillEvent, account: Account): boolean {
  if (isSpot(market)) return side === 'sell';
  const held = perpSize(account, market);
  return magnitude(held + signed(side, size)) < magnitude(held);
}

export function checkOracle(oracleTime: number, now: number, market: string, limitPrice: Price): void {
  if (!isStale(oracleTime, now)) return;
  throw new AppError(
    'STALE_PRICE',
    `The oracle of ${market} is ${Math.round((now - oracleTime) / 1000)} s old.`,
    {
      market,
      ageMs: now - oracleTime,
      limitPrice: formatPrice(limitPrice),
    },
  );
}

export const isStale = (oracleTime: number, now: number): boolean => now - oracleTime > ORACLE_MAX_AGE_MS;

/** Throws TOO_MANY_ORDERS where no other fits in beside these. */
export function checkRoom(open: readonly unknown[]): void {
  if (open.length < MOST_OPEN_ORDERS) return;
  throw new AppError('TOO_MANY_ORDERS', `${MOST_OPEN_ORDERS} orders are open; the venue takes no more.`, {
    open: open.length,
  });
}

/** Refuses an order that was asked for and is to stay where it would meet another of ours. */
export function checkSelf(request: OrderRequest, others: readonly OrderRequest[]): void {
  const met = metBy(request, others);
  if (met === undefined) return;
  throw new AppError(
    'SELF_TRADE',
    'An order of your own rests on the other side at this price or a better one.',
    { other: met.clientOrderId },
  );
}

/** An order of ours that one which rests at its limit would meet. A market order never rests, so it meets none. */
export function metBy(request: OrderRequest, others: readonly OrderRequest[]): OrderRequest | undefined {
  if (request.tolerance !== undefined) return undefined;
  return others.find(
    (one) =>
      one.tolerance === undefined &&
      one.market === request.market &&
      one.side !== request.side &&
      (request.side === 'buy' ? one.limitPrice <= request.limitPrice : one.limitPrice >= request.limitPrice),
  );
}
