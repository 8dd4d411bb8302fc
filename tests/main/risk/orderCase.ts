import { orderTicket, type OrderTicket } from '../../../src/shared/contract/orders.ts';
import type { RestingOrder } from '../../../src/main/domain/openOrders.ts';
import type { OrderPlan } from '../../../src/main/domain/orderPlan.ts';
import { planOf } from '../../../src/main/domain/orderTicket.ts';
import { previewOrder, type OrderPreview, type PreviewContext } from '../../../src/main/risk/orderPreview.ts';
import type { RiskSettings } from '../../../src/main/risk/riskSettings.ts';
import { parseBase, parsePrice } from '../../../src/shared/money/decimal.ts';
import { contextOf, riskSettings, type CaseText } from './gateCase.ts';

export type TicketText = Partial<OrderTicket>;

export interface OrderCaseText extends CaseText {
  readonly openOrders?: readonly RestingOrder[];
}

/** SOL at $100 with 4 SOL at 0.1 % and 6 at 0.2 % to be had, and no more within 0.3 %. */
export const THIN = [
  ['0.001', '4'],
  ['0.002', '6'],
  ['0.004', '50'],
] as const;

export function previewContext({ openOrders = [], ...given }: OrderCaseText = {}): PreviewContext {
  const seen = { SOL: { depth: THIN }, 'SOL-PERP': { depth: THIN }, ...given.seen };
  return { ...contextOf({ ...given, seen }), openOrders, borrowing: false };
}

export function plannedIn(context: PreviewContext, typed: TicketText): OrderPlan {
  const ticket = orderTicket.parse({ market: 'SOL-PERP', side: 'buy', size: '1', type: 'market', ...typed });
  return planOf(ticket, {
    markets: context.markets,
    quote: (market) => {
      const seen = context.preflights.get(market);
      if (seen === undefined) throw new Error(`no ${market}`);
      return seen.quote;
    },
    now: context.now,
    slippageTolerance: riskSettings().slippageTolerance,
  });
}

export function previewOf(
  typed: TicketText,
  given: OrderCaseText = {},
  settings: RiskSettings = riskSettings(),
): OrderPreview {
  const context = previewContext(given);
  return previewOrder(plannedIn(context, typed), context, settings);
}

export const limit = (price: string, typed: TicketText = {}): TicketText => ({
  type: 'limit',
  price,
  ...typed,
});

export const bid = (size: string, price: string, more: Partial<RestingOrder> = {}): RestingOrder => ({
  market: 'SOL-PERP',
  side: 'buy',
  size: parseBase(size),
  limitPrice: parsePrice(price),
  reduceOnly: false,
  ...more,
});

export const refusalCodes = ({ refusals }: OrderPreview): readonly string[] =>
  refusals.map(({ code }) => code);
