import { describe } from 'vitest';

import { openMarkets } from '../support/cluster/driftMarkets.ts';
import { LocalCluster } from '../support/cluster/localCluster.ts';
import { describeEngine } from '../support/liveScenario.ts';
import { DRIFT_SO, whySkipped } from './driftBinary.ts';

describe.skipIf(whySkipped())('with the binary of the program at hand', () => {
  describeEngine('the real program', async () => {
    const cluster = await LocalCluster.start({ program: { binary: DRIFT_SO ?? '' } });
    await openMarkets(cluster, { ammFills: false });
    return cluster;
  });
});
