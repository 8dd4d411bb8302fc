import { NO_BASE, NO_RATE, type Base, type Price, type Rate } from '../../shared/money/quantity.ts';
import type { Account } from '../domain/account.ts';
import type { OrderPlan } from '../domain/orderPlan.ts';
import { accountAfter, figuresOf, type AccountFigures, type MarginRules } from '../domain/orderPreview.ts';
import { estimateOrder } from './estimate.ts';
import { asFired } from './firedOrder.ts';
import { judge, type GateContext } from './gates.ts';
import { plannedFill } from './legFills.ts';
import { proposalOf } from './manualTrade.ts';
import { likelyFills, outlookOf, type OrderOutlook, type PreviewRefusal } from './orderOutlook.ts';
import type { RiskSettings } from './riskSettings.ts';
import type { ApprovedTrade, RefusedTrade, TradeEstimate } from './trade.ts';

export interface PreviewContext extends GateContext {
  /** Whether the venue lends what a spot trade is short of. */
  readonly borrowing: boolean;
}

/** What an order is expected to do, cost and earn. */
export interface OrderEstimate extends TradeEstimate {
  readonly takes: Base;
  /** Null where nothing takes. */
  readonly averagePrice: Price | null;
  readonly rests: Base;
}

export interface OrderPreview {
  readonly estimate: OrderEstimate;
  readonly before: AccountFigures;
  readonly after: AccountFigures;
  /** The gates' reasons, and what the venue would say: that of the book is true only of this moment. */
  readonly refusals: readonly PreviewRefusal[];
  /** The gates' alone. They judge the whole size, also where the book shows less of it now. */
  readonly verdict: ApprovedTrade | RefusedTrade;
}

/**
 * What an order would do now, and what of it would be refused. One that waits is shown as if it were let loose at its
 * price; its figures afterwards are those of that price, the ones before are of now.
 * Throws STALE_PRICE where an asset that is held or ordered has no oracle.
 */
export function previewOrder(given: OrderPlan, now: PreviewContext, settings: RiskSettings): OrderPreview {
  const { plan, context } = asFired(given, now);
  const { market, side, size, limitPrice, reduceOnly } = plan;
  const look = context.preflights.get(market.symbol);
  if (look === undefined) throw new TypeError(`no preflight for ${market.symbol}`);
  const outlook = outlookOf(plan, look, context.account);
  const fills = likelyFills(outlook);
  const leg = { market: market.symbol, side, size, limitPrice, reduceOnly, fills };
  const account = accountAfter(
    context.account,
    fills.map((fill) => plannedFill({ side, market }, market.symbol, fill)),
  );
  const rules = rulesOf(context);
  const after = figuresOf(account, context.oracles, rules, context.openOrders);
  const proposal = proposalOf(plan, outlook, context);
  const verdict = judge(proposal, context, settings);
  const reasons = verdict.verdict === 'refused' ? verdict.reasons : [];
  return {
    estimate: { ...estimateOrder(leg, context, settings), ...shareOf(outlook) },
    before: figuresOf(now.account, now.oracles, rules, now.openOrders),
    after,
    refusals: [
      ...reasons.map(({ code, message }) => ({ code, message })),
      ...(waits(given) ? [] : outlook.refusals),
      ...(proposal.effect === 'reduces' ? [] : unaffordable(plan, account, after, context)),
    ],
    verdict,
  };
}

function shareOf({ takes, rests }: OrderOutlook): Pick<OrderEstimate, 'takes' | 'averagePrice' | 'rests'> {
  return { takes: takes?.size ?? NO_BASE, averagePrice: takes?.price ?? null, rests };
}

/** By then the book and the position are others. */
const waits = ({ trigger, conditions }: OrderPlan): boolean =>
  trigger !== undefined || conditions !== undefined;

function unaffordable(
  { market, side }: OrderPlan,
  account: Account,
  { freeCollateral }: AccountFigures,
  { borrowing }: PreviewContext,
): readonly PreviewRefusal[] {
  const short = side === 'buy' ? account.cash < 0n : account.spot < 0n;
  if (market.kind === 'spot' && !borrowing && short) {
    const asset = side === 'buy' ? 'USDC' : market.asset;
    const message = `The sub-account has too little ${asset} for this order.`;
    return [{ code: 'INSUFFICIENT_BALANCE', message }];
  }
  if (freeCollateral >= 0n) return [];
  const message = 'The collateral does not cover the initial margin of this order.';
  return [{ code: 'INSUFFICIENT_COLLATERAL', message }];
}

function rulesOf({ markets, weights }: PreviewContext): MarginRules {
  const ratio =
    (which: 'initialMargin' | 'maintenanceMargin') =>
    (market: string): Rate =>
      markets.get(market)?.[which] ?? NO_RATE;
  return { initialRatioOf: ratio('initialMargin'), maintenanceRatioOf: ratio('maintenanceMargin'), weights };
}
