import type { ErrorCode } from '../../shared/contract/errorCodes.ts';
import { movedBy } from '../../shared/money/arithmetic.ts';
import { formatBase, formatPrice } from '../../shared/money/decimal.ts';
import { NO_BASE, base, price, rate, type Base, type Price } from '../../shared/money/quantity.ts';
import { magnitude, smaller, toStep } from '../../shared/money/rounding.ts';
import { perpSize, type Account } from '../domain/account.ts';
import { signed } from '../domain/market.ts';
import type { OrderPlan } from '../domain/orderPlan.ts';
import { takerFill, type TakerFill } from '../venues/paper/takerFill.ts';
import type { Preflight } from '../venues/venue.ts';
import type { LegFill } from './trade.ts';

/** Why an order would not stand, as a trader reads it. */
export interface PreviewRefusal {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What would become of an order that went out now. What neither takes nor rests is cancelled. */
export interface OrderOutlook {
  /** Of its size: less where it is reduce-only and there is less to reduce. */
  readonly tradable: Base;
  readonly takes: TakerFill | undefined;
  readonly rests: Base;
  /** Its limit, or where a sliding post-only order would be moved to. */
  readonly restsAt: Price;
  readonly refusals: readonly PreviewRefusal[];
}

/** What takes is walked through the depth under R1.5; what rests has no say in when it fills. */
export function outlookOf(
  plan: OrderPlan,
  look: Pick<Preflight, 'quote' | 'depth'>,
  account: Account,
): OrderOutlook {
  const tradable = plan.reduceOnly ? reducibleBy(plan, account) : plan.size;
  const nothing = tradable === 0n ? [nothingToReduce(plan)] : [];
  const open = { tradable, takes: undefined, rests: tradable, restsAt: plan.limitPrice, refusals: nothing };
  if (tradable === 0n) return open;
  if (plan.postOnly !== undefined) return { ...open, ...postOnly(plan, look) };
  const takes = takerFill(plan.side, tradable, plan.limitPrice, look.quote.mark, look.depth, plan.market);
  const left = base(tradable - (takes?.size ?? NO_BASE));
  if (plan.timeInForce === 'gtc' || plan.timeInForce === 'gtd') return { ...open, takes, rests: left };
  if (plan.timeInForce === 'ioc' || left === 0n) return { ...open, takes, rests: NO_BASE };
  return { ...open, rests: NO_BASE, refusals: [notFilled(plan, takes?.size ?? NO_BASE)] };
}

/** What it is expected to fill, sooner or later. */
export function likelyFills({ takes, rests, restsAt }: OrderOutlook): readonly LegFill[] {
  return [
    ...(takes === undefined ? [] : [{ ...takes, liquidity: 'taker' as const }]),
    ...(rests === 0n ? [] : [{ size: rests, price: restsAt, liquidity: 'maker' as const }]),
  ];
}

/** What it may fill at most. What the book does not show now counts as taken at the limit: no fill is worse. */
export function possibleFills(outlook: OrderOutlook, { limitPrice }: OrderPlan): readonly LegFill[] {
  const { tradable, takes, rests } = outlook;
  const unseen = base(tradable - rests - (takes?.size ?? NO_BASE));
  if (unseen === 0n) return likelyFills(outlook);
  return [...likelyFills(outlook), { size: unseen, price: limitPrice, liquidity: 'taker' }];
}

function postOnly(
  { side, limitPrice, market, postOnly: way }: OrderPlan,
  { quote: { mark }, depth }: Pick<Preflight, 'quote' | 'depth'>,
): Pick<OrderOutlook, 'restsAt' | 'refusals'> {
  const [nearest] = depth;
  const rests = { restsAt: limitPrice, refusals: [] };
  if (nearest === undefined) return rests;
  const [share, rounding] =
    side === 'buy' ? [nearest.offset, 'floor' as const] : [rate(-nearest.offset), 'ceil' as const];
  const touch = price(toStep(movedBy(mark, share, rounding), market.tick, rounding));
  if (side === 'buy' ? limitPrice < touch : limitPrice > touch) return rests;
  const behind = price(side === 'buy' ? touch - market.tick : touch + market.tick);
  if (way === 'slide' && behind > 0n) return { restsAt: behind, refusals: [] };
  const end = way === 'try' ? 'cancelled' : 'refused';
  const message = `The order is post-only and would take at ${formatPrice(touch)}: it would be ${end}.`;
  return { restsAt: limitPrice, refusals: [{ code: 'POST_ONLY_WOULD_CROSS', message }] };
}

/** Whole lots of what is held on the other side. */
function reducibleBy({ side, size, market }: OrderPlan, account: Account): Base {
  const held = market.kind === 'spot' ? account.spot : perpSize(account, market.symbol);
  if (held === 0n || held > 0n === signed(side, size) > 0n) return NO_BASE;
  return base(smaller(toStep(magnitude(held), market.lot, 'floor'), size));
}

const nothingToReduce = ({ market }: OrderPlan): PreviewRefusal => ({
  code: 'REDUCE_ONLY_WOULD_INCREASE',
  message: `There is nothing in ${market.symbol} that this order could reduce.`,
});

const notFilled = ({ size }: OrderPlan, fillable: Base): PreviewRefusal => ({
  code: 'NOT_FILLED',
  message: `Only ${formatBase(fillable)} of ${formatBase(size)} could fill at once, and the order is fill-or-kill.`,
});
