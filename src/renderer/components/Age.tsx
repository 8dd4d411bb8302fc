import { dayAndTime, machineTime } from './clockText.ts';
import { agoText } from './durationText.ts';

export interface AgeProps {
  /** When it was, Unix ms. */
  readonly at: number;
  /** The present on the same clock, Unix ms. Null shows the moment itself, as for the engine's simulated clock. */
  readonly now: number | null;
  /** Whose clock `at` is from. The engine's is named, since in a time-lapse it isn't the one on the wall. */
  readonly clock?: 'wall' | 'engine';
}

/** How old something is, "2 s ago", with the full moment on hovering; or the moment, "2026-03-14 14:02:11 engine time". */
export function Age({ at, now, clock = 'wall' }: AgeProps) {
  const moment = `${dayAndTime(at)}${clock === 'engine' ? ' engine time' : ''}`;
  return (
    <time dateTime={machineTime(at)} title={moment}>
      {now === null ? moment : agoText(now - at)}
    </time>
  );
}
