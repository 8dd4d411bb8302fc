import type { OrderOutcome } from '../execution/executor.ts';
import type { Clock } from '../platform/clock.ts';
import type { JournalEntry } from '../storage/journalRepository.ts';
import type { VaultStore } from '../storage/vaultStore.ts';
import type { Venue } from '../venues/venue.ts';
import { journalled, leftOutcome } from './leftOrder.ts';

/** Orders that an earlier process has left without an outcome: until all of them are settled nothing is traded. */
export class LeftOrders {
  readonly #venue: Pick<Venue, 'query'>;
  readonly #store: VaultStore;
  readonly #clock: Clock;
  #left: readonly JournalEntry[];

  constructor(
    left: readonly JournalEntry[],
    { venue, store, clock }: { venue: Pick<Venue, 'query'>; store: VaultStore; clock: Clock },
  ) {
    this.#left = left;
    this.#venue = venue;
    this.#store = store;
    this.#clock = clock;
  }

  get areSettled(): boolean {
    return this.#left.length === 0;
  }

  /**
   * Asks the venue about each, in the order in which they were sent, and writes down what is known.
   * @param pending the one that the engine remembers by itself, and asks about
   */
  async settle(pending: string | undefined): Promise<readonly OrderOutcome[]> {
    const [unsettled, settled]: [JournalEntry[], OrderOutcome[]] = [[], []];
    for (const entry of this.#left) {
      const { clientOrderId } = entry.order;
      if (clientOrderId === pending) continue;
      const outcome = leftOutcome(entry, await this.#venue.query(clientOrderId));
      if (outcome === undefined) unsettled.push(entry);
      else {
        this.#store.outcome(journalled(outcome, this.#clock.now()));
        settled.push(outcome);
      }
    }
    this.#left = unsettled;
    return settled;
  }
}
