import { Executor } from '../../../src/main/execution/executor.ts';
import { ManualClock } from '../../../src/main/platform/clock.ts';
import { silentLogger, type LogContext } from '../../../src/main/platform/logger.ts';
import { RecordingStore } from './recordingStore.ts';
import { START_MS, ScriptedVenue } from './scriptedVenue.ts';

interface Said {
  readonly message: string;
  readonly context: LogContext | undefined;
}

/** An executor with everything it works on. */
export function desk() {
  const venue = new ScriptedVenue();
  const store = new RecordingStore();
  const clock = new ManualClock(START_MS);
  const said: Said[] = [];
  const log = {
    ...silentLogger,
    error: (message: string, context?: LogContext) => void said.push({ message, context }),
  };
  let trades = 0;
  const executor = new Executor(venue, store, clock, () => `t${(trades += 1)}`, log);
  return { venue, store, clock, said, executor };
}
