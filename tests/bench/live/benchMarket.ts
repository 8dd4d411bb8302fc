import type { Keypair } from '@solana/web3.js';
import { DriftActor } from '../../support/cluster/actors/driftActor.ts';
import { MarketMaker } from '../../support/cluster/actors/marketMaker.ts';
import { big } from '../../support/cluster/driftAccounts.ts';
import { openMarkets } from '../../support/cluster/driftMarkets.ts';
import { LocalCluster } from '../../support/cluster/localCluster.ts';
import { driftProgram } from '../../support/cluster/model/driftProgram.ts';
import type { RpcNode } from '../../support/cluster/rpc/rpcNode.ts';

const SOL = 1_000_000_000n;
const USDC = 1_000_000n;
const DEEP = 5_000n * SOL;
/** Transactions that set a market up take 400 ms of the chain's time each. */
const SET_UP_S = 60;

/** A market of the local node with a maker in it, and the account of somebody whom the program trades for. */
export class BenchMarket {
  readonly cluster: LocalCluster;
  /** Where the program asks; actors ask another. */
  readonly node: RpcNode;
  readonly owner: DriftActor;
  readonly #maker: MarketMaker;

  private constructor(cluster: LocalCluster, node: RpcNode, owner: DriftActor, maker: MarketMaker) {
    this.cluster = cluster;
    this.node = node;
    this.owner = owner;
    this.#maker = maker;
  }

  /** @param now Unix ms: where the chain's clock stands once it is open */
  static async open(wallet: Keypair, now: number): Promise<BenchMarket> {
    const startAt = Math.floor(now / 1_000) - SET_UP_S;
    const cluster = await LocalCluster.start({ program: driftProgram(), startAt });
    await openMarkets(cluster, { ammFills: false });
    const maker = await MarketMaker.join(cluster);
    await maker.quote([
      { market: 'SOL', bidOffset: 30_000n, askOffset: 30_000n, size: DEEP },
      { market: 'SOL-PERP', bidOffset: 20_000n, askOffset: 20_000n, size: DEEP },
    ]);
    const means = {
      lamports: 1_000n * SOL,
      usdc: 100_000n * USDC,
      depositUsdc: 10_000n * USDC,
      depositSol: 20n * SOL,
    };
    const owner = await DriftActor.join(cluster, means, wallet);
    const market = new BenchMarket(cluster, await cluster.addNode(), owner, maker);
    market.catchUp(now);
    return market;
  }

  /** Lets slots go by until the chain's clock has come to where a computer's stands. */
  catchUp(now: number): void {
    while (this.cluster.now() * 1_000 < now) this.cluster.advance(1);
  }

  /** The owner deposits with another program. @param amount lamports */
  async deposit(amount: bigint): Promise<void> {
    await this.owner.client.deposit(big(amount), 1, this.owner.keypair.publicKey);
  }

  async close(): Promise<void> {
    await this.owner.leave();
    await this.#maker.leave();
    await this.cluster.close();
  }
}
