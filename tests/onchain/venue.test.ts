import { describe } from 'vitest';

import { DriftWorld } from '../support/driftConformance.ts';
import { describeMarketData } from '../support/driftScenes/marketData.ts';
import { describeOrders } from '../support/driftScenes/orders.ts';
import { describeReadOuts } from '../support/driftScenes/readOuts.ts';
import { eachScene } from '../support/driftScenes/scene.ts';
import { describeSubAccounts } from '../support/driftScenes/subAccounts.ts';
import { DRIFT_SO, whySkipped } from './driftBinary.ts';

const world = (): Promise<DriftWorld> => DriftWorld.make({ binary: DRIFT_SO ?? '' });

describe.skipIf(whySkipped())('Drift on the real program', () => {
  describe('an order', () => {
    describeOrders(eachScene(world));
  });
  describe('the data of its markets', () => {
    describeMarketData(eachScene(world));
  });
  describe('sub-accounts', () => {
    describeSubAccounts(eachScene(world));
  });
  describe('the exchange', () => {
    describeReadOuts(eachScene(world));
  });
});
