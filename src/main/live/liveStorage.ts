import type { Database } from 'better-sqlite3';
import { parseBase, parsePrice } from '../../shared/money/decimal.ts';
import type { FundingSample } from '../domain/funding.ts';
import type { OrderRequest } from '../domain/order.ts';
import { CheckpointRepository } from '../storage/checkpointRepository.ts';
import { ControlRepository } from '../storage/controlRepository.ts';
import { FundingRepository } from '../storage/fundingRepository.ts';
import { JournalRepository, type JournalEntry } from '../storage/journalRepository.ts';
import { SqliteVaultStore } from '../storage/sqliteVaultStore.ts';
import { VaultRepository, type VaultName } from '../storage/vaultRepository.ts';
import type { Checkpoint, VaultStore } from '../storage/vaultStore.ts';
import type { Halt } from '../engine/view.ts';
import { durable } from '../storage/durable.ts';

/** Where a live vault is kept. */
export class LiveStorage {
  readonly store: VaultStore;
  readonly vaultId: number;
  readonly #db: Database;

  /** @param now wall time, for first-made dates */
  constructor(db: Database, vault: VaultName, now: () => number) {
    this.#db = db;
    this.vaultId = new VaultRepository(db).findOrCreate(vault, now());
    this.store = new SqliteVaultStore(db, this.vaultId);
  }

  checkpoint(): Checkpoint | undefined {
    return new CheckpointRepository(this.#db).latest(this.vaultId);
  }

  /** Orders whose outcome is not written down: sent, or about to be, when the last process ended. */
  openOrders(): readonly JournalEntry[] {
    return new JournalRepository(this.#db).open(this.vaultId);
  }

  lastTrade(): number {
    return new JournalRepository(this.#db).lastTrade(this.vaultId);
  }

  /** Funding that was seen up to `t`, oldest first. */
  fundingUpTo(market: string, t: number): readonly FundingSample[] {
    return new FundingRepository(this.#db).upTo(this.vaultId, market, t);
  }

  halt(): Halt {
    const control = new ControlRepository(this.#db).load(this.vaultId);
    if (control === undefined || !control.halted) return 'none';
    return control.flatten ? 'flattening' : 'halted';
  }

  /** An SOS outlives the process: durable when it returns. */
  setHalt(halt: Halt, t: number): void {
    const control = { halted: halt !== 'none', flatten: halt === 'flattening', t };
    durable(this.#db, () => {
      new ControlRepository(this.#db).put(this.vaultId, control);
    })();
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
