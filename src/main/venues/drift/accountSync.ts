import { AppError } from '../../../shared/contract/appError.ts';
import type { AccountEvent } from '../../domain/accountEvent.ts';
import type { OpenOrder } from '../../domain/order.ts';
import { tellStory, type AccountStory, type Unexplained } from './accountStory.ts';
import type { DriftState } from './driftState.ts';
import type { History, HistoryCursor } from './history.ts';
import { OrderBookkeeping } from './orderBookkeeping.ts';
import type { TransactionEvents } from './programEvent.ts';
import type { SharedClient } from './sharedClient.ts';

/** Nodes differ by a moment in what they list: a story with gaps is read again before anybody is troubled. */
const READINGS = 3;

export interface AccountSyncParts {
  readonly client: SharedClient;
  readonly history: History;
  readonly subAccount: number;
  /** The intent of the journal that was signed here under a signature; undefined for what others signed. */
  readonly intentSigned: (signature: string) => string | undefined;
  /** The order that was signed here under a signature; undefined for what others signed, and for what is no order. */
  readonly orderSigned: (signature: string) => string | undefined;
}

interface SavedSync {
  readonly state: DriftState;
  readonly cursor: HistoryCursor;
  readonly orders: unknown;
}

/** Where a sub-account stands, and how it came there: one state of the chain after the other, with all that lies between. */
export class AccountSync {
  readonly #parts: AccountSyncParts;
  readonly orders: OrderBookkeeping;
  readonly #addresses: readonly string[];
  #state: DriftState;
  #cursor: HistoryCursor;
  #open: readonly OpenOrder[] = [];
  #events: AccountEvent[] = [];
  #unexplained: readonly Unexplained[] = [];
  #turn: Promise<void> = Promise.resolve();

  private constructor(parts: AccountSyncParts, state: DriftState, cursor: HistoryCursor) {
    this.#parts = parts;
    this.#state = state;
    this.#cursor = cursor;
    this.#addresses = addressesOf(parts);
    this.orders = new OrderBookkeeping(state.user.address);
    this.#open = this.orders.settle(state.user);
  }

  /** From the chain as it is: what happened before is not ours to tell. */
  static async begin(parts: AccountSyncParts): Promise<AccountSync> {
    const slot = await parts.client.refresh();
    const state = parts.client.state(parts.subAccount);
    return new AccountSync(parts, state, await parts.history.begin(addressesOf(parts), slot));
  }

  /** From where an earlier process stood: what happened since comes with the first sync. */
  static resume(parts: AccountSyncParts, saved: unknown): AccountSync {
    const { state, cursor, orders } = saved as SavedSync;
    const sync = new AccountSync(parts, state, cursor);
    sync.orders.restore(orders);
    return sync;
  }

  get state(): DriftState {
    return this.#state;
  }

  get openOrders(): readonly OpenOrder[] {
    return this.#open;
  }

  /** What no sync since the connection could explain. Empty where everything is. */
  get unexplained(): readonly Unexplained[] {
    return this.#unexplained;
  }

  /**
   * Takes in what has happened up to now, one sync after the other. Throws VENUE_UNAVAILABLE where the chain can't be read:
   * then everything stays as it was. What no transaction explains is taken in as it is, without an event: whoever keeps
   * books finds it by holding them against the account.
   * @param minSlot what has landed by then has to be in it
   */
  sync(minSlot = 0): Promise<void> {
    const done = this.#turn.then(() => this.#sync(minSlot));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  takeEvents(): readonly AccountEvent[] {
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  save(): SavedSync {
    return { state: this.#state, cursor: this.#cursor, orders: this.orders.save() };
  }

  async #sync(minSlot: number): Promise<void> {
    const { client, history, subAccount } = this.#parts;
    for (let reading = 1; ; reading += 1) {
      const slot = await client.refresh();
      if (slot >= minSlot) {
        const state = client.state(subAccount);
        const { transactions, cursor } = await history.since(this.#cursor, this.#addresses, slot);
        for (const one of transactions) this.#number(one);
        const story = tellStory(this.#state, transactions, state, (orderId) => this.orders.nameOf(orderId));
        if (story.unexplained.length === 0 || reading === READINGS) {
          for (const one of transactions) this.orders.hear(one, this.#parts.intentSigned(one.signature));
          this.#take(state, cursor, story);
          return;
        }
      } else if (reading === READINGS) {
        const message = 'The chain does not show yet what has just landed.';
        throw new AppError('VENUE_UNAVAILABLE', message, { slot, minSlot }, { retryable: true });
      }
    }
  }

  /** By what an earlier process has signed too: its own memory of it may not have outlived it. */
  #number(transaction: TransactionEvents): void {
    const { signature } = transaction;
    const { orderSigned, intentSigned } = this.#parts;
    const order = orderSigned(signature);
    if (order !== undefined) this.orders.sentIn(signature, order);
    this.orders.number(transaction, intentSigned(signature));
  }

  #take(state: DriftState, cursor: HistoryCursor, { events, unexplained }: AccountStory): void {
    this.#state = state;
    this.#cursor = cursor;
    this.#unexplained = [...this.#unexplained, ...unexplained];
    this.#events.push(...events);
    this.#open = this.orders.settle(state.user);
  }
}

const addressesOf = ({ client, subAccount }: AccountSyncParts): readonly string[] => [
  client.addressOf(subAccount),
  client.signer,
];
