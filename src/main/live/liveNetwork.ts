import type { Connection } from '@solana/web3.js';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Schedule } from '../platform/schedule.ts';
import { SharedClient } from '../venues/drift/sharedClient.ts';
import { GENESIS } from '../venues/solana/rpc/genesis.ts';
import { NodeChain } from '../venues/solana/rpc/nodeChain.ts';
import { POOL_URL, poolFetch } from '../venues/solana/rpc/poolFetch.ts';
import { RpcPool } from '../venues/solana/rpc/rpcPool.ts';
import type { Web3 } from '../venues/solana/transactions/draft.ts';

export interface LiveNetworkParts {
  readonly network: 'mainnet' | 'devnet' | 'local';
  readonly endpoints: readonly string[];
  readonly clock: Clock;
  readonly elapsed: () => number;
  readonly schedule: Schedule;
  readonly uniform: () => number;
  readonly log: Logger;
}

/** The nodes of one network, and what is shared by everybody who trades over them. Nothing is loaded before it is used. */
export class LiveNetwork {
  readonly name: LiveNetworkParts['network'];
  readonly pool: RpcPool;
  readonly chain: NodeChain;
  readonly #clients = new Map<string, Promise<SharedClient>>();
  #connection: Promise<Connection> | undefined;

  /** Throws INVALID_SETTING where no address of a node is usable. */
  constructor({ network, endpoints, clock, elapsed, schedule, uniform, log }: LiveNetworkParts) {
    this.name = network;
    this.pool = new RpcPool({
      endpoints: endpoints.map((http) => ({ http })),
      genesisHash: network === 'local' ? undefined : GENESIS[network],
      clock,
      elapsed,
      schedule,
      uniform,
      logger: log,
    });
    this.chain = new NodeChain(this.pool);
    this.pool.watchHealth();
  }

  /** As much of web3.js as making a transaction takes. */
  web3(): Promise<Web3> {
    return import('@solana/web3.js');
  }

  /** The client of a wallet, one for all who trade with it. Throws VENUE_UNAVAILABLE, WRONG_NETWORK, VENUE_CLOSED. */
  client(signer: string, owner: string): Promise<SharedClient> {
    const key = `${signer} ${owner}`;
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const opened = this.#open(signer, owner);
    this.#clients.set(key, opened);
    // One that could not be opened is tried again by the next who asks.
    opened.catch(() => this.#clients.delete(key));
    return opened;
  }

  /** Ends everything that is under way over these nodes. */
  async close(): Promise<void> {
    const clients = await Promise.allSettled(this.#clients.values());
    this.#clients.clear();
    for (const client of clients) if (client.status === 'fulfilled') await client.value.close();
    this.pool.close();
  }

  async #open(signer: string, owner: string): Promise<SharedClient> {
    this.#connection ??= this.#connect();
    return await SharedClient.open({ chain: this.chain, connection: await this.#connection, signer, owner });
  }

  /** The SDK's own requests go the same way as ours. */
  async #connect(): Promise<Connection> {
    const web3 = await import('@solana/web3.js');
    return new web3.Connection(POOL_URL, {
      fetch: poolFetch(this.pool),
      disableRetryOnRateLimit: true,
      commitment: 'confirmed',
    });
  }
}
