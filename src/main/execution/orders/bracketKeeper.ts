import { AppError } from '../../../shared/contract/appError.ts';
import type { Rate } from '../../../shared/money/quantity.ts';
import type { Market } from '../../domain/market.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Venue } from '../../venues/venue.ts';
import { bracketSteps, exitPlan, type BracketStep } from './brackets.ts';
import { reached } from './conditions.ts';
import type { LiveOrders } from './liveOrders.ts';
import type { OrderCourier } from './orderCourier.ts';
import type { OrderRelease } from './orderRelease.ts';
import { roomAt } from './orderRules.ts';
import { newOrder, type TraderOrder } from './traderOrder.ts';

export interface BracketKeeperParts {
  readonly venue: Venue;
  readonly orders: LiveOrders;
  readonly courier: OrderCourier;
  readonly release: OrderRelease;
  readonly clock: Clock;
  readonly log: Logger;
  readonly tolerance: Rate;
}

/** Has exits follow their entries, one step after the other. A step that fails is tried again at the next tick. */
export class BracketKeeper {
  readonly #parts: BracketKeeperParts;
  /** Two at a time would each place the exits that the other has not placed yet. */
  #follows = false;

  constructor(parts: BracketKeeperParts) {
    this.#parts = parts;
  }

  /** Whether any bracket has a step to take now. */
  isDue(): boolean {
    return this.#parts.orders.entries().some((entry) => this.#steps(entry).length > 0);
  }

  /** Whether an order has something to close, where it is an exit: one that is about to be withdrawn is not let go. */
  wants({ id, parentId }: TraderOrder): boolean {
    const entry = parentId === null ? undefined : this.#parts.orders.find(parentId);
    if (entry === undefined) return true;
    return !this.#steps(entry).some((step) => step.kind === 'cancel' && step.order.id === id);
  }

  /** Takes the next steps of every bracket. */
  async follow(): Promise<void> {
    if (this.#follows) return;
    this.#follows = true;
    try {
      for (const { id } of this.#parts.orders.entries()) {
        for (const step of this.#steps(this.#parts.orders.get(id))) {
          // An exit that has filled at once leaves nothing for the next, and one that rests may have taken its room.
          const entry = this.#parts.orders.get(id);
          const now = this.#steps(entry).find((one) => isSame(one, step));
          if (now !== undefined) await this.#try(entry, now);
        }
      }
    } finally {
      this.#follows = false;
    }
  }

  #marketOf(entry: TraderOrder): Market | undefined {
    return this.#parts.venue.markets.get(entry.market);
  }

  /** Without those of orders that an answer of the venue is missing about, and exits that there is no room for. */
  #steps(entry: TraderOrder): readonly BracketStep[] {
    const { orders, courier, clock } = this.#parts;
    const market = this.#marketOf(entry);
    if (market === undefined) return [];
    return bracketSteps(entry, orders.exitsOf(entry), market.minimum, clock.now()).filter((step) => {
      if (step.kind === 'exit') return this.#canGo(entry, market, step);
      return step.kind === 'finish' || (canChange(step.order) && !courier.isBusy(step.order.id));
    });
  }

  /** An exit whose trigger has been passed goes without it, and takes no room. */
  #canGo(entry: TraderOrder, market: Market, step: Extract<BracketStep, { kind: 'exit' }>): boolean {
    const { venue, tolerance } = this.#parts;
    if (!venue.capabilities.triggers || roomAt(venue) > 0) return true;
    const { trigger } = exitPlan(entry, market, step, entry.tolerance ?? tolerance);
    return trigger !== undefined && reached(trigger, venue.quote(entry.market).oracle);
  }

  async #try(entry: TraderOrder, step: BracketStep): Promise<void> {
    try {
      await this.#take(entry, step);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const context = { error, orderId: entry.id, step: step.kind };
      this.#parts.log.error('an exit could not follow its entry', context);
    }
  }

  async #take(entry: TraderOrder, step: BracketStep): Promise<void> {
    const { orders, courier } = this.#parts;
    switch (step.kind) {
      case 'cancel':
        return courier.withdraw(step.order.id);
      case 'resize':
        return courier.change(step.order.id, { size: step.size });
      case 'exit':
        return this.#exit(entry, step);
      case 'finish':
        orders.finish(entry);
    }
  }

  /** A new exit is kept as held back, so that it protects even where it can't be sent yet. */
  async #exit(entry: TraderOrder, step: Extract<BracketStep, { kind: 'exit' }>): Promise<void> {
    const { orders, release, clock, tolerance, venue } = this.#parts;
    const market = this.#marketOf(entry);
    if (market === undefined) return;
    const plan = exitPlan(entry, market, step, entry.tolerance ?? tolerance);
    const exit = newOrder(plan, {
      number: orders.next,
      t: clock.now(),
      decisionMid: null,
      exitOf: { parentId: entry.id, role: step.role },
    });
    orders.intend(exit);
    if (venue.capabilities.triggers) await release.release(exit.id);
  }
}

const canChange = ({ state, resumes }: TraderOrder): boolean => state === resumes && state !== 'placing';

function isSame(one: BracketStep, other: BracketStep): boolean {
  if (one.kind === 'exit' && other.kind === 'exit') return one.role === other.role;
  if ('order' in one && 'order' in other) return one.kind === other.kind && one.order.id === other.order.id;
  return one.kind === other.kind;
}
