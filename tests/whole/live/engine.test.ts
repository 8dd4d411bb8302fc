import { modelCluster } from '../../support/live/modelCluster.ts';
import { describeEngine } from '../../support/liveScenario.ts';

describeEngine('the model of the program', modelCluster);
