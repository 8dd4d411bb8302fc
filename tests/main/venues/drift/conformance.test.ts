import { describeVenue } from '../../../support/venueConformance.ts';
import { DriftWorld, driftVenueRig } from '../../../support/driftConformance.ts';
import { driftProgram } from '../../../support/cluster/model/driftProgram.ts';

const world = DriftWorld.make(driftProgram());

describeVenue('the Drift venue on the model of its program', async () => driftVenueRig(await world));
