import type { Conditions, OrderState, OrderView } from '../../../shared/contract/orders.ts';
import { dayAndTime } from '../../components/clockText.ts';
import { figureText } from '../../components/figureText.ts';
import { TYPE_WORDS } from './ticketDraft.ts';
import { offsetWords } from './ticketWords.ts';

/** Where an order stands, in a word or two. */
export const ORDER_STATE_WORDS: Readonly<Record<OrderState, string>> = {
  conditional: 'Waits for conditions',
  placing: 'Being placed',
  untriggered: 'Waits for trigger',
  open: 'In the book',
  modifying: 'Being changed',
  cancelling: 'Being cancelled',
  unknown: 'Outcome unknown',
  filled: 'Filled',
  partiallyFilled: 'Filled in part',
  cancelled: 'Cancelled',
  rejected: 'Refused',
  expired: 'Expired',
};

const ROLE_WORDS = {
  single: '',
  entry: ' (entry)',
  takeProfit: ' (take-profit)',
  stopLoss: ' (stop-loss)',
} as const;

/** "Limit, post-only", "Stop, market (stop-loss)" */
export function kindWords({ type, role, postOnly, reduceOnly, timeInForce }: OrderView): string {
  const ways = [
    postOnly === null ? '' : 'post-only',
    reduceOnly ? 'reduce-only' : '',
    timeInForce === 'GTC' || type === 'market' ? '' : timeInForce,
  ].filter((word) => word !== '');
  return [`${TYPE_WORDS[type]}${ROLE_WORDS[role]}`, ...ways].join(', ');
}

/** "SOL-PERP oracle at least $150.00 and health at most 40.0 %" */
export function conditionsWords({ match, of }: Conditions): string {
  return of.map(conditionWords).join(match === 'all' ? ' and ' : ' or ');
}

function conditionWords(condition: Conditions['of'][number]): string {
  if (condition.kind === 'time') return `from ${dayAndTime(condition.at)} on`;
  const least = condition.is === 'above' ? 'at least' : 'at most';
  switch (condition.kind) {
    case 'price':
      return `${condition.market} ${condition.source} ${least} ${figureText(condition.price, '$', 2)}`;
    case 'funding':
      return `${condition.market} funding ${least} ${figureText(condition.apr, '% a year', 2)}`;
    default:
      return `health ${least} ${figureText(condition.pct, '%', 1)}`;
  }
}

/** What an order waits for or why it ended, where there is more to say than its state. */
export function orderNote({ conditions, offset, code, reason, state }: OrderView): string | null {
  if (reason !== null) return code === null ? reason : `${reason} (${code})`;
  if (code !== null) return code;
  if (state === 'conditional' && conditions !== null) return `Once ${conditionsWords(conditions)}.`;
  return offset === null ? null : `${offsetWords(offset)}.`;
}
