import { uptime } from 'node:os';
import type { Interruption } from '../../shared/contract/engineStatus.ts';
import { stopwatch, wallClock, type Clock } from './clock.ts';
import { realSchedule, type Cancel, type Schedule } from './schedule.ts';

const LOOK_EVERY_MS = 1_000;
/** Wall time may be corrected by less without anybody minding. */
const JUMP_MS = 5_000;
/** A process that is merely busy is heard of again sooner. */
const GAP_MS = 30_000;

/** What is compared. All in ms. */
export interface WatchedClocks {
  readonly wall: Clock;
  /** Never set by anyone; on some systems it stands still while the computer sleeps, on others it goes on. */
  readonly monotonic: () => number;
  /** Goes on while the computer sleeps, and isn't moved when the clock is set: tells the two apart. */
  readonly sinceBoot: () => number;
}

export const computerClocks: WatchedClocks = {
  wall: wallClock,
  monotonic: stopwatch,
  sinceBoot: () => uptime() * 1_000,
};

interface Look {
  readonly wall: number;
  readonly monotonic: number;
  readonly sinceBoot: number;
}

/**
 * Notices, within a second, that the computer slept or that its clock jumped by more than 5 s either way (R11.5).
 * A process that was late but watched the time pass was busy; one that wasn't heard of for over 30 s was away, whatever
 * kept it, and that counts as sleep.
 */
export function watchInterruptions(
  heard: (interruption: Interruption) => void,
  clocks: WatchedClocks = computerClocks,
  schedule: Schedule = realSchedule,
): Cancel {
  const look = (): Look => ({
    wall: clocks.wall.now(),
    monotonic: clocks.monotonic(),
    sinceBoot: clocks.sinceBoot(),
  });
  let last = look();
  return schedule.every(LOOK_EVERY_MS, () => {
    const now = look();
    const cause = causeBetween(last, now);
    const from = last.wall;
    last = now;
    if (cause !== undefined) heard({ cause, from, to: now.wall });
  });
}

function causeBetween(before: Look, after: Look): Interruption['cause'] | undefined {
  const ran = after.monotonic - before.monotonic;
  const jumped = after.wall - before.wall - ran;
  const slept = after.sinceBoot - before.sinceBoot - ran;
  if (ran > GAP_MS || slept > JUMP_MS) return 'sleep';
  return Math.abs(jumped) > JUMP_MS ? 'clockJump' : undefined;
}
