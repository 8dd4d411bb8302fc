import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { AppError } from '../../shared/contract/appError.ts';
import type { VaultName } from '../../shared/contract/engineName.ts';
import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import { parseBase, parseUsd } from '../../shared/money/decimal.ts';
import { NO_BASE } from '../../shared/money/quantity.ts';
import type { Holdings } from '../domain/accountChange.ts';
import { fundingUpdate } from '../engine/broadcast.ts';
import type { Halt } from '../engine/view.ts';
import { HOUR_MS } from '../domain/funding.ts';
import { MINUTE_MS, type Feed } from '../market/feed.ts';
import { SimulatedFeed } from '../market/simulated/simulatedFeed.ts';
import { ManualClock } from '../platform/clock.ts';
import { createLogger, silentLogger, type Logger } from '../platform/logger.ts';
import { Lane } from './lane.ts';
import { ManualDesk } from './manual/manualDesk.ts';
import { MANUAL_SUB_ACCOUNT, ManualLane } from './manual/manualLane.ts';
import type { ClockShown } from './pacer.ts';
import { PaperRun } from './paperRun.ts';
import { eventLines, reportOf, type RunReport } from './report.ts';
import type { InputFile, RunConfig } from './runConfig.ts';
import { readInputs, type Lanes, type RecordedFiles, type RunInputs } from './runInputs.ts';
import type { HostIo, RunRequest } from './runRequest.ts';
import { RunStorage, isKept } from './runStorage.ts';
import type { ScriptAction } from './script.ts';
import { neverExiting, type RunSettings } from './settings.ts';
import { EventCounts } from './statistics.ts';
import { JointStore } from '../storage/jointStore.ts';
import { IN_MEMORY, OpenFolder } from '../storage/openFolder.ts';
import { ForgetfulStore } from '../storage/vaultStore.ts';

const SUB_ACCOUNT = 0;
const PERP = 'SOL-PERP';
const LOG_FOLDER = 'logs';
export const PAPER_VAULT = {
  engine: 'funding',
  venue: 'paper',
  subAccount: SUB_ACCOUNT,
  mode: 'paper',
} as const;
/** The vault of what is traded by hand, on the same market. */
export const MANUAL_VAULT = {
  engine: 'manual',
  venue: 'paper',
  subAccount: MANUAL_SUB_ACCOUNT,
  mode: 'paper',
} as const;
/** Payments that the engine has seen, for whoever begins to trade by hand later. */
const FUNDING_SEEN = 24;
/** SOL that a paper wallet has for gas. */
const GAS_SOL = '0.1';

export type { HostIo, RunRequest };

/** What is traded by hand, and where it is kept. */
export interface ManualSide {
  readonly lane: ManualLane;
  readonly storage: RunStorage;
  readonly desk: ManualDesk;
}

/** A run that is open and can be advanced, watched, reported, and closed. */
export interface OpenRun {
  readonly run: PaperRun;
  readonly config: RunConfig;
  readonly settings: RunSettings;
  readonly storage: RunStorage;
  /** What is traded by hand on the same market; undefined where nobody does. */
  readonly manual: ManualSide | undefined;
  readonly log: Logger;
  /** Steps that an earlier process had done. */
  readonly resumedAt: number;
  /** SOS and its release; durable when it returns. Where it throws, it holds in memory all the same. */
  setHalt(halt: Halt): void;
  /** Everything that a screen shows of it now. */
  broadcast(lastAction: string | null, clock: ClockShown | null): FundingUpdateData;
  /** The event log, line by line, its closing line included. */
  lines(): Iterable<string>;
  /** @param eventLogHash of the lines, where somebody has hashed them */
  report(elapsedMs: number, eventLogHash?: string): RunReport;
  close(): void;
}

/**
 * Opens a data folder and, on it, everything that a paper run needs: a new run, or the same one further on. Every input
 * is read and checked before the folder is touched.
 */
export function openPaperRun(request: RunRequest, io: HostIo): OpenRun {
  const inputs = readInputs(request);
  const folder = new OpenFolder(request.dataDir, io.now);
  try {
    return composed(request, inputs, folder.db, io, () => {
      folder.close();
    });
  } catch (error) {
    folder.close();
    throw error;
  }
}

/** The same on a database that stays open when the run is closed. */
export function openRunOn(db: Database, request: RunRequest, io: HostIo): OpenRun {
  return composed(request, readInputs(request), db, io, () => undefined);
}

function composed(
  request: RunRequest,
  inputs: RunInputs,
  db: Database,
  io: HostIo,
  close: () => void,
): OpenRun {
  const storage = new RunStorage(db, PAPER_VAULT, io.now);
  const asked = configOf(request, inputs.files, inputs.script, io);
  const config = storage.configOr(asked, request.startMs === undefined);
  const { settings, lanes, actions } = inputs;
  const feed = inputs.recorded ?? new SimulatedFeed(config.seed, config.startMs, settings.simulation);
  const log = loggerOf(request, io);
  const joint = new JointStore(storage.store);
  const run = composeRun(request, io, { config, settings, feed, lanes, actions, storage, joint, log });
  // Where somebody has traded by hand, the run never goes on without them: their account would be left behind for good.
  const manual =
    request.manual === true || isKept(db, MANUAL_VAULT)
      ? composeManual(db, run, { config, settings, storage, joint, log }, io)
      : undefined;
  if (manual !== undefined) lanes.manual = manual.lane;
  return { ...opened(run, settings, config, storage), manual, log, close };
}

/** The account that is traded by hand: kept or lost together with the run, and as far as the run. */
function composeManual(
  db: Database,
  run: PaperRun,
  {
    config,
    settings,
    storage,
    joint,
    log,
  }: Pick<RunMaterials, 'config' | 'settings' | 'storage' | 'joint' | 'log'>,
  io: HostIo,
): ManualSide {
  const own = new RunStorage(db, MANUAL_VAULT, io.now);
  const lane = new ManualLane({
    db,
    feed: run.parts.feed,
    now: run.now,
    seed: config.seed,
    start: startOf(config.capital),
    settings,
    paper: settings.paper,
    vaultId: own.vaultId,
    store: own.store,
    past: [...run.parts.feed.history, ...storage.latestFunding(PERP, 0, run.now, FUNDING_SEEN)],
    fundingPage: (market, from, to, limit) => own.latestFunding(market, from, to, limit),
    log,
  });
  const kept = own.checkpoint();
  if (kept !== undefined) lane.restore(kept);
  joint.join(lane);
  return { lane, storage: own, desk: new ManualDesk(lane, () => run.parts.main.engine.halt !== 'none') };
}

/** What a run is composed of. */
interface RunMaterials {
  readonly config: RunConfig;
  readonly settings: RunSettings;
  readonly feed: Feed;
  readonly lanes: Lanes;
  readonly actions: readonly ScriptAction[];
  readonly storage: RunStorage;
  readonly joint: JointStore;
  readonly log: Logger;
}

function composeRun(request: RunRequest, io: HostIo, materials: RunMaterials): PaperRun {
  const { config, settings, feed, lanes, actions, storage, joint, log } = materials;
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
    store: joint,
    log,
    heard: (entry) => {
      counts.hear(entry);
      request.heard?.(entry);
    },
  });
  lanes.main = main;
  const run = new PaperRun({
    feed,
    clock,
    store: joint,
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
    script: actions,
    steps: stepsOf(request, feed),
    ...(request.batch === undefined ? {} : { batch: request.batch }),
    ...(request.curveEveryMs === undefined ? {} : { curveEveryMs: request.curveEveryMs }),
    neighbour: () => lanes.manual,
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
  config: RunConfig,
  storage: RunStorage,
): Omit<OpenRun, 'log' | 'close' | 'manual'> {
  const { main } = run.parts;
  return {
    run,
    config,
    settings,
    storage,
    resumedAt: run.step,
    setHalt(halt) {
      run.begin();
      main.engine.setHalt(halt);
      run.commit(() => {
        storage.putHalt(halt, run.now);
      });
    },
    broadcast(lastAction, clock) {
      const { view, memory } = main.engine;
      const { books } = main.vault;
      return fundingUpdate({
        view,
        memory,
        books,
        settings,
        venue: main.venue.name,
        mode: 'paper',
        subAccount: SUB_ACCOUNT,
        lastAction,
        comparison: run.comparison,
        clock,
      });
    },
    lines: () => eventLines(storage.eventLines(), run),
    report: (elapsedMs, eventLogHash = '') => reportOf(run, config.seed, eventLogHash, elapsedMs),
  };
}

/** Where a vault is kept. Throws NOT_SUPPORTED where nothing is traded by hand. */
export function storageOf({ storage, manual }: OpenRun, vault: VaultName = 'funding'): RunStorage {
  if (vault === 'funding') return storage;
  if (manual === undefined) throw new AppError('NOT_SUPPORTED', 'Nothing is traded by hand here.');
  return manual.storage;
}

function loggerOf({ dataDir, logLevel, stderrLevel, log }: RunRequest, { now }: HostIo): Logger {
  if (log !== undefined) return log;
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
