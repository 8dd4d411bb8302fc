import type { Logger } from '../../../platform/logger.ts';
import type { Cancel, Schedule } from '../../../platform/schedule.ts';
import type { Endpoint } from './endpoint.ts';
import { NodeFault } from './nodeFault.ts';
import type { RpcPool } from './rpcPool.ts';
import { WatchSocket } from './watchSocket.ts';

/** R9.5. */
const RETRY_MS = 10_000;
/** A minute; a socket that tells what was then is of no use. */
const MOST_BEHIND = 150;

export interface WatchListener {
  /** Every subscription stands, for the first time or again. What changed before that was not told: read it now (R9.6). */
  readonly connected: () => void;
  /** Changes are no longer told. Once, until it is connected again. */
  readonly lost: () => void;
  /** Something of the account changed in that slot. Slots of one address never go back. */
  readonly changed: (address: string, slot: number) => void;
}

export interface AccountWatchOptions {
  readonly pool: RpcPool;
  readonly listener: WatchListener;
  readonly schedule: Schedule;
  /** Ms of a clock that never goes back. */
  readonly elapsed: () => number;
  readonly logger: Logger;
}

/**
 * Tells at once when one of a handful of accounts changes, over one socket to one of the pool's nodes. It is a hint to
 * look, never the figures themselves: those are read through the pool.
 *
 * A socket that drops, goes silent or falls behind is left for another node's, at once where the last change of nodes is
 * ten seconds ago, and every ten seconds until one stands (R9.5).
 */
export class AccountWatch {
  readonly #options: AccountWatchOptions;
  readonly #toldSlots = new Map<string, number>();
  #addresses: ReadonlySet<string>;
  #state: 'new' | 'connecting' | 'watching' | 'lost' | 'closed' = 'new';
  #socket: WatchSocket | undefined;
  #retry: Cancel | undefined;
  #triedAt = -Infinity;
  /** Whose socket ended last: the others come first. */
  #left: Endpoint | undefined;

  constructor(addresses: readonly string[], options: AccountWatchOptions) {
    this.#options = options;
    this.#addresses = new Set(addresses);
  }

  get isWatching(): boolean {
    return this.#state === 'watching';
  }

  /** Once; what was closed stays closed. */
  open(): void {
    if (this.#state !== 'new') return;
    this.#state = 'connecting';
    void this.#connect();
  }

  /** Watches these from now on, and no others. */
  watch(addresses: readonly string[]): void {
    this.#addresses = new Set(addresses);
    this.#socket?.watch(this.#addresses);
  }

  close(): void {
    this.#state = 'closed';
    this.#retry?.();
    this.#retry = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  /** Tries every node until a socket stands; the next round is in ten seconds. */
  async #connect(): Promise<void> {
    this.#triedAt = this.#options.elapsed();
    const candidates = this.#options.pool.candidates();
    const others = candidates.filter((endpoint) => endpoint !== this.#left);
    for (const endpoint of [...others, ...candidates.filter((endpoint) => endpoint === this.#left)]) {
      if (this.#state === 'closed') return;
      if (await this.#stands(endpoint)) return;
    }
    if (this.#state !== 'closed') this.#becomeLost();
  }

  async #stands(endpoint: Endpoint): Promise<boolean> {
    const { pool, logger } = this.#options;
    try {
      await pool.introduce(endpoint);
      const why = await this.#attach(endpoint);
      if (why === undefined) return true;
      if (this.#state !== 'closed')
        logger.warn('A Solana node tells no changes.', { node: endpoint.name, said: why });
    } catch (error) {
      // The endpoint was told, and the log. When the pool closes, this is closed by its owner.
      if (!(error instanceof NodeFault)) this.close();
    }
    return false;
  }

  /** Undefined once every subscription stands, or why it never did. */
  #attach(endpoint: Endpoint): Promise<string | undefined> {
    if (this.#state === 'closed') return Promise.resolve('it was closed');
    const { schedule, elapsed, pool } = this.#options;
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    const socket = new WatchSocket(this.#addresses, {
      target: endpoint.address.ws,
      schedule,
      elapsed,
      onReady: () => {
        this.#becomeWatching(endpoint);
        resolve(undefined);
      },
      onChange: (address, slot) => {
        this.#tell(address, slot);
      },
      onSlot: (slot) => {
        if (pool.slots.seen('confirmed') - slot > MOST_BEHIND) socket.close('it is behind');
      },
      onEnd: (why) => {
        resolve(why);
        if (this.#socket !== socket) return;
        this.#socket = undefined;
        if (this.#state === 'watching') this.#leave(endpoint, why);
      },
    });
    this.#socket = socket;
    return promise;
  }

  #becomeWatching(endpoint: Endpoint): void {
    const { listener, logger } = this.#options;
    this.#state = 'watching';
    logger.info('Changes of accounts are told.', { node: endpoint.name });
    listener.connected();
  }

  #leave(endpoint: Endpoint, why: string): void {
    this.#options.logger.warn('A Solana node no longer tells changes.', { node: endpoint.name, said: why });
    this.#left = endpoint;
    this.#becomeLost();
  }

  #becomeLost(): void {
    const { listener, schedule, elapsed } = this.#options;
    const wasLost = this.#state === 'lost';
    this.#state = 'lost';
    const waitMs = Math.max(0, this.#triedAt + RETRY_MS - elapsed());
    this.#retry?.();
    this.#retry = schedule.after(waitMs, () => {
      void this.#connect();
    });
    if (!wasLost) listener.lost();
  }

  #tell(address: string, slot: number): void {
    if (this.#state !== 'watching' || slot < (this.#toldSlots.get(address) ?? 0)) return;
    this.#toldSlots.set(address, slot);
    this.#options.listener.changed(address, slot);
  }
}
