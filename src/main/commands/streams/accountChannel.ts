import type { MarketDataBody } from '../../../shared/contract/marketData.ts';
import type { FillView, OrderView, TradingAccountView } from '../../../shared/contract/orders.ts';
import type { Cancel } from '../../platform/schedule.ts';
import type { Channel } from './channel.ts';
import type { AccountState, StreamSource } from './streamSource.ts';

/** A change is sent at once; those that come right after it go together. */
const EVERY_MS = 50;

/** What has changed since the last frame: each order as it is now, each fill once. */
interface Changes {
  readonly orders: Map<string, OrderView>;
  readonly fills: Map<string, FillView>;
  account: TradingAccountView | undefined;
}

/** Own orders, fills and the account. */
export class AccountChannel implements Channel {
  readonly subject = JSON.stringify(['account']);
  readonly everyMs = EVERY_MS;
  readonly #source: StreamSource;
  /** Undefined while a snapshot is owed, which will have it all. */
  #waiting: Changes | undefined;
  /** Fills of the last snapshot: who tells of a step when it is over may have shown some of it before. */
  #shown: ReadonlySet<string> = new Set();

  constructor(source: StreamSource) {
    this.#source = source;
  }

  watch(changed: () => void): Cancel {
    return this.#source.onAccount((change) => {
      this.#take(change);
      changed();
    });
  }

  next(): MarketDataBody | undefined {
    const waiting = this.#waiting;
    if (waiting === undefined) {
      const { orders, fills, account } = this.#source.accountSnapshot();
      this.#shown = new Set(fills.map(({ id }) => id));
      this.#waiting = noChanges();
      return { channel: 'account', kind: 'snapshot', orders: [...orders], fills: [...fills], account };
    }
    const { orders, fills, account } = waiting;
    if (account === undefined) return undefined;
    this.#waiting = noChanges();
    return {
      channel: 'account',
      kind: 'update',
      orders: [...orders.values()],
      fills: [...fills.values()],
      account,
    };
  }

  forget(): void {
    this.#waiting = undefined;
  }

  #take({ orders, fills, account }: AccountState): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    for (const order of orders) waiting.orders.set(order.orderId, order);
    for (const fill of fills) if (!this.#shown.has(fill.id)) waiting.fills.set(fill.id, fill);
    waiting.account = account;
  }
}

const noChanges = (): Changes => ({ orders: new Map(), fills: new Map(), account: undefined });
