import { describe, expect, it } from 'vitest';

import { driftProgram } from '../../support/cluster/model/driftProgram.ts';
import type { Outcome } from '../../support/cluster/model/outcome.ts';
import { played, recorded, SCENES } from '../../support/cluster/model/recording.ts';

/** The program of the recordings is older than the IDL: its events end earlier. */
function asFarAs(known: Outcome, outcome: Outcome | undefined): Outcome | undefined {
  if (outcome === undefined) return undefined;
  const events = outcome.events.map(([name, fields], at) => {
    const said = known.events[at]?.[1] ?? {};
    return [name, Object.fromEntries(Object.entries(fields).filter(([field]) => field in said))] as const;
  });
  return { ...outcome, events };
}

describe('the model of the Drift program', () => {
  it.each(Object.keys(SCENES))(
    'ends every step of "%s" in the accounts, events and refusals of the real program',
    async (scene) => {
      const real = recorded(scene);

      const model = await played(scene, driftProgram(), real.beginning);

      for (const [at, outcome] of real.outcomes.entries())
        expect(asFarAs(outcome, model.outcomes[at]), `step ${at}: ${outcome.step}`).toEqual(outcome);
      expect(model.outcomes).toHaveLength(real.outcomes.length);
    },
  );
});
