import type { Database, Statement } from 'better-sqlite3';
import { AppError } from '../../shared/contract/appError.ts';
import type { WalletRecord, WalletRecords } from '../domain/wallet.ts';
import { freeWalletName, walletNameProblem } from '../../shared/contract/walletName.ts';

interface Row {
  readonly address: string;
  readonly name: string;
  readonly kind: WalletRecord['kind'];
  readonly owner: string;
  readonly path: string | null;
  readonly added_at: bigint;
  readonly active: bigint;
}

/** The wallets that the program knows. Each change is a transaction of its own, and durable. */
export class WalletRepository implements WalletRecords {
  readonly #db: Database;
  readonly #all: Statement<[], Row>;
  readonly #insert: Statement<[string, string, string, string, string | null, number]>;
  readonly #rename: Statement<[name: string, address: string]>;
  readonly #leave: Statement<[]>;
  readonly #activate: Statement<[address: string]>;
  readonly #remove: Statement<[address: string]>;

  constructor(db: Database) {
    this.#db = db;
    this.#all = db.prepare('SELECT * FROM wallets ORDER BY added_at, rowid');
    this.#insert = db.prepare(
      `INSERT INTO wallets (address, name, kind, owner, path, added_at, active) VALUES (?, ?, ?, ?, ?, ?, 0)`,
    );
    this.#rename = db.prepare('UPDATE wallets SET name = ? WHERE address = ?');
    this.#leave = db.prepare('UPDATE wallets SET active = 0 WHERE active = 1');
    this.#activate = db.prepare('UPDATE wallets SET active = 1 WHERE address = ?');
    this.#remove = db.prepare('DELETE FROM wallets WHERE address = ?');
  }

  all(): readonly WalletRecord[] {
    return this.#all.all().map(({ address, name, kind, owner, path, added_at }) => ({
      address,
      name,
      kind,
      owner,
      path,
      addedAt: Number(added_at),
    }));
  }

  active(): string | undefined {
    return this.#all.all().find(({ active }) => active === 1n)?.address;
  }

  add(record: WalletRecord): void {
    this.#change(() => {
      const all = this.all();
      if (all.some(({ address }) => address === record.address))
        throw new AppError('WALLET_EXISTS', 'That wallet is here already.', { address: record.address });
      this.#refuseName(record.name, record.address);
      this.#put(record);
      if (all.length === 0) this.#activate.run(record.address);
    });
  }

  put(record: WalletRecord): void {
    this.#change(() => {
      const wasActive = this.active() === record.address;
      this.#remove.run(record.address);
      this.#refuseName(record.name, record.address);
      this.#put(record);
      if (wasActive || this.active() === undefined) this.#activate.run(record.address);
    });
  }

  rename(address: string, name: string): void {
    this.#change(() => {
      this.#refuseUnknown(address);
      this.#refuseName(name, address);
      this.#rename.run(name, address);
    });
  }

  activate(address: string): void {
    this.#change(() => {
      this.#refuseUnknown(address);
      this.#leave.run();
      this.#activate.run(address);
    });
  }

  remove(address: string): void {
    this.#change(() => {
      this.#refuseUnknown(address);
      this.#remove.run(address);
    });
  }

  /**
   * Takes over the wallets of another database, for a restore: none is forgotten, and which one is active stays as it
   * is there. A name that is taken here gets a number.
   */
  keep(records: readonly WalletRecord[], active: string | undefined): void {
    this.#change(() => {
      for (const record of records) {
        const known = this.all();
        if (known.some(({ address }) => address === record.address)) continue;
        const taken = known.map(({ name }) => name);
        this.#put({ ...record, name: freeWalletName(record.name, taken) });
      }
      this.#leave.run();
      if (active !== undefined) this.#activate.run(active);
    });
  }

  #put({ address, name, kind, owner, path, addedAt }: WalletRecord): void {
    this.#insert.run(address, name, kind, owner, path, addedAt);
  }

  #refuseUnknown(address: string): void {
    if (this.all().some((one) => one.address === address)) return;
    throw new AppError('WALLET_UNKNOWN', `There is no wallet ${address} here.`, { address });
  }

  #refuseName(name: string, address: string): void {
    const others = this.all().filter((one) => one.address !== address);
    const problem = walletNameProblem(
      name,
      others.map((one) => one.name),
    );
    if (problem !== undefined) throw new AppError('WALLET_INVALID_NAME', problem);
  }

  #change(act: () => void): void {
    this.#db.transaction(act).immediate();
  }
}
