import { join } from 'node:path';
import envPaths from 'env-paths';
import { openPaperRun, type OpenRun } from '../simulation/openRun.ts';
import { aprPct } from '../domain/funding.ts';
import type { LogEntry } from '../engine/eventLog.ts';
import { wallClock } from '../platform/clock.ts';
import { breathe } from '../platform/timers.ts';
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
import { guarded } from './guarded.ts';
import type { Keyboard } from './keyboard.ts';
import type { Output } from './output.ts';
import { Pacer, SPEEDS, type Speed } from '../simulation/pacer.ts';
import { Redrawn, newsOf, statusLine, statusLines } from './statusView.ts';

const HOUR_MS = 3_600_000;
const DEMO_SEED = 7;
/** Where nothing can be drawn over, a status line every so many simulated minutes. */
const MINUTES_A_LINE = 10;
const NEWS_KEPT = 8;
/** What a terminal in raw mode sends instead of a signal. */
const CONTROL_C = '\u0003';

const OPTIONS = {
  speed: { type: 'string' },
  seed: { type: 'string' },
  'data-dir': { type: 'string' },
  capital: { type: 'string' },
  set: { type: 'string', multiple: true },
  'log-level': { type: 'string' },
} as const;

/** `start`: the paper engine, live on the terminal, on a market that goes on where it was left. */
export async function startCommand(args: readonly string[], output: Output, keys: Keyboard): Promise<void> {
  const options = readOptions(args, OPTIONS);
  const pacer = new Pacer(speedOf(options));
  const folder =
    textOf(options, 'data-dir') ?? join(envPaths('phantom-arbiter', { suffix: '' }).data, 'paper');
  const news: string[] = [];
  const hear = (entry: LogEntry): void => {
    const line = newsOf(entry);
    if (line === undefined) return;
    news.push(line);
    if (news.length > NEWS_KEPT) news.shift();
    if (!output.isScreen) output.out(`${line}\n`);
  };
  const open = openDemo(options, output, folder, hear);
  const stop = new AbortController();
  const pressed: string[] = [];
  const unhear = [
    keys.onStop(() => {
      stop.abort();
      pacer.wake();
    }),
    keys.onKey((key) => {
      if (key === 'q' || key === CONTROL_C) stop.abort();
      pressed.push(key);
      pacer.wake();
    }),
  ];
  output.out(greeting(open, folder));
  try {
    await guarded(open, () => untilStopped(open, pacer, pressed, news, output, stop.signal));
  } finally {
    for (const one of unhear) one();
  }
  output.out('Stopped. What was done is kept; start again to go on from here.\n');
}

async function untilStopped(
  open: OpenRun,
  pacer: Pacer,
  pressed: string[],
  news: readonly string[],
  output: Output,
  stop: AbortSignal,
): Promise<void> {
  const screen = new Redrawn((text) => {
    output.out(text);
  });
  while (!stop.aborted) {
    // Keys are obeyed between two minutes: what they change is kept with a state that is whole.
    for (const key of pressed.splice(0)) obey(key, pacer, open);
    if (!pacer.paused) {
      const work = open.run.advance();
      if (work !== undefined) await work;
    }
    show(open, pacer, news, output, screen);
    await breathe();
    await pacer.untilDue(open.run.now);
  }
  open.run.commit();
}

function openDemo(
  options: RawOptions,
  output: Output,
  dataDir: string,
  heard: (entry: LogEntry) => void,
): OpenRun {
  return openPaperRun(
    {
      seed: wholeOf(options, 'seed', 0, Number.MAX_SAFE_INTEGER) ?? DEMO_SEED,
      steps: undefined,
      startMs: undefined,
      capital: capitalOf(options, '10000'),
      overrides: overridesOf(options),
      files: undefined,
      scriptFile: undefined,
      dataDir,
      batch: 1,
      compare: true,
      logLevel: logLevelOf(options, process.env),
      // A screen that is drawn over itself has no room for log lines.
      stderrLevel: output.isScreen ? 'none' : 'error',
      heard,
    },
    { now: () => wallClock.now(), kill: () => undefined },
  );
}

function show(open: OpenRun, pacer: Pacer, news: readonly string[], output: Output, screen: Redrawn): void {
  const pace = pacer.paused ? 'paused' : `${pacer.speed}x`;
  const update = open.broadcast(news.at(-1) ?? null);
  if (!output.isScreen) {
    if (!pacer.paused && open.run.step % MINUTES_A_LINE === 1) output.out(`${statusLine(update, pace)}\n`);
    return;
  }
  const average = open.run.parts.main.engine.view.fundingAverage;
  const { neverExiting, justHolding } = open.report(0);
  screen.draw(
    statusLines(update, {
      pace,
      state: stateOf(open),
      averageApr: average === undefined ? null : aprPct(average.hourly),
      neverExiting: neverExiting.pnlTotal,
      justHolding: justHolding.pnlTotal,
      news,
    }),
  );
}

function stateOf({ run }: OpenRun): string {
  const { halt, memory } = run.parts.main.engine;
  if (halt === 'halted') return 'HALTED (SOS)';
  const closed = memory.target === 'flat' && memory.plan.kind === 'idle';
  if (halt === 'flattening') return `HALTED (SOS), ${closed ? 'both legs are closed' : 'closing both legs'}`;
  if (memory.pending !== null) return 'waiting for an outcome';
  if (memory.plan.kind !== 'idle') return memory.plan.kind;
  return memory.target === 'hedged' ? 'hedged' : 'flat, waiting for funding that pays';
}

function obey(key: string, pacer: Pacer, open: OpenRun): void {
  const speed = SPEEDS[Number(key) - 1];
  if (speed !== undefined) pacer.setSpeed(speed);
  else if (key === ' ') pacer.togglePause();
  else if (key === 'n') pacer.rushUntil(open.run.now - (open.run.now % HOUR_MS) + HOUR_MS);
  else if (key === 'x') open.setHalt('halted');
  else if (key === 'X') open.setHalt('flattening');
  else if (key === 'r') open.setHalt('none');
}

function greeting(open: OpenRun, folder: string): string {
  const resumed = open.resumedAt === 0 ? '' : `Going on after minute ${open.resumedAt}. `;
  return `PAPER: a simulated market, no real money. ${resumed}Kept in ${folder}\n\n`;
}

function speedOf(options: RawOptions): Speed {
  const text = textOf(options, 'speed') ?? '60';
  const speed = SPEEDS.find((one) => String(one) === text);
  if (speed === undefined) throw invalid('speed', text, SPEEDS.join(', '));
  return speed;
}
