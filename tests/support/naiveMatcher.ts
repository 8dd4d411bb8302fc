import type { Side } from '../../src/main/domain/market.ts';
import type { Matcher } from '../../src/main/venues/paper/exchange/matcher.ts';
import type { Match, RestingOrder } from '../../src/main/venues/paper/exchange/restingOrder.ts';
import { lots, type Lots, type Ticks } from '../../src/main/venues/paper/exchange/grid.ts';

/** What both matchers do; `size`, `prices` and `preview` follow from it. */
export type Matching = Pick<
  Matcher,
  | 'take'
  | 'rest'
  | 'crosses'
  | 'cancel'
  | 'reduce'
  | 'order'
  | 'best'
  | 'lotsAt'
  | 'ahead'
  | 'levels'
  | 'queue'
>;

const sum = (orders: readonly RestingOrder[]): Lots =>
  lots(orders.reduce((total, order) => total + order.lots, 0));

/**
 * Matching as one would explain it: a list of orders as they came, filtered and sorted anew at every question. It shares
 * no step with the real one, and is a hundred times slower.
 */
export class NaiveMatcher implements Matching {
  /** In order of arrival; sorting keeps that order among equals. */
  #orders: readonly RestingOrder[] = [];

  take(owner: number, side: Side, size: Lots, limit: Ticks): readonly Match[] {
    const matches: Match[] = [];
    let left: number = size;
    while (left > 0) {
      const maker = this.#makers(owner, side, limit)[0];
      if (maker === undefined) break;
      const taken = lots(Math.min(left, maker.lots));
      left -= taken;
      this.reduce(maker.id, taken);
      const makerLeft = lots(maker.lots - taken);
      matches.push({
        makerId: maker.id,
        makerOwner: maker.owner,
        ticks: maker.ticks,
        lots: taken,
        makerLeft,
      });
    }
    return matches;
  }

  crosses(owner: number, side: Side, limit: Ticks): boolean {
    return this.#makers(owner, side, limit).length > 0;
  }

  rest(id: number, owner: number, side: Side, ticks: Ticks, size: Lots): void {
    if (this.crosses(owner, side, ticks)) throw new RangeError('It would cross.');
    this.#orders = [...this.#orders, { id, owner, side, ticks, lots: size }];
  }

  cancel(id: number): RestingOrder | undefined {
    const order = this.order(id);
    this.#orders = this.#orders.filter((other) => other.id !== id);
    return order;
  }

  reduce(id: number, by: Lots): void {
    const order = this.order(id);
    if (order === undefined || by > order.lots) throw new RangeError('There is not so much of it.');
    this.#orders = this.#orders
      .map((other) => (other.id === id ? { ...other, lots: lots(other.lots - by) } : other))
      .filter((other) => other.lots > 0);
  }

  order(id: number): RestingOrder | undefined {
    return this.#orders.find((order) => order.id === id);
  }

  best(side: Side): Ticks | undefined {
    return this.#bestFirst(side)[0]?.ticks;
  }

  lotsAt(side: Side, ticks: Ticks): Lots {
    return sum(this.queue(side, ticks));
  }

  ahead(id: number): Lots {
    const order = this.order(id);
    if (order === undefined) throw new RangeError('It does not rest.');
    const queue = this.queue(order.side, order.ticks);
    return sum(queue.slice(0, queue.indexOf(order)));
  }

  levels(side: Side, depth: number) {
    const prices = [...new Set(this.#bestFirst(side).map((order) => order.ticks))];
    return prices.slice(0, depth).map((ticks) => {
      const queue = this.queue(side, ticks);
      return { ticks, lots: sum(queue), orders: queue.length };
    });
  }

  queue(side: Side, ticks: Ticks): readonly RestingOrder[] {
    return this.#orders.filter((order) => order.side === side && order.ticks === ticks);
  }

  #bestFirst(side: Side): readonly RestingOrder[] {
    return this.#orders
      .filter((order) => order.side === side)
      .toSorted((a, b) => (side === 'buy' ? b.ticks - a.ticks : a.ticks - b.ticks));
  }

  /** Whom an order would take from, in turn. */
  #makers(owner: number, side: Side, limit: Ticks): readonly RestingOrder[] {
    return this.#bestFirst(side === 'buy' ? 'sell' : 'buy').filter(
      (maker) => maker.owner !== owner && (side === 'buy' ? maker.ticks <= limit : maker.ticks >= limit),
    );
  }
}
