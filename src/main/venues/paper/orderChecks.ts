import { AppError } from '../../../shared/contract/appError.ts';
import { toUsd } from '../../../shared/money/arithmetic.ts';
import { formatBase, formatPrice, formatUsd, parseRate } from '../../../shared/money/decimal.ts';
import { base, price, value, type Base, type Price } from '../../../shared/money/quantity.ts';
import { magnitude, smaller, toStep } from '../../../shared/money/rounding.ts';
import { perpSize, type Account, type CollateralWeights, type OraclePrices } from '../../domain/account.ts';
import { afterEvent, isSpot } from '../../domain/accountChange.ts';
import type { FillEvent } from '../../domain/accountEvent.ts';
import {
  equityOf,
  exposureOf,
  initialTerms,
  leverageAbove,
  type MarginRatioOf,
} from '../../domain/margin.ts';
import { signed, type Market } from '../../domain/market.ts';
import { worstCase } from '../../domain/openOrders.ts';
import type { OrderRequest } from '../../domain/order.ts';

/** The venue's own limit; the engine's is lower. */
export const VENUE_LEVERAGE = parseRate('10');
/** The venue takes no order on an oracle older than this. */
export const ORACLE_MAX_AGE_MS = 30_000;

/** Refuses a size or price that is off the market's grid, naming the nearest that is on it. */
export function checkGrid(order: OrderRequest, market: Market): void {
  const { size, limitPrice } = order;
  if (size <= 0n || size % market.lot !== 0n || size < market.minimum) {
    const near = base(toStep(size < market.minimum ? market.minimum : size, market.lot, 'nearest'));
    throw new AppError(
      'INVALID_SIZE',
      `${market.symbol} trades in lots of ${formatBase(market.lot)}; the nearest valid size is ${formatBase(near)}.`,
      {
        size: formatBase(size),
        nearest: formatBase(near),
      },
    );
  }
  if (limitPrice <= 0n || limitPrice % market.tick !== 0n) {
    const near = price(toStep(limitPrice < market.tick ? market.tick : limitPrice, market.tick, 'nearest'));
    throw new AppError(
      'INVALID_PRICE',
      `${market.symbol} is priced in ticks of ${formatPrice(market.tick)}; the nearest valid price is ${formatPrice(near)}.`,
      {
        price: formatPrice(limitPrice),
        nearest: formatPrice(near),
      },
    );
  }
}

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

/** Refuses a spot trade that the balances can't pay for: the paper venue lends nothing for a purchase. */
export function checkBalance(fill: FillEvent, account: Account): void {
  const { account: after } = afterEvent({ account, wallet: base(0n) }, fill);
  const short = fill.side === 'buy' ? after.cash < 0n : after.spot < 0n;
  if (!short) return;
  const asset = fill.side === 'buy' ? 'USDC' : 'SOL';
  throw new AppError('INSUFFICIENT_BALANCE', `The sub-account has too little ${asset} for this order.`, {
    asset,
    balance: fill.side === 'buy' ? formatUsd(account.cash) : formatBase(account.spot),
  });
}

/**
 * Refuses an increase that would take the account over the venue's leverage or under the initial margin, a purchase of
 * SOL included: it counts for less as collateral than what it costs. A trade that makes a position smaller is never
 * refused. Source: requirements, R1.6.
 */
export function checkMargin(
  fill: FillEvent,
  account: Account,
  resting: readonly OrderRequest[],
  oracles: OraclePrices,
  initialRatioOf: MarginRatioOf,
  weights: CollateralWeights,
): void {
  if (reduces(fill, account)) return;
  const { account: after } = afterEvent({ account, wallet: base(0n) }, fill);
  const equity = equityOf(after, oracles);
  const worst = worstCase(resting, initialRatioOf);
  const exposure = value(exposureOf(after, oracles) + worst.notional);
  if (leverageAbove(exposure, equity, VENUE_LEVERAGE)) {
    throw new AppError('LEVERAGE_EXCEEDED', 'The position would be over 10x leverage.', {
      exposure: formatUsd(toUsd(exposure, 'ceil')),
      equity: formatUsd(toUsd(equity, 'floor')),
    });
  }
  const terms = initialTerms(after, oracles, initialRatioOf, weights);
  if (terms.collateral < terms.requirement + worst.requirement) {
    throw new AppError(
      'INSUFFICIENT_COLLATERAL',
      'The collateral does not cover the initial margin of this order.',
      {
        equity: formatUsd(toUsd(equity, 'floor')),
      },
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
  if (now - oracleTime <= ORACLE_MAX_AGE_MS) return;
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
