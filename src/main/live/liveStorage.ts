import type { Database } from 'better-sqlite3';
import { parseBase, parsePrice } from '../../shared/money/decimal.ts';
import type { OrderRequest } from '../domain/order.ts';
import { VaultRecords } from '../engine/vaultRecords.ts';
import { JournalRepository, type JournalEntry } from '../storage/journalRepository.ts';
import type { VaultName } from '../storage/vaultRepository.ts';

/** Where a live vault is kept. */
export class LiveStorage extends VaultRecords {
  readonly #db: Database;

  /** @param now wall time, for first-made dates */
  constructor(db: Database, vault: VaultName, now: () => number) {
    super(db, vault, now);
    this.#db = db;
  }

  /** Orders whose outcome is not written down: sent, or about to be, when the last process ended. */
  openOrders(): readonly JournalEntry[] {
    return new JournalRepository(this.#db).open(this.vaultId);
  }

  /** The highest number that a trade of the engine has had. */
  lastTrade(): number {
    return new JournalRepository(this.#db).lastTrade(this.vaultId);
  }
}

/** An order of the journal as it was sent. */
export const requestOf = ({ order }: JournalEntry): OrderRequest => ({
  clientOrderId: order.clientOrderId,
  market: order.market,
  side: order.side,
  size: parseBase(order.size),
  limitPrice: parsePrice(order.limitPrice),
  timeInForce: 'ioc',
  reduceOnly: order.reduceOnly,
  validUntil: order.validUntil,
});
