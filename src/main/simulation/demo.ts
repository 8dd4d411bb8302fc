import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { LogEntry } from '../engine/eventLog.ts';
import { MINUTE_MS } from '../market/feed.ts';
import type { Logger } from '../platform/logger.ts';
import { SettingsRepository } from '../storage/settingsRepository.ts';
import type { MarketFiles } from './marketFiles.ts';
import { PAPER_VAULT, openRunOn, type OpenRun, type RunRequest } from './openRun.ts';
import { runOverrides } from './programSettings.ts';
import type { RunConfig } from './runConfig.ts';
import { RunStorage } from './runStorage.ts';

/** What a demo begins with where nobody has chosen. */
const DEMO = { seed: 7, capital: '10000' } as const;
/** A point of the equity curve every so often of the market's time. */
const CURVE_EVERY_MS = 5 * MINUTE_MS;

/** What a demo is opened with. */
export interface DemoParts {
  readonly dataDir: string;
  readonly files: MarketFiles;
  readonly log: Logger;
  /** Wall time, Unix ms. */
  readonly now: () => number;
}

export const logFolderOf = (dataDir: string): string => join(dataDir, 'logs');

/**
 * Opens the paper vault of a database as it was last committed; where there is none, a demo that has not begun. The
 * settings are those of the program, or, where nobody has changed any, those that the vault was made with.
 */
export function openDemo(db: Database, parts: DemoParts, heard: (entry: LogEntry) => void): OpenRun {
  const storage = new RunStorage(db, PAPER_VAULT, parts.now);
  const config = adopted(storage, new SettingsRepository(db));
  const io = { now: parts.now, kill: () => undefined };
  return openRunOn(db, { ...requestOf(config, parts), heard }, io);
}

/** What opening a run of this configuration asks for; undefined is a fresh demo. */
export function requestOf(config: RunConfig | undefined, { dataDir, files, log }: DemoParts): RunRequest {
  return {
    seed: config?.seed ?? DEMO.seed,
    steps: undefined,
    startMs: config?.startMs,
    capital: config?.capital ?? DEMO.capital,
    overrides: config?.overrides ?? {},
    files: config === undefined ? undefined : filesOf(config, files),
    scriptFile: config?.script?.path,
    dataDir,
    batch: 1,
    compare: true,
    manual: true,
    curveEveryMs: CURVE_EVERY_MS,
    logLevel: log.level,
    stderrLevel: 'none',
    log,
  };
}

/** The configuration that is kept, and the program's settings, made to say the same. Writes only where they differ. */
function adopted(storage: RunStorage, settings: SettingsRepository): RunConfig | undefined {
  const kept = storage.config();
  const stored = settings.load();
  if (kept === undefined) return undefined;
  if (stored.revision === 0) {
    if (Object.keys(kept.overrides).length > 0)
      storage.changeSettings({ revision: 1, overrides: kept.overrides }, kept);
    return kept;
  }
  const config = { ...kept, overrides: runOverrides(stored.overrides) };
  if (JSON.stringify(config) !== JSON.stringify(kept)) storage.amend(config);
  return config;
}

/** Where a recording lies: in the data folder, which may have been moved, or where a run on the terminal found it. */
function filesOf({ market }: RunConfig, files: MarketFiles): RunRequest['files'] {
  if (market.kind === 'simulated') return undefined;
  return {
    candles: files.find(market.candles.sha256) ?? market.candles.path,
    funding: files.find(market.funding.sha256) ?? market.funding.path,
  };
}
