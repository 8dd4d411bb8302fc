import { describe, expect, it } from 'vitest';

import { driftProgram } from '../../support/cluster/model/driftProgram.ts';
import { played, recorded, SCENES } from '../../support/cluster/model/recording.ts';

describe('the model of the Drift program', () => {
  it.each(Object.entries(SCENES))(
    'ends every step of "%s" in the accounts, events and refusals of the real program',
    async (scene, play) => {
      const real = recorded(scene);

      const model = await played(play, driftProgram(), real.beginning);

      for (const [at, outcome] of real.outcomes.entries())
        expect(model.outcomes[at], `step ${at}: ${outcome.step}`).toEqual(outcome);
      expect(model.outcomes).toHaveLength(real.outcomes.length);
    },
  );
});
