import { bootDesktop } from '../../../../src/main/desktop/bootDesktop.ts';
import { wallClock } from '../../../../src/main/platform/clock.ts';
import { realSchedule } from '../../../../src/main/platform/schedule.ts';
import { openFake } from './fakeProgram.ts';

/** The desktop as it is, around a program that only remembers. */
bootDesktop({
  main: process.env['STAND_IN_MAIN'] ?? '',
  dataDir: process.env['STAND_IN_USER_DATA'] ?? '',
  openProgram: openFake,
  clock: wallClock,
  schedule: realSchedule,
  watchInterruptions: () => () => undefined,
  docsUrl: 'https://github.com/',
});
