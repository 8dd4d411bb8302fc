import { describe, expect, it } from 'vitest';

import { driftProgram } from '../support/cluster/model/driftProgram.ts';
import { played } from '../support/cluster/model/recording.ts';
import { wander } from '../support/cluster/model/scenes/wanderings.ts';
import type { Stage } from '../support/cluster/model/stage.ts';
import { DRIFT_SO, whySkipped } from './driftBinary.ts';

/** On ways that no recording goes. */
const WALKS = [
  { seed: 11, steps: 100, usdc: 6_000n, sol: 30n, moves: 12 },
  { seed: 12, steps: 100, usdc: 400n, sol: 1n, moves: 90 },
];

describe.skipIf(whySkipped())('the model of the Drift program beside the real one', () => {
  it.each(WALKS)('ends every step of a random walk from $seed in the same state', async (walk) => {
    const play = (stage: Stage): Promise<void> => wander(stage, walk);
    const real = await played(play, { binary: DRIFT_SO ?? '' });

    const model = await played(play, driftProgram(), real.beginning);

    for (const [at, outcome] of real.outcomes.entries())
      expect(model.outcomes[at], `step ${at}: ${outcome.step}`).toEqual(outcome);
  });
});
