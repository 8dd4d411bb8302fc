import { openMarkets } from '../support/cluster/driftMarkets.ts';
import { LocalCluster, type ClusterSnapshot } from '../support/cluster/localCluster.ts';
import { Keeper } from '../support/cluster/actors/keeper.ts';
import { MarketMaker, type Quote } from '../support/cluster/actors/marketMaker.ts';
import { DRIFT_SO } from './driftBinary.ts';

/** Ten cents either way on SOL-PERP, twenty on SOL, 100 SOL deep. */
export const QUOTES: readonly Quote[] = [
  { market: 'SOL-PERP', bidOffset: 100_000n, askOffset: 100_000n, size: 100_000_000_000n },
  { market: 'SOL', bidOffset: 200_000n, askOffset: 200_000n, size: 100_000_000_000n },
];

export interface RealMarket {
  readonly cluster: LocalCluster;
  readonly maker: MarketMaker;
  readonly keeper: Keeper;
}

/** The real program with its markets, where makers alone fill, and one quotes around $150. */
export async function openRealMarket(): Promise<RealMarket> {
  const cluster = await LocalCluster.start({ program: { binary: DRIFT_SO ?? '' } });
  await openMarkets(cluster, { ammFills: false });
  const maker = await MarketMaker.join(cluster);
  const keeper = await Keeper.join(cluster);
  await maker.quote(QUOTES);
  return { cluster, maker, keeper };
}

/** The same as it was at a snapshot. */
export async function atSnapshot(market: RealMarket, snapshot: ClusterSnapshot): Promise<RealMarket> {
  const { cluster } = market;
  await market.maker.leave();
  await market.keeper.leave();
  cluster.restore(snapshot);
  return {
    cluster,
    maker: await MarketMaker.rejoin(cluster, market.maker),
    keeper: await Keeper.rejoin(cluster, market.keeper),
  };
}

export async function closeRealMarket({ cluster, maker, keeper }: RealMarket): Promise<void> {
  await maker.leave();
  await keeper.leave();
  await cluster.close();
}
