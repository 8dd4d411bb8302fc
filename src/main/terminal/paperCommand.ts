import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/contract/appError.ts';
import { openPaperRun, type OpenRun } from '../simulation/openRun.ts';
import { stopwatch, wallClock } from '../platform/clock.ts';
import { breathe } from '../platform/timers.ts';
import type { RunReport } from '../simulation/report.ts';
import type { Keyboard } from './keyboard.ts';
import { EventFile } from './eventFile.ts';
import { guarded } from './guarded.ts';
import {
  capitalOf,
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
/** What a shell expects of a program that was interrupted. */
const INTERRUPTED = 130;

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
export async function paperCommand(args: readonly string[], output: Output, keys: Keyboard): Promise<void> {
  const options = readOptions(args, OPTIONS);
  const kept = textOf(options, 'data-dir');
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'phantom-arbiter-'));
  const stop = new AbortController();
  const unhear = keys.onStop(() => {
    stop.abort();
  });
  try {
    await runAndReport(options, output, folder, kept, stop.signal);
  } finally {
    unhear();
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function runAndReport(
  options: RawOptions,
  output: Output,
  folder: string,
  kept: string | undefined,
  stop: AbortSignal,
): Promise<void> {
  const started = stopwatch();
  const open = openRun(options, output, folder);
  await guarded(open, async ({ run, resumedAt }) => {
    const events = new EventFile(textOf(options, 'events'));
    try {
      sayWhatDiffers(options, open, output);
      if (resumedAt > 0 && !run.finished) output.err(`Going on after minute ${resumedAt}.\n`);
      await runToEnd(open, output, stop);
      if (stop.aborted) {
        run.commit();
        const again = kept === undefined ? '' : ' The same line again goes on from here.';
        output.err(`Stopped after minute ${run.step}.${again}\n`);
        process.exitCode = INTERRUPTED;
        return;
      }
      const report = open.report(stopwatch() - started, events.write(open.lines()));
      output.out(options['json'] === true ? `${JSON.stringify(report)}\n` : tableWithNote(report, kept));
    } finally {
      events.close();
    }
  });
}

function openRun(options: RawOptions, output: Output, dataDir: string): OpenRun {
  const files = filesOf(options);
  const days = daysOf(options) ?? (files === undefined ? DEFAULT_DAYS : undefined);
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

const daysOf = (options: RawOptions): number | undefined => wholeOf(options, 'days', 1, 3_650);

/** A run that is longer than what was asked for, or a recording that is shorter: reported, but not in silence. */
function sayWhatDiffers(options: RawOptions, { run, resumedAt }: OpenRun, output: Output): void {
  const asked = (daysOf(options) ?? 0) * MINUTES_A_DAY;
  if (asked === 0) return;
  if (resumedAt > asked)
    output.err(`This folder's run is already longer: ${resumedAt} minutes are reported.\n`);
  else if (run.parts.steps < asked) output.err(`The recording ends after ${run.parts.steps} minutes.\n`);
}

function filesOf(options: RawOptions): { candles: string; funding: string } | undefined {
  const candles = textOf(options, 'candles');
  const funding = textOf(options, 'funding');
  if (candles === undefined && funding === undefined) return undefined;
  if (candles !== undefined && funding !== undefined) return { candles, funding };
  const missing = candles === undefined ? 'candles' : 'funding';
  const message = `--candles and --funding go together, and --${missing} is missing.`;
  throw new AppError('INVALID_OPTION', message, { option: missing });
}

async function runToEnd({ run }: OpenRun, output: Output, stop: AbortSignal): Promise<void> {
  const total = run.parts.steps;
  const every = output.interactive ? STEPS_A_LOOK : Math.ceil(total / 10);
  while (!run.finished && !stop.aborted) {
    const work = run.advance();
    if (work !== undefined) await work;
    if (run.step % STEPS_A_LOOK === 0) await breathe();
    if (run.step % every !== 0 && !run.finished) continue;
    const line = `${Math.floor((run.step / total) * 100)} % (${run.step} of ${total} minutes)`;
    output.err(output.interactive ? `\r${line}${run.finished ? '\n' : ''}` : `${line}\n`);
  }
}

function tableWithNote(report: RunReport, dataDir: string | undefined): string {
  const note = dataDir === undefined ? '' : `kept in                 ${dataDir}\n`;
  return `PAPER RUN\n\n${reportTable(report)}${note}`;
}
