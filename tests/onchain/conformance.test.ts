import { describe } from 'vitest';

import { DriftWorld, driftVenueRig } from '../support/driftConformance.ts';
import { describeVenue } from '../support/venueConformance.ts';
import { DRIFT_SO, whySkipped } from './driftBinary.ts';

describe.skipIf(whySkipped())('on the real program', () => {
  let world: Promise<DriftWorld> | undefined;

  describeVenue('the Drift venue', async () => {
    world ??= DriftWorld.make({ binary: DRIFT_SO ?? '' });
    return driftVenueRig(await world);
  });
});
