import type {
  AccountFiguresView,
  OrderEstimateView,
  OrderPreviewView,
} from '../../shared/contract/orders.ts';
import { toUsd } from '../../shared/money/arithmetic.ts';
import { formatBase, formatPrice, formatUsd } from '../../shared/money/decimal.ts';
import type { Price, Value } from '../../shared/money/quantity.ts';
import type { AccountFigures } from '../domain/orderPreview.ts';
import { roundedEstimate } from './estimate.ts';
import type { OrderEstimate, OrderPreview } from './orderPreview.ts';

/** A preview as it travels. Money is rounded to a millionth of a dollar against the trader: costs up, what is owned down. */
export function orderPreviewView({ estimate, before, after, refusals }: OrderPreview): OrderPreviewView {
  return {
    estimate: orderEstimateView(estimate),
    before: accountFiguresView(before),
    after: accountFiguresView(after),
    refusals: refusals.map(({ code, message }) => ({ code, message })),
  };
}

export function orderEstimateView(estimate: OrderEstimate): OrderEstimateView {
  const { gas, tip, slippage, fees, cost, expectedRevenue, net } = roundedEstimate(estimate);
  return {
    takes: formatBase(estimate.takes),
    averagePrice: textOf(estimate.averagePrice),
    rests: formatBase(estimate.rests),
    slippage: formatUsd(slippage),
    fees: formatUsd(fees),
    gas: formatUsd(gas),
    tip: formatUsd(tip),
    cost: formatUsd(cost),
    expectedRevenue: formatUsd(expectedRevenue),
    net: formatUsd(net),
    breakEvenMs: estimate.breakEvenMs,
  };
}

export function accountFiguresView(figures: AccountFigures): AccountFiguresView {
  return {
    equity: owned(figures.equity),
    leverage: figures.leverage,
    health: figures.healthPct,
    freeCollateral: owned(figures.freeCollateral),
    initialMargin: needed(figures.initialRequirement),
    maintenanceMargin: needed(figures.maintenanceRequirement),
    liquidations: figures.liquidationPrices.map(({ asset, above, below }) => ({
      asset,
      above: textOf(above),
      below: textOf(below),
    })),
  };
}

const owned = (amount: Value): string => formatUsd(toUsd(amount, 'floor'));
const needed = (amount: Value): string => formatUsd(toUsd(amount, 'ceil'));
const textOf = (at: Price | null): string | null => (at === null ? null : formatPrice(at));
