import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import { AppError } from '../../shared/contract/appError.ts';
import { parseBase, parseUsd } from '../../shared/money/decimal.ts';
import { NO_BASE } from '../../shared/money/quantity.ts';
import type { Holdings } from '../domain/accountChange.ts';
import { fundingUpdate } from '../engine/broadcast.ts';
import type { LogEntry } from '../engine/eventLog.ts';
import type { Halt } from '../engine/view.ts';
import { HOUR_MS } from '../domain/funding.ts';
import { MINUTE_MS, type Feed } from '../market/feed.ts';
import { readCandles } from '../market/recorded/candles.ts';
import { readFunding } from '../market/recorded/fundingRows.ts';
import { RecordedFeed } from '../market/recorded/recordedFeed.ts';
import { SimulatedFeed } from '../market/simulated/simulatedFeed.ts';
import { ManualClock } from '../platform/clock.ts';
import { createLogger, silentLogger, type LogLevel, type Logger } from '../platform/logger.ts';
import { hurtingExtreme } from './hurtingExtreme.ts';
import { Lane } from './lane.ts';
import { PaperRun } from './paperRun.ts';
import { eventLines, reportOf, type RunReport } from './report.ts';
import type { InputFile, RunConfig } from './runConfig.ts';
import { IN_MEMORY, RunStorage } from './runStorage.ts';
import { parseScript, type ScriptAction } from './script.ts';
import { neverExiting, readSettings, type RunSettings } from './settings.ts';
import { EventCounts } from './statistics.ts';
import { ForgetfulStore } from '../storage/vaultStore.ts';

const SUB_ACCOUNT = 0;
const PERP = 'SOL-PERP';
const LOG_FOLDER = 'logs';
const VAULT = { engine: 'funding', venue: 'paper', subAccount: SUB_ACCOUNT, mode: 'paper' } as const;
/** SOL that a paper wallet has for gas. */
const GAS_SOL = '0.1';

/** What a paper run is asked to be. */
export interface RunRequest {
  readonly seed: number;
  /** Minutes; undefined runs a recorded market to its end, and a simulated one for ever. */
  readonly steps: number | undefined;
  /** First moment of a simulated market, Unix ms on a whole hour; undefined: now, or where the folder's run began. */
  readonly startMs: number | undefined;
  readonly capital: string;
  readonly overrides: Readonly<Record<string, string>>;
  readonly files: { readonly candles: string; readonly funding: string } | undefined;
  readonly scriptFile: string | undefined;
  /** Where the database and the logs are kept; `:memory:` keeps nothing. */
  readonly dataDir: string;
  /** Steps without ledger or journal rows that may share a commit. */
  readonly batch?: number;
  /** Whether the engine that never exits runs beside it. */
  readonly compare: boolean;
  readonly logLevel: LogLevel;
  readonly stderrLevel: LogLevel | 'none';
  /** Told of every new line of the event log. */
  readonly heard?: (entry: LogEntry) => void;
}

/** What the host provides: the time on the wall, and a way to die at once. */
export interface HostIo {
  readonly now: () => number;
  readonly kill: () => void;
}

/** A run that is open and can be advanced, watched, reported, and closed. */
export interface OpenRun {
  readonly run: PaperRun;
  readonly settings: RunSettings;
  readonly log: Logger;
  /** Steps that an earlier process had done. */
  readonly resumedAt: number;
  /** SOS and its release; durable when it returns. */
  setHalt(halt: Halt): void;
  /** Everything that a screen shows of it now. */
  broadcast(lastAction: string | null): FundingUpdateData;
  /** The event log, line by line, its closing line included. */
  lines(): Iterable<string>;
  /** @param eventLogHash of the lines, where somebody has hashed them */
  report(elapsedMs: number, eventLogHash?: string): RunReport;
  close(): void;
}

/**
 * Builds everything a paper run needs, on a fresh data folder or on one that holds the same run. Every input is read
 * and checked before the folder is touched.
 */
export function openPaperRun(request: RunRequest, io: HostIo): OpenRun {
  const settings = readSettings(request.overrides);
  const script =
    request.scriptFile === undefined ? undefined : readInput(request.scriptFile, 'INVALID_SCRIPT');
  const actions = script === undefined ? [] : parseScript(script.text, basename(script.file.path));
  const files = request.files === undefined ? undefined : inputFiles(request.files);
  const lanes: Lanes = { main: undefined };
  const recorded = request.files === undefined ? undefined : recordedFeed(request.files, settings, lanes);
  const storage = new RunStorage(request.dataDir, VAULT, io.now);
  try {
    const asked = configOf(request, files, script?.file ?? null, io);
    const config = storage.configOr(asked, request.startMs === undefined);
    const feed = recorded ?? new SimulatedFeed(config.seed, config.startMs, settings.simulation);
    const run = composeRun(request, config, settings, feed, lanes, actions, storage, io);
    return opened(run, settings, config.seed, storage, loggerOf(request, io));
  } catch (error) {
    storage.close();
    throw error;
  }
}

/** The account that a recorded market hurts does not exist yet when the market is read. */
interface Lanes {
  main: Lane | undefined;
}

function composeRun(
  request: RunRequest,
  config: RunConfig,
  settings: RunSettings,
  feed: Feed,
  lanes: Lanes,
  script: readonly ScriptAction[],
  storage: RunStorage,
  io: HostIo,
): PaperRun {
  const clock = new ManualClock(feed.startMs);
  const counts = new EventCounts();
  const checkpoint = storage.checkpoint();
  const past = [
    ...feed.history,
    ...(checkpoint === undefined ? [] : storage.fundingUpTo(PERP, checkpoint.t)),
  ];
  const shared = { feed, start: startOf(config.capital), paper: settings.paper, clock, past };
  const main = new Lane({
    ...shared,
    settings,
    store: storage.store,
    log: loggerOf(request, io),
    heard: (entry) => {
      counts.hear(entry);
      request.heard?.(entry);
    },
  });
  lanes.main = main;
  const run = new PaperRun({
    feed,
    clock,
    store: storage.store,
    main,
    neverExiting: request.compare
      ? new Lane({
          ...shared,
          settings: neverExiting(settings),
          store: new ForgetfulStore(),
          log: silentLogger,
          heard: () => undefined,
        })
      : undefined,
    counts,
    script,
    steps: stepsOf(request, feed),
    ...(request.batch === undefined ? {} : { batch: request.batch }),
    kill: ({ index }) => {
      if (storage.markOnce(index)) io.kill();
    },
  });
  if (checkpoint !== undefined) run.restore(checkpoint.state);
  main.engine.restoreHalt(storage.halt());
  return run;
}

function opened(
  run: PaperRun,
  settings: RunSettings,
  seed: number,
  storage: RunStorage,
  log: Logger,
): OpenRun {
  const { main } = run.parts;
  const resumedAt = run.step;
  const lines = (): Iterable<string> => eventLines(storage.eventLines(), run);
  return {
    run,
    settings,
    log,
    resumedAt,
    setHalt(halt) {
      storage.setHalt(halt, run.now);
      main.engine.setHalt(halt);
      run.commit();
    },
    broadcast(lastAction) {
      const { view, memory } = main.engine;
      const { books } = main.vault;
      return fundingUpdate({
        view,
        memory,
        books,
        settings,
        venue: main.venue.name,
        subAccount: SUB_ACCOUNT,
        lastAction,
      });
    },
    lines,
    report: (elapsedMs, eventLogHash = '') => reportOf(run, seed, eventLogHash, elapsedMs),
    close: () => {
      storage.close();
    },
  };
}

function recordedFeed(
  { candles, funding }: NonNullable<RunRequest['files']>,
  { recorded }: RunSettings,
  lanes: Lanes,
): RecordedFeed {
  return new RecordedFeed({
    candles: readCandles(candles),
    funding: readFunding(funding),
    firstExtreme: (high, low) => (lanes.main === undefined ? 'low' : hurtingExtreme(lanes.main, high, low)),
    depthShare: recorded.depthShare,
  });
}

function loggerOf({ dataDir, logLevel, stderrLevel }: RunRequest, { now }: HostIo): Logger {
  const folder = dataDir === IN_MEMORY ? {} : { folder: join(dataDir, LOG_FOLDER) };
  return createLogger({ ...folder, level: logLevel, stderrLevel, now });
}

/** Whole minutes that a run takes: what was asked for, at most what the market has. */
function stepsOf(request: RunRequest, feed: Feed): number {
  const available =
    feed.endMs === undefined ? Number.MAX_SAFE_INTEGER : (feed.endMs - feed.startMs) / MINUTE_MS;
  return Math.min(request.steps ?? available, available);
}

function startOf(capital: string): Holdings {
  return { account: { cash: parseUsd(capital), spot: NO_BASE, perps: [] }, wallet: parseBase(GAS_SOL) };
}

function configOf(
  request: RunRequest,
  files: RecordedFiles | undefined,
  script: InputFile | null,
  { now }: HostIo,
): RunConfig {
  const t = now();
  return {
    seed: request.seed,
    startMs: request.startMs ?? t - (t % HOUR_MS),
    capital: request.capital,
    overrides: request.overrides,
    market: files === undefined ? { kind: 'simulated' } : { kind: 'recorded', ...files },
    script,
  };
}

interface RecordedFiles {
  readonly candles: InputFile;
  readonly funding: InputFile;
}

function inputFiles({
  candles,
  funding,
}: {
  readonly candles: string;
  readonly funding: string;
}): RecordedFiles {
  return {
    candles: readInput(candles, 'INVALID_DATA_FILE').file,
    funding: readInput(funding, 'INVALID_DATA_FILE').file,
  };
}

function readInput(
  path: string,
  code: 'INVALID_SCRIPT' | 'INVALID_DATA_FILE',
): { text: string; file: InputFile } {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, file: { path, sha256: createHash('sha256').update(text).digest('hex') } };
  } catch (error) {
    throw new AppError(code, `The file ${path} cannot be read.`, { file: path }, { cause: error });
  }
}
