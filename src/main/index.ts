import { openProgram } from './app.ts';
import { bootDesktop } from './desktop/bootDesktop.ts';
import { wallClock } from './platform/clock.ts';
import { watchInterruptions } from './platform/interruptionWatch.ts';
import { defaultDataDir } from './platform/dataFolder.ts';
import { realSchedule } from './platform/schedule.ts';

bootDesktop({
  main: import.meta.dirname,
  dataDir: defaultDataDir(),
  openProgram,
  clock: wallClock,
  schedule: realSchedule,
  watchInterruptions: (heard) => watchInterruptions(heard),
  docsUrl: undefined,
});
