import { realSchedule, type Schedule } from '../../src/main/platform/schedule.ts';

/** Real timers whose waits are so many times shorter: for what is followed over half a minute on a chain that stands still. */
export const hastened = (times: number): Schedule => ({
  after: (ms, act) => realSchedule.after(ms / times, act),
  every: (ms, act) => realSchedule.every(ms / times, act),
});
