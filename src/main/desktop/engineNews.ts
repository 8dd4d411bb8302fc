import type { EngineStatusData } from '../../shared/contract/engineStatus.ts';
import type { Glance, Program } from '../app.ts';
import type { Cancel, Schedule } from '../platform/schedule.ts';
import { noticeOf, type Notice } from './notice.ts';

/** What changes without an event, such as health, is looked at so often. */
const LOOK_EVERY_MS = 5_000;

export interface EngineAudience {
  show(glance: Glance): void;
  notice(notice: Notice): void;
}

/** Passes on what the engine says: its state to the tray, and what is worth telling as a notice. */
export function followEngine(program: Program, schedule: Schedule, audience: EngineAudience): Cancel {
  let last = program.glance().status;
  const heard = (status: EngineStatusData): void => {
    const notice = noticeOf(status, last.state);
    // In a time-lapse events come by the thousand; the tray only says what is in the state.
    const isNew = status.state !== last.state || status.mode !== last.mode;
    last = status;
    if (notice !== undefined) audience.notice(notice);
    if (isNew) audience.show(program.glance());
  };
  const cancels = [
    program.onStatus(heard),
    schedule.every(LOOK_EVERY_MS, () => {
      audience.show(program.glance());
    }),
  ];
  return () => {
    for (const cancel of cancels) cancel();
  };
}
