import { describe } from 'vitest';

import { describeKills } from '../../support/live/describeKills.ts';
import { killForReal } from '../../support/live/kills.ts';
import { KILL_SCENES } from '../../support/live/killScenes.ts';
import { modelCluster } from '../../support/live/modelCluster.ts';

const A_FEW = 4;

describe('by the operating system', () => {
  describeKills(Object.values(KILL_SCENES), modelCluster, {
    by: killForReal,
    // A few moments, before and after a trace: all of them, and those found out late, are tried without it.
    pick: (moments) => {
      const now = moments.filter(({ found }) => found === 'at once');
      return now.filter((_, i) => i % Math.ceil(now.length / A_FEW) === 1);
    },
  });
});
