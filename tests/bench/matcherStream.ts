import { Random } from '../../src/main/platform/random.ts';
import type { Side } from '../../src/main/domain/market.ts';
import {
  HIGHEST_TICKS,
  lots,
  LOWEST_TICKS,
  ticks,
  type Lots,
  type Ticks,
} from '../../src/main/venues/paper/exchange/grid.ts';
import { Matcher } from '../../src/main/venues/paper/exchange/matcher.ts';

/** One message to an order book. Each order belongs to a participant of its own, whose number is the id. */
export type Message =
  | {
      readonly kind: 'limit' | 'ioc' | 'market';
      readonly id: number;
      readonly side: Side;
      readonly lots: Lots;
      readonly ticks: Ticks;
    }
  | { readonly kind: 'cancel'; readonly id: number };

/** Orders that rest once the book has filled up. */
const RESTING = 3_000;
const CANCELS = 0.5;
const MARKET_ORDERS = 0.01;
const IOC_ORDERS = 0.01;
const MOVES = 0.01;
const MEAN_DISTANCE = 15;
const MAX_LOTS = 60;

/**
 * The messages of a busy market: nearly half of them cancel an order that rests, the others are limit orders around a
 * mid that wanders, so that some of them take at once, and a few orders that never rest.
 */
export function matcherStream(count: number, seed: number): readonly Message[] {
  const random = new Random(seed);
  const book = new Matcher();
  const resting: number[] = [];
  const messages: Message[] = [];
  let mid = 100_000;

  /** An order that rests, chosen evenly; those that were filled meanwhile are dropped on the way. */
  const chosen = (): number | undefined => {
    while (resting.length > 0) {
      const at = Math.floor(random.uniform() * resting.length);
      const id = resting[at];
      const last = resting.pop();
      if (last !== undefined && at < resting.length) resting[at] = last;
      if (id !== undefined && book.order(id) !== undefined) return id;
    }
    return undefined;
  };

  const placement = (id: number): Message => {
    const side: Side = random.uniform() < 0.5 ? 'buy' : 'sell';
    const size = lots(1 + Math.floor(random.uniform() * MAX_LOTS));
    const kind = random.uniform();
    if (kind < MARKET_ORDERS / (1 - CANCELS))
      return { kind: 'market', id, side, lots: size, ticks: side === 'buy' ? HIGHEST_TICKS : LOWEST_TICKS };
    const passive = side === 'buy' ? -1 : 1;
    if (kind < (MARKET_ORDERS + IOC_ORDERS) / (1 - CANCELS))
      return { kind: 'ioc', id, side, lots: size, ticks: ticks(mid - passive * 3) };
    const distance = 1 + Math.floor(-Math.log(1 - random.uniform()) * MEAN_DISTANCE);
    return { kind: 'limit', id, side, lots: size, ticks: ticks(mid + passive * distance) };
  };

  for (let id = 1; id <= count; id += 1) {
    if (random.uniform() < MOVES) mid += random.uniform() < 0.5 ? -1 : 1;
    const cancelled = book.size > RESTING && random.uniform() < CANCELS ? chosen() : undefined;
    if (cancelled !== undefined) {
      book.cancel(cancelled);
      messages.push({ kind: 'cancel', id: cancelled });
      continue;
    }
    const message = placement(id);
    messages.push(message);
    if (message.kind === 'cancel') continue;
    let left: number = message.lots;
    for (const match of book.take(id, message.side, message.lots, message.ticks)) left -= match.lots;
    if (message.kind !== 'limit' || left === 0) continue;
    book.rest(id, id, message.side, message.ticks, lots(left));
    resting.push(id);
  }
  return messages;
}
