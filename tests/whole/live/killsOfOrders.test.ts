import { describeKills } from '../../support/live/describeKills.ts';
import { KILL_SCENES } from '../../support/live/killScenes.ts';
import { modelCluster } from '../../support/live/modelCluster.ts';

const { open, close, rebalance } = KILL_SCENES;
describeKills([open, close, rebalance], modelCluster);
