import { describe } from 'vitest';

import { openMarkets } from '../support/cluster/driftMarkets.ts';
import { LocalCluster } from '../support/cluster/localCluster.ts';
import { describeKills } from '../support/live/describeKills.ts';
import { KILL_SCENES } from '../support/live/killScenes.ts';
import { describeEngine } from '../support/liveScenario.ts';
import { DRIFT_SO, whySkipped } from './driftBinary.ts';

const A_FEW = 5;

async function realCluster(): Promise<LocalCluster> {
  const cluster = await LocalCluster.start({ program: { binary: DRIFT_SO ?? '' } });
  await openMarkets(cluster, { ammFills: false });
  return cluster;
}

describe.skipIf(whySkipped())('with the binary of the program at hand', () => {
  describeEngine('the real program', realCluster);
  describeKills(Object.values(KILL_SCENES), realCluster, {
    pick: (moments) => moments.filter((_, i) => i % Math.ceil(moments.length / A_FEW) === 0),
  });
});
