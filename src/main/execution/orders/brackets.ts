import type { ErrorCode } from '../../../shared/contract/errorCodes.ts';
import { base, type Base, type Rate } from '../../../shared/money/quantity.ts';
import { limitFor } from '../../domain/marketLimit.ts';
import type { Market, Side } from '../../domain/market.ts';
import type { BracketLeg, OrderPlan } from '../../domain/orderPlan.ts';
import { isOver } from './orderMachine.ts';
import type { TraderOrder } from './traderOrder.ts';

export type ExitRole = 'takeProfit' | 'stopLoss';

/** What a bracket needs next. */
export type BracketStep =
  | { readonly kind: 'cancel'; readonly order: TraderOrder }
  | { readonly kind: 'resize'; readonly order: TraderOrder; readonly size: Base }
  | { readonly kind: 'exit'; readonly role: ExitRole; readonly leg: BracketLeg; readonly size: Base }
  /** Nothing of it can change any more. */
  | { readonly kind: 'finish' };

/** The stop-loss first: where there is room for one order only, it is the one that protects. */
const ROLES = ['stopLoss', 'takeProfit'] as const satisfies readonly ExitRole[];

/**
 * What an entry and its exits need so that each exit closes what the entry has filled and no other exit has closed: an
 * exit that has nothing left to close is cancelled, so one that fills cancels the other. An exit that fills while the
 * entry still rests ends the entry first: what it fills in that race keeps its other exit.
 * @param minimum smallest order of the market: exits wait until so much has filled, or the entry is over
 * @param now Unix ms
 */
export function bracketSteps(
  entry: TraderOrder,
  exits: readonly TraderOrder[],
  minimum: Base,
  now: number,
): readonly BracketStep[] {
  const { bracket } = entry;
  if (bracket === null) return [];
  const resting = !isOver(entry.state);
  if (resting && exits.some(({ state }) => state === 'filled')) return [{ kind: 'cancel', order: entry }];
  const steps: BracketStep[] = [];
  let waits = false;
  for (const role of ROLES) {
    const leg = bracket[role];
    const own = exits.filter((exit) => exit.role === role);
    const live = own.find(({ state }) => !isOver(state));
    const closed = exits.filter((exit) => exit !== live).reduce((sum, { filled }) => sum + filled, 0n);
    const size = base(entry.filled - closed);
    if (live !== undefined) {
      if (size <= live.filled) steps.push({ kind: 'cancel', order: live });
      else if (size !== live.size) steps.push({ kind: 'resize', order: live, size });
    } else if (leg !== undefined && size > 0n && (size >= minimum || !resting)) {
      if (!own.every(mayFollow)) continue;
      // Once a moment: what did not fill now will not fill now.
      if (own.every(({ doneAt }) => doneAt === null || doneAt < now))
        steps.push({ kind: 'exit', role, leg, size });
      else waits = true;
    }
  }
  const over = !resting && !waits && exits.every(({ state }) => isOver(state));
  return over && steps.length === 0 ? [{ kind: 'finish' }] : steps;
}

/** Refusals that say nothing of the order itself: the same may be taken a moment later. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'TOO_MANY_ORDERS',
  'STALE_PRICE',
  'LATENCY_TOO_HIGH',
  'VENUE_UNAVAILABLE',
]);

/**
 * Whether another exit may come after one that is over: it closed what it was meant to, it never arrived, it was let
 * loose and the book did not bear all of it, it was refused for what may pass, or it was withdrawn before it was sent
 * (a program that was killed finds exits of fills that it has yet to hear of again). One that a trader or the venue has
 * cancelled, or that was refused for good, is not tried again.
 */
function mayFollow({ state, timeInForce, code, sentAt, unwanted }: TraderOrder): boolean {
  if (unwanted !== undefined) return state === 'filled';
  switch (state) {
    case 'filled':
    case 'expired':
      return true;
    case 'partiallyFilled':
      return timeInForce === 'ioc';
    case 'rejected':
      return code !== null && PASSING.has(code);
    case 'cancelled':
      return sentAt === null;
    default:
      return false;
  }
}

/** The order that an exit is: reduce-only, the other way, let loose at its trigger. */
export function exitPlan(
  entry: TraderOrder,
  market: Market,
  { role, leg, size }: Extract<BracketStep, { kind: 'exit' }>,
  tolerance: Rate,
): OrderPlan {
  const side: Side = entry.side === 'buy' ? 'sell' : 'buy';
  const profit = role === 'takeProfit';
  const plan = {
    market,
    side,
    size,
    reduceOnly: true,
    trigger: { price: leg.trigger, when: profit === (side === 'sell') ? 'above' : 'below' },
  } as const;
  return leg.limitPrice === undefined
    ? {
        ...plan,
        type: profit ? 'takeProfitMarket' : 'stopMarket',
        limitPrice: limitFor(side, leg.trigger, tolerance, market),
        tolerance,
        timeInForce: 'ioc',
      }
    : {
        ...plan,
        type: profit ? 'takeProfitLimit' : 'stopLimit',
        limitPrice: leg.limitPrice,
        timeInForce: 'gtc',
      };
}
