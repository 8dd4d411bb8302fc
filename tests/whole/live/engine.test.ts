import { LocalCluster } from '../../support/cluster/localCluster.ts';
import { openMarkets } from '../../support/cluster/driftMarkets.ts';
import { driftProgram } from '../../support/cluster/model/driftProgram.ts';
import { describeEngine } from '../../support/liveScenario.ts';

describeEngine('the model of the program', async () => {
  const cluster = await LocalCluster.start({ program: driftProgram() });
  await openMarkets(cluster, { ammFills: false });
  return cluster;
});
