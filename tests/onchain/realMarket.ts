import { openMarkets } from '../support/cluster/driftMarkets.ts';
import { LocalCluster } from '../support/cluster/localCluster.ts';
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
  close(): Promise<void>;
}

/** The real program with its markets, where makers alone fill, and one quotes around $150. */
export async function realMarket(): Promise<RealMarket> {
  const cluster = await LocalCluster.start({ program: { binary: DRIFT_SO ?? '' } });
  await openMarkets(cluster, { ammFills: false });
  const maker = await MarketMaker.join(cluster);
  const keeper = await Keeper.join(cluster);
  await maker.quote(QUOTES);
  return {
    cluster,
    maker,
    keeper,
    async close() {
      await maker.leave();
      await keeper.leave();
      await cluster.close();
    },
  };
}
