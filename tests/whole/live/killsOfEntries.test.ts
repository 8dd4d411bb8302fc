import { describeKills } from '../../support/live/describeKills.ts';
import { KILL_SCENES } from '../../support/live/killScenes.ts';
import { modelCluster } from '../../support/live/modelCluster.ts';

describeKills([KILL_SCENES.enter], modelCluster);
