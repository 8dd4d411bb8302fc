import { createHash } from 'node:crypto';
import type { RunReport } from '../../shared/contract/runReport.ts';
import { breathe } from '../platform/timers.ts';
import { openPaperRun, type HostIo, type RunRequest } from './openRun.ts';

/** Minutes between two looks at what else there is to do: commands are still answered at once meanwhile. */
const STEPS_A_LOOK = 500;

export interface BacktestIo extends HostIo {
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
  /** Called now and then; what it throws ends the backtest. */
  readonly between: (done: number, total: number) => void;
}

/** A whole run in memory, as fast as it goes beside everything else. The request names its length, or a recording. */
export async function backtest(request: RunRequest, io: BacktestIo): Promise<RunReport> {
  const begun = io.elapsed();
  const open = openPaperRun(request, io);
  try {
    const { run } = open;
    while (!run.finished) {
      const work = run.advance();
      if (work !== undefined) await work;
      if (run.step % STEPS_A_LOOK !== 0) continue;
      io.between(run.step, run.parts.steps);
      await breathe();
    }
    const hash = createHash('sha256');
    for (const line of open.lines()) hash.update(line);
    return open.report(Math.round(io.elapsed() - begun), hash.digest('hex'));
  } finally {
    open.close();
  }
}
