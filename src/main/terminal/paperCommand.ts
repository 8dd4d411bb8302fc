import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopwatch, wallClock } from '../platform/clock.ts';
import { breathe } from '../platform/timers.ts';
import { openPaperRun, type OpenRun } from '../app.ts';
import type { RunReport } from '../simulation/report.ts';
import { writeAndHash } from './eventFile.ts';
import {
  capitalOf,
  invalid,
  logLevelOf,
  overridesOf,
  readOptions,
  textOf,
  wholeOf,
  type RawOptions,
} from './options.ts';
import type { Output } from './output.ts';
import { reportTable } from './reportTable.ts';

/** A simulated market begins here, so that the same seed gives the same log on every day. */
const SIMULATED_START_MS = Date.UTC(2025, 0, 1);
const MINUTES_A_DAY = 1_440;
const DEFAULT_DAYS = 30;
const DEFAULT_SEED = 1;
/** Steps between two looks at the clock: short enough for a smooth progress line, long enough to cost nothing. */
const STEPS_A_LOOK = 2_000;

const OPTIONS = {
  days: { type: 'string' },
  seed: { type: 'string' },
  'data-dir': { type: 'string' },
  candles: { type: 'string' },
  funding: { type: 'string' },
  capital: { type: 'string' },
  set: { type: 'string', multiple: true },
  script: { type: 'string' },
  events: { type: 'string' },
  'log-level': { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** `paper`: a whole run as fast as it goes, then its report. */
export async function paperCommand(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(args, OPTIONS);
  const started = stopwatch();
  const kept = textOf(options, 'data-dir');
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'phantom-arbiter-'));
  try {
    const open = openRun(options, output, folder);
    try {
      if (open.resumedAt > 0) output.err(`Going on after step ${open.resumedAt}.\n`);
      await runToEnd(open, output);
      const eventLogHash = writeAndHash(open.lines(), textOf(options, 'events'));
      const report = open.report(stopwatch() - started, eventLogHash);
      output.out(options['json'] === true ? `${JSON.stringify(report)}\n` : tableWithNote(report, kept));
    } finally {
      open.close();
    }
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function openRun(options: RawOptions, output: Output, dataDir: string): OpenRun {
  const files = filesOf(options);
  const days = wholeOf(options, 'days', 1, 3_650) ?? (files === undefined ? DEFAULT_DAYS : undefined);
  return openPaperRun(
    {
      seed: wholeOf(options, 'seed', 0, Number.MAX_SAFE_INTEGER) ?? DEFAULT_SEED,
      steps: days === undefined ? undefined : days * MINUTES_A_DAY,
      startMs: SIMULATED_START_MS,
      capital: capitalOf(options, '10000'),
      overrides: overridesOf(options),
      files,
      scriptFile: textOf(options, 'script'),
      dataDir,
      compare: true,
      logLevel: logLevelOf(options, process.env),
      // A screen that is drawn over itself has no room for log lines.
      stderrLevel: output.interactive ? 'none' : 'error',
    },
    {
      now: () => wallClock.now(),
      kill: () => {
        process.kill(process.pid, 'SIGKILL');
      },
    },
  );
}

function filesOf(options: RawOptions): { candles: string; funding: string } | undefined {
  const candles = textOf(options, 'candles');
  const funding = textOf(options, 'funding');
  if (candles === undefined && funding === undefined) return undefined;
  if (candles === undefined) throw invalid('candles', '', 'a file whenever --funding has one');
  if (funding === undefined) throw invalid('funding', '', 'a file whenever --candles has one');
  return { candles, funding };
}

async function runToEnd({ run }: OpenRun, output: Output): Promise<void> {
  const total = run.parts.steps;
  const every = output.interactive ? STEPS_A_LOOK : Math.ceil(total / 10);
  while (!run.finished) {
    const work = run.advance();
    if (work !== undefined) await work;
    if (run.step % STEPS_A_LOOK === 0) await breathe();
    if (run.step % every !== 0 && !run.finished) continue;
    const line = `${Math.floor((run.step / total) * 100)} % (${run.step} of ${total} minutes)`;
    output.err(output.interactive ? `\r${line}${run.finished ? '\n' : ''}` : `${line}\n`);
  }
}

function tableWithNote(report: RunReport, dataDir: string | undefined): string {
  const note = dataDir === undefined ? '' : `kept in               ${dataDir}\n`;
  return `PAPER RUN\n\n${reportTable(report)}${note}`;
}
