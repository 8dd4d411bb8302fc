import { describe } from 'vitest';

import { driftProgram } from '../../../support/cluster/model/driftProgram.ts';
import { DriftWorld } from '../../../support/driftConformance.ts';
import { describeMarketData } from '../../../support/driftScenes/marketData.ts';
import { describeOrders } from '../../../support/driftScenes/orders.ts';
import { describeReadOuts } from '../../../support/driftScenes/readOuts.ts';
import { eachScene } from '../../../support/driftScenes/scene.ts';
import { describeSubAccounts } from '../../../support/driftScenes/subAccounts.ts';

const world = (): Promise<DriftWorld> => DriftWorld.make(driftProgram());

describe('Drift on the model of its program', () => {
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
