import type { LocalCluster } from './localCluster.ts';
import type { MarketOptions } from './marketTerms.ts';
import { makeModelMarkets } from './modelMarkets.ts';
import { makeRealMarkets } from './realMarkets.ts';

/**
 * Opens USDC, SOL and SOL-PERP as marketTerms.ts has them, with the AMM's fee pool and a stake in the insurance fund.
 * Both programs end in the same accounts, byte for byte but for times. SOL-PERP opens at the oracle's price.
 */
export async function openMarkets(
  cluster: LocalCluster,
  { ammFills = true }: Partial<MarketOptions> = {},
): Promise<void> {
  if (cluster.isModelled) makeModelMarkets(cluster, { ammFills });
  else await makeRealMarkets(cluster, { ammFills });
}
