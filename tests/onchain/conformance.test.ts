import { describe } from 'vitest';

import { DriftWorld, driftVenueRig } from '../support/driftConformance.ts';
import { describeVenue } from '../support/venueConformance.ts';
import { DRIFT_SO, whySkipped } from './driftBinary.ts';

describe.skipIf(whySkipped())('on the real program', () => {
  const worlds = new Map<boolean, Promise<DriftWorld>>();
  const world = (ammFills: boolean): Promise<DriftWorld> => {
    const made = worlds.get(ammFills) ?? DriftWorld.make({ binary: DRIFT_SO ?? '' }, ammFills);
    worlds.set(ammFills, made);
    return made;
  };

  describeVenue('the Drift venue', async () => driftVenueRig(await world(false)));
  describeVenue('the Drift venue where its own market maker fills', async () =>
    driftVenueRig(await world(true)),
  );
});
