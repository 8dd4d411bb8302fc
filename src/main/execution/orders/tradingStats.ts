import type { z } from 'zod';

import type { ORDER_COMMANDS } from '../../../shared/contract/commands/orderCommands.ts';
import { exact, valueOf } from '../../../shared/money/arithmetic.ts';
import { formatUsd, formatValue, parseBase, parsePrice, parseUsd } from '../../../shared/money/decimal.ts';
import { usd, value } from '../../../shared/money/quantity.ts';
import type { OrderState } from '../../../shared/contract/orders.ts';
import type { OrderFigures } from '../../storage/orderRepository.ts';
import type { OrderFill } from './orderStore.ts';

export type TradingStats = z.infer<(typeof ORDER_COMMANDS.GET_TRADING_STATS)['reply']>;

/**
 * How trading by hand went; the contract says what each figure means. Sums are exact, and only what is shown as a
 * percentage is rounded. What was ordered and has not filled is counted at the mid of its decision, or at its limit
 * where there was no mid. Slippage is measured on the orders that had a mid: signed size × (fill − mid), over what the
 * same size was worth at the mid.
 */
export function tradingStats(orders: Iterable<OrderFigures>, fills: Iterable<OrderFill>): TradingStats {
  const counts = new Map<OrderState | 'open', number>();
  const timesToFill: number[] = [];
  let all = 0;
  let ordered = 0n;
  let filledOfOrdered = 0n;
  let slippage = 0n;
  let atMid = 0n;
  for (const order of orders) {
    const filled = parseBase(order.filled);
    const quote = exact(parseUsd(order.quote));
    const mid = order.decisionMid === null ? undefined : parsePrice(order.decisionMid);
    const counted = order.done || order.state === 'unknown' ? (order.state as OrderState) : 'open';
    all += 1;
    counts.set(counted, (counts.get(counted) ?? 0) + 1);
    if (order.done) {
      const left = parseBase(order.size) - filled;
      filledOfOrdered += quote;
      ordered += quote + left * (mid ?? parsePrice(order.limitPrice));
    }
    if (mid !== undefined) {
      const worth = valueOf(filled, mid);
      slippage += order.side === 'buy' ? quote - worth : worth - quote;
      atMid += worth;
    }
    if (order.sentT !== null && order.firstFillT !== null) timesToFill.push(order.firstFillT - order.sentT);
  }
  const count = (state: OrderState | 'open'): number => counts.get(state) ?? 0;
  return {
    orders: all,
    open: count('open'),
    filled: count('filled'),
    partiallyFilled: count('partiallyFilled'),
    cancelled: count('cancelled'),
    rejected: count('rejected'),
    expired: count('expired'),
    unknown: count('unknown'),
    fillRatioPct: ratio(filledOfOrdered, ordered, 100),
    slippageBp: ratio(slippage, atMid, 10_000),
    slippage: formatValue(value(slippage)),
    medianTimeToFillMs: median(timesToFill),
    meanTimeToFillMs: timesToFill.length === 0 ? null : sum(timesToFill) / timesToFill.length,
    ...fillStats(fills),
  };
}

function fillStats(fills: Iterable<OrderFill>) {
  let made = 0n;
  let volume = 0n;
  let paid = 0n;
  let rebates = 0n;
  for (const { size, price, fee, liquidity } of fills) {
    const worth = valueOf(size, price);
    volume += worth;
    if (liquidity === 'maker') made += worth;
    if (fee > 0n) paid += fee;
    else rebates -= fee;
  }
  return {
    makerSharePct: ratio(made, volume, 100),
    feesPaid: formatUsd(usd(paid)),
    rebates: formatUsd(usd(rebates)),
    volume: formatValue(value(volume)),
  };
}

/** `part / whole × scale`; null where there is nothing to compare with. */
const ratio = (part: bigint, whole: bigint, scale: number): number | null =>
  whole === 0n ? null : (Number(part) / Number(whole)) * scale;

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  if (upper === undefined) return null;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? upper) + upper) / 2 : upper;
}
