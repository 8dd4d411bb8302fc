import { openMarkets } from '../cluster/driftMarkets.ts';
import { LocalCluster } from '../cluster/localCluster.ts';
import { driftProgram } from '../cluster/model/driftProgram.ts';

/** A cluster with the model of the program and its markets open, where makers alone fill. */
export async function modelCluster(): Promise<LocalCluster> {
  const cluster = await LocalCluster.start({ program: driftProgram() });
  await openMarkets(cluster, { ammFills: false });
  return cluster;
}
