import type { BulkAccountLoader } from '@drift-labs/sdk';
import type { Connection } from '@solana/web3.js';
import { AppError } from '../../../shared/contract/appError.ts';
import type { AccountsAt, Chain, ChainAccount } from '../solana/chain.ts';
import type { DriftSdk } from './sdk.ts';

/** What a node reads in one request. */
const MOST_ACCOUNTS = 100;

/**
 * The SDK's bulk loader, which reads everything that the SDK and this program look at in one request: all of it is of
 * one slot, so that a balance is never seen with another moment's interest.
 */
export class OneSlotLoader {
  readonly #chain: Chain;
  readonly #sdkLoader: BulkAccountLoader;
  readonly #others = new Set<string>();
  readonly #owners = new Map<string, string>();
  #loaded: ReadonlyMap<string, ChainAccount | null> = new Map();
  #slot = 0;
  #last: Promise<unknown> = Promise.resolve();
  #waiting: Promise<number> | undefined;

  constructor(sdk: DriftSdk, connection: Connection, chain: Chain) {
    this.#chain = chain;
    const loader = new sdk.BulkAccountLoader(connection, 'confirmed', 0);
    loader.load = async () => {
      await this.load();
    };
    this.#sdkLoader = loader;
  }

  /** What the SDK's client subscribes with. */
  get forSdk(): BulkAccountLoader {
    return this.#sdkLoader;
  }

  /** The slot that everything was last read at; 0 before it was. */
  get slot(): number {
    return this.#slot;
  }

  /** Reads these, too, from now on. */
  add(...addresses: readonly string[]): void {
    for (const address of addresses) this.#others.add(address);
  }

  remove(address: string): void {
    this.#others.delete(address);
  }

  /** An account as it was last read; null where there is none. */
  get(address: string): ChainAccount | null {
    return this.#loaded.get(address) ?? null;
  }

  /**
   * Reads everything, and tells the SDK what has changed. One request at a time: an answer to an older question must not
   * take the place of one that knows more accounts. Throws VENUE_UNAVAILABLE. @returns the slot
   */
  load(): Promise<number> {
    if (this.#waiting !== undefined) return this.#waiting;
    const turn = this.#last.then(() => {
      this.#waiting = undefined;
      return this.#read();
    });
    this.#waiting = turn;
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #read(): Promise<number> {
    const addresses = [...new Set([...this.#sdkLoader.accountsToLoad.keys(), ...this.#others])];
    if (addresses.length === 0) return this.#slot;
    if (addresses.length > MOST_ACCOUNTS)
      throw new AppError('INTERNAL', `${addresses.length} accounts are more than can be read at once.`);
    const read = await this.#chain.accounts(addresses);
    if (read.slot < this.#slot) return this.#slot;
    this.#refuseOtherOwners(addresses, read);
    this.#refuseLost(addresses, read);
    this.#slot = read.slot;
    this.#loaded = new Map(addresses.map((address, i) => [address, read.accounts[i] ?? null]));
    this.#tellSdk(read.slot);
    return read.slot;
  }

  /** An account does not change hands: a node that says so is not believed. */
  #refuseOtherOwners(addresses: readonly string[], { accounts }: AccountsAt): void {
    for (const [i, address] of addresses.entries()) {
      const owner = accounts[i]?.owner;
      if (owner === undefined) continue;
      const known = this.#owners.get(address);
      if (known !== undefined && known !== owner)
        throw new AppError(
          'VENUE_UNAVAILABLE',
          'A node of the network gave an account of another program for one of Drift. Nothing of it was used.',
          { address, owner },
          { retryable: true },
        );
    }
    for (const [i, address] of addresses.entries()) {
      const owner = accounts[i]?.owner;
      if (owner !== undefined) this.#owners.set(address, owner);
    }
  }

  /** What the SDK looks at is there for good: it would go on with what it had, of another moment than all the rest. */
  #refuseLost(addresses: readonly string[], { accounts }: AccountsAt): void {
    const lost = addresses.find(
      (address, i) =>
        (accounts[i] ?? null) === null &&
        this.#sdkLoader.accountsToLoad.has(address) &&
        this.#sdkLoader.bufferAndSlotMap.has(address),
    );
    if (lost !== undefined)
      throw new AppError(
        'VENUE_UNAVAILABLE',
        'A node of the network does not know an account of Drift that was there before. Nothing of its answer was used.',
        { address: lost },
        { retryable: true },
      );
  }

  #tellSdk(slot: number): void {
    const loader = this.#sdkLoader;
    loader.mostRecentSlot = Math.max(loader.mostRecentSlot, slot);
    for (const [address, wanted] of loader.accountsToLoad) {
      const data = this.#loaded.get(address)?.data;
      if (data === undefined) continue;
      const buffer = Buffer.from(data);
      const before = loader.bufferAndSlotMap.get(address);
      loader.bufferAndSlotMap.set(address, { slot, buffer });
      if (before?.buffer?.equals(buffer) !== true) loader.handleAccountCallbacks(wanted, buffer, slot);
    }
  }
}
