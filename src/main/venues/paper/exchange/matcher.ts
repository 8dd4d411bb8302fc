import type { Side } from '../../../domain/market.ts';
import { BookSide } from './bookSide.ts';
import { lots, NO_LOTS, type Lots, type Ticks } from './grid.ts';
import { PriceLevel, QueuedOrder } from './priceLevel.ts';
import type { Match, RestingOrder } from './restingOrder.ts';

/** A price of the book with what rests there. */
export interface BookLevel {
  readonly ticks: Ticks;
  readonly lots: Lots;
  /** How many orders. */
  readonly orders: number;
}

const NO_MATCHES: readonly Match[] = [];

function positive(what: string, count: number): void {
  if (!Number.isSafeInteger(count) || count <= 0)
    throw new RangeError(`${what} must be a positive whole number, not ${count}.`);
}

/**
 * The book of one market and its matching by price and time: the best price first, at one price the oldest order
 * first. It knows participants by a number and treats them alike; what becomes of an order (post-only, IOC, reduce-only)
 * is for the exchange to decide before it calls. Everything that is handed out is a copy.
 */
export class Matcher {
  readonly #bids = new BookSide('buy');
  readonly #asks = new BookSide('sell');
  readonly #orders = new Map<number, QueuedOrder>();

  /** How many orders rest. */
  get size(): number {
    return this.#orders.size;
  }

  /**
   * Takes from the other side up to the limit, inclusive, at the makers' prices. Orders of `owner` itself are passed
   * over and stay where they are. What finds no match is left: the sum of the matches tells how much was taken.
   * @throws RangeError if size or limit is not a positive safe integer
   */
  take(owner: number, side: Side, size: Lots, limit: Ticks): readonly Match[] {
    const matches = this.preview(owner, side, size, limit);
    for (const { makerId, lots } of matches) this.reduce(makerId, lots);
    return matches;
  }

  /** What `take` would do, without doing it. @throws RangeError as `take` */
  preview(owner: number, side: Side, size: Lots, limit: Ticks): readonly Match[] {
    positive('The size in lots', size);
    positive('The limit in ticks', limit);
    const makers = this.#against(side);
    let matches: Match[] | undefined;
    let left: number = size;
    for (let fromBest = 0; left > 0; fromBest += 1) {
      const level = makers.at(fromBest);
      if (level === undefined || !makers.within(level, limit)) break;
      for (let maker = level.oldest; maker !== undefined && left > 0; maker = maker.after) {
        if (maker.owner === owner) continue;
        const taken = Math.min(left, maker.lots);
        left -= taken;
        matches ??= [];
        matches.push({
          makerId: maker.id,
          makerOwner: maker.owner,
          ticks: level.ticks,
          lots: lots(taken),
          makerLeft: lots(maker.lots - taken),
        });
      }
    }
    return matches ?? NO_MATCHES;
  }

  /** Whether an order at this limit would take from an order of somebody else. */
  crosses(owner: number, side: Side, limit: Ticks): boolean {
    const makers = this.#against(side);
    for (let fromBest = 0; ; fromBest += 1) {
      const level = makers.at(fromBest);
      if (level === undefined || !makers.within(level, limit)) return false;
      for (let maker = level.oldest; maker !== undefined; maker = maker.after)
        if (maker.owner !== owner) return true;
    }
  }

  /**
   * Puts an order at the back of the queue at its price. It may cross orders of its own owner.
   * @throws RangeError if it would cross an order of another owner, the id is taken, size or price is not a positive
   * safe integer, or the lots at this price would be more than a number holds exactly. The book is then as it was.
   */
  rest(id: number, owner: number, side: Side, ticks: Ticks, size: Lots): void {
    positive('The price in ticks', ticks);
    positive('The size in lots', size);
    if (this.#orders.has(id)) throw new RangeError(`Order ${id} rests already.`);
    if (this.crosses(owner, side, ticks))
      throw new RangeError(`A ${side} at ${ticks} ticks would cross the book.`);
    const own = this.#of(side);
    let level = own.find(ticks);
    if (level === undefined) {
      level = new PriceLevel(ticks);
      own.add(level);
    } else if (!Number.isSafeInteger(level.lots + size))
      throw new RangeError(`More than ${Number.MAX_SAFE_INTEGER} lots can't rest at one price.`);
    const order = new QueuedOrder(id, owner, side, level, size);
    level.append(order);
    this.#orders.set(id, order);
  }

  /** Takes an order out of the book. The order as it was, or undefined if none rests under this id. */
  cancel(id: number): RestingOrder | undefined {
    const order = this.#orders.get(id);
    if (order === undefined) return undefined;
    this.#remove(order);
    return order.shown();
  }

  /**
   * Makes an order smaller, keeping its place in the queue; with nothing left it is out of the book.
   * @throws RangeError if none rests under this id, or `by` is not a positive safe integer up to what is left
   */
  reduce(id: number, by: Lots): void {
    positive('The reduction in lots', by);
    const order = this.#resting(id);
    if (by > order.lots) throw new RangeError(`Order ${id} has ${order.lots} lots left, not ${by}.`);
    if (by === order.lots) this.#remove(order);
    else order.level.reduce(order, by);
  }

  order(id: number): RestingOrder | undefined {
    return this.#orders.get(id)?.shown();
  }

  /** The best bid for `buy`, the best ask for `sell`. */
  best(side: Side): Ticks | undefined {
    return this.#of(side).at(0)?.ticks;
  }

  lotsAt(side: Side, ticks: Ticks): Lots {
    return this.#of(side).find(ticks)?.lots ?? NO_LOTS;
  }

  /** Visible lots before this order at its own price. @throws RangeError if none rests under this id */
  ahead(id: number): Lots {
    let sum = 0;
    for (let order = this.#resting(id).before; order !== undefined; order = order.before) sum += order.lots;
    return lots(sum);
  }

  /** Best first, at most `depth` of them. */
  levels(side: Side, depth: number): readonly BookLevel[] {
    const levels: BookLevel[] = [];
    const own = this.#of(side);
    for (let fromBest = 0; fromBest < depth; fromBest += 1) {
      const level = own.at(fromBest);
      if (level === undefined) break;
      levels.push({ ticks: level.ticks, lots: level.lots, orders: level.orders });
    }
    return levels;
  }

  /** Every price at which something rests, best first. */
  prices(side: Side): readonly Ticks[] {
    return this.levels(side, Number.POSITIVE_INFINITY).map(({ ticks }) => ticks);
  }

  /** The orders at a price, oldest first. */
  queue(side: Side, ticks: Ticks): readonly RestingOrder[] {
    const level = this.#of(side).find(ticks);
    return level === undefined ? [] : Array.from(level, (order) => order.shown());
  }

  #of(side: Side): BookSide {
    return side === 'buy' ? this.#bids : this.#asks;
  }

  #against(side: Side): BookSide {
    return side === 'buy' ? this.#asks : this.#bids;
  }

  #resting(id: number): QueuedOrder {
    const order = this.#orders.get(id);
    if (order === undefined) throw new RangeError(`No order ${id} rests.`);
    return order;
  }

  #remove(order: QueuedOrder): void {
    const { level } = order;
    level.remove(order);
    this.#orders.delete(order.id);
    if (level.orders === 0) this.#of(order.side).remove(level);
  }
}
