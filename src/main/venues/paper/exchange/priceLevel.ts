import type { Side } from '../../../domain/market.ts';
import { lots, NO_LOTS, type Lots, type Ticks } from './grid.ts';
import type { RestingOrder } from './restingOrder.ts';

/** An order in its queue. The links are its own, so that it leaves from the middle without a search. */
export class QueuedOrder {
  readonly id: number;
  readonly owner: number;
  readonly side: Side;
  readonly level: PriceLevel;
  lots: Lots;
  before: QueuedOrder | undefined = undefined;
  after: QueuedOrder | undefined = undefined;

  constructor(id: number, owner: number, side: Side, level: PriceLevel, size: Lots) {
    this.id = id;
    this.owner = owner;
    this.side = side;
    this.level = level;
    this.lots = size;
  }

  /** A copy without the links: what is handed out doesn't change under the reader. */
  shown(): RestingOrder {
    return { id: this.id, owner: this.owner, side: this.side, ticks: this.level.ticks, lots: this.lots };
  }
}

/** The orders at one price of one side, oldest first. */
export class PriceLevel {
  readonly ticks: Ticks;
  #lots: Lots = NO_LOTS;
  #orders = 0;
  #oldest: QueuedOrder | undefined = undefined;
  #newest: QueuedOrder | undefined = undefined;

  constructor(at: Ticks) {
    this.ticks = at;
  }

  /** Sum of its orders. */
  get lots(): Lots {
    return this.#lots;
  }

  /** How many orders. */
  get orders(): number {
    return this.#orders;
  }

  get oldest(): QueuedOrder | undefined {
    return this.#oldest;
  }

  /** At the back of the queue. */
  append(order: QueuedOrder): void {
    order.before = this.#newest;
    if (this.#newest === undefined) this.#oldest = order;
    else this.#newest.after = order;
    this.#newest = order;
    this.#lots = lots(this.#lots + order.lots);
    this.#orders += 1;
  }

  /** Makes one of its orders smaller, where it stands. @param by less than what is left of it */
  reduce(order: QueuedOrder, by: Lots): void {
    order.lots = lots(order.lots - by);
    this.#lots = lots(this.#lots - by);
  }

  remove(order: QueuedOrder): void {
    const { before, after } = order;
    if (before === undefined) this.#oldest = after;
    else before.after = after;
    if (after === undefined) this.#newest = before;
    else after.before = before;
    this.#lots = lots(this.#lots - order.lots);
    this.#orders -= 1;
  }

  *[Symbol.iterator](): Generator<QueuedOrder> {
    for (let order = this.#oldest; order !== undefined; order = order.after) yield order;
  }
}
