import { openPaperRun } from '../../src/main/simulation/openRun.ts';
import type { RunReport } from '../../src/main/simulation/report.ts';
import type { RunConfig } from '../../src/main/simulation/runConfig.ts';
import type { ProgramRig } from './programRig.ts';
import { recompute, type Recomputed } from './recompute.ts';

/** What a program's folder holds of its run, after the program was closed: its report, its log, and what the log says. */
export interface KeptRun {
  readonly report: RunReport;
  readonly log: string;
  readonly recomputed: Recomputed;
}

/** Closes the program of a rig and reads its run as the terminal would. */
export async function keptRun(rig: ProgramRig): Promise<KeptRun> {
  const config = JSON.parse(String(rig.rows('SELECT config FROM runs')[0]?.['config'])) as RunConfig;
  await rig.close();
  const { market } = config;
  const open = openPaperRun(
    {
      seed: config.seed,
      steps: undefined,
      startMs: undefined,
      capital: config.capital,
      overrides: config.overrides,
      files:
        market.kind === 'simulated'
          ? undefined
          : { candles: market.candles.path, funding: market.funding.path },
      scriptFile: undefined,
      dataDir: rig.dataDir,
      compare: true,
      logLevel: 'error',
      stderrLevel: 'none',
    },
    { now: () => Date.now(), kill: () => undefined },
  );
  try {
    const log = [...open.lines()].join('');
    return { report: open.report(0), log, recomputed: recompute(log) };
  } finally {
    open.close();
  }
}
