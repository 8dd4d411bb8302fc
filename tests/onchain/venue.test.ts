import { describe } from 'vitest';

import { DriftWorld } from '../support/driftConformance.ts';
import { describeOrders } from '../support/driftScenes/orders.ts';
import { eachScene } from '../support/driftScenes/scene.ts';
import { DRIFT_SO, whySkipped } from './driftBinary.ts';

describe.skipIf(whySkipped())('on the real program', () => {
  describe('an order', () => {
    describeOrders(eachScene(() => DriftWorld.make({ binary: DRIFT_SO ?? '' })));
  });
});
