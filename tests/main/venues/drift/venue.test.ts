import { describe } from 'vitest';

import { driftProgram } from '../../../support/cluster/model/driftProgram.ts';
import { DriftWorld } from '../../../support/driftConformance.ts';
import { describeOrders } from '../../../support/driftScenes/orders.ts';
import { eachScene } from '../../../support/driftScenes/scene.ts';

describe('an order on the model of the program', () => {
  describeOrders(eachScene(() => DriftWorld.make(driftProgram())));
});
