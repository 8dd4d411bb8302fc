import { PublicKey } from '@solana/web3.js';

import { RATE_ONE, usd, type Rate } from '../../src/shared/money/quantity.ts';
import { openMarkets } from './cluster/driftMarkets.ts';
import { LocalCluster, type ClusterSnapshot, type RealProgram } from './cluster/localCluster.ts';
import type { ProgramModel } from './cluster/programModel.ts';
import { Keeper } from './cluster/actors/keeper.ts';
import { MarketMaker } from './cluster/actors/marketMaker.ts';
import { DriftRig } from './driftRig.ts';
import { hastened } from './hastenedSchedule.ts';
import { OrderKeeper } from './orderKeeper.ts';
import type { VenueRig } from './venueConformance.ts';

/** Two cents either way, a thousand SOL deep: within 0.3 % of $150 many times over. */
const QUOTES = [
  { market: 'SOL-PERP', bidOffset: 20_000n, askOffset: 20_000n, size: 1_000_000_000_000n },
  { market: 'SOL', bidOffset: 20_000n, askOffset: 20_000n, size: 1_000_000_000_000n },
] as const;
const CASH = 10_000_000_000n;
/** What is waited for is half a minute at most. */
const HASTE = 10;
const PURSE = 10_000_000_000n;

/** A market with its people, made once: every test goes on from there on a chain of its own. */
export class DriftWorld {
  readonly #program: RealProgram | ProgramModel;
  readonly #snapshot: ClusterSnapshot;
  readonly #maker: MarketMaker;
  readonly #keeper: Keeper;

  private constructor(
    program: RealProgram | ProgramModel,
    snapshot: ClusterSnapshot,
    maker: MarketMaker,
    keeper: Keeper,
  ) {
    this.#program = program;
    this.#snapshot = snapshot;
    this.#maker = maker;
    this.#keeper = keeper;
  }

  /** @param ammFills whether the program's own market maker fills, which the model leaves out */
  static async make(program: RealProgram | ProgramModel, ammFills = false): Promise<DriftWorld> {
    const cluster = await LocalCluster.start({ program });
    await openMarkets(cluster, { ammFills });
    const maker = await MarketMaker.join(cluster);
    const keeper = await Keeper.join(cluster);
    await maker.quote(QUOTES);
    const snapshot = cluster.snapshot();
    await maker.leave();
    await keeper.leave();
    await cluster.close();
    return new DriftWorld(program, snapshot, maker, keeper);
  }

  /** The cluster as it was, a trader with sub-account 0 and $10,000 in it, and whoever makes a market move. */
  async enter(): Promise<DriftPlace> {
    const cluster = await LocalCluster.from(this.#snapshot, this.#program);
    const maker = await MarketMaker.rejoin(cluster, this.#maker);
    const keeper = await Keeper.rejoin(cluster, this.#keeper);
    await maker.quote(QUOTES);
    const rig = await DriftRig.start(cluster, undefined, { schedule: hastened(HASTE) });
    cluster.airdrop(rig.address, PURSE);
    cluster.mintUsdc(rig.address, 2n * CASH);
    await rig.subAccounts.create(0, 'engine');
    return new DriftPlace(cluster, maker, keeper, rig);
  }
}

/** One test's own chain. */
export class DriftPlace {
  readonly cluster: LocalCluster;
  readonly maker: MarketMaker;
  readonly keeper: Keeper;
  readonly rig: DriftRig;
  readonly #orders: OrderKeeper;

  constructor(cluster: LocalCluster, maker: MarketMaker, keeper: Keeper, rig: DriftRig) {
    this.cluster = cluster;
    this.maker = maker;
    this.keeper = keeper;
    this.rig = rig;
    this.#orders = new OrderKeeper(keeper, maker);
  }

  /** The address of the trader's sub-account. */
  get user(): PublicKey {
    return new PublicKey(this.rig.client.addressOf(0));
  }

  /** Keepers do what is due on the trader's orders. */
  async keep(): Promise<void> {
    await this.#orders.keep(this.user);
  }

  async close(): Promise<void> {
    await this.rig.close();
    await this.maker.leave();
    await this.keeper.leave();
    await this.cluster.close();
  }
}

/** The Drift venue as the suite for any venue wants it. */
export async function driftVenueRig(world: DriftWorld): Promise<VenueRig> {
  const place = await world.enter();
  const { cluster, maker, rig } = place;
  const venue = rig.venue();
  await venue.connect();
  await venue.deposit({ asset: 'USDC', amount: usd(CASH) });
  venue.takeEvents();
  return {
    venue,
    market: 'SOL-PERP',
    free: CASH,
    now: () => rig.clock.now(),
    move: async (fraction: Rate) => {
      cluster.setOracle('SOL', (cluster.oraclePrice('SOL') * (RATE_ONE + fraction)) / RATE_ONE);
      await maker.requote();
      await place.keep();
      await venue.sync();
    },
    pass: async (ms: number) => {
      cluster.warp(ms / 1_000);
      await place.keep();
      await venue.sync();
    },
    loseNextReply: () => {
      const lost = cluster.faults.switchOn({ kind: 'saysAbsent' }, { methods: ['getSignatureStatuses'] });
      return () => {
        lost.off();
      };
    },
    rounding: 1n,
    close: () => place.close(),
  };
}
