import { join } from 'node:path';
import { MINUTE_MS } from '../market/feed.ts';
import type { LogEntry } from '../engine/eventLog.ts';
import type { Logger } from '../platform/logger.ts';
import type { OpenFolder } from '../storage/openFolder.ts';
import type { SettingsRepository } from '../storage/settingsRepository.ts';
import type { MarketFiles } from './marketFiles.ts';
import { PAPER_VAULT, openRunOn, type OpenRun } from './openRun.ts';
import { runOverrides } from './programSettings.ts';
import type { RunConfig } from './runConfig.ts';
import { RunStorage } from './runStorage.ts';

/** What a demo begins with where nobody has chosen. */
const DEMO = { seed: 7, capital: '10000' } as const;
/** A point of the equity curve every so often of the market's time. */
const CURVE_EVERY_MS = 5 * MINUTE_MS;

export interface DemoIo {
  readonly log: Logger;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  readonly heard: (entry: LogEntry) => void;
}

export const logFolderOf = (dataDir: string): string => join(dataDir, 'logs');

/**
 * Opens the paper vault of a data folder as it was last committed; in a folder without one, a demo that has not begun.
 * The settings are those of the program, or, where nobody has changed any, those that the vault was made with.
 */
export function openDemo(
  folder: OpenFolder,
  files: MarketFiles,
  settings: SettingsRepository,
  { log, now, heard }: DemoIo,
): OpenRun {
  const storage = new RunStorage(folder.db, PAPER_VAULT, now);
  const kept = storage.config();
  const { revision, overrides } = settings.load();
  if (revision === 0 && kept !== undefined && Object.keys(kept.overrides).length > 0)
    settings.save({ revision: 1, overrides: kept.overrides }, now());
  const wanted = revision === 0 ? (kept?.overrides ?? {}) : runOverrides(overrides);
  if (kept !== undefined) storage.amend({ ...kept, overrides: wanted });
  return openRunOn(
    folder,
    {
      seed: kept?.seed ?? DEMO.seed,
      steps: undefined,
      startMs: kept?.startMs,
      capital: kept?.capital ?? DEMO.capital,
      overrides: wanted,
      files: kept === undefined ? undefined : filesOf(kept, files),
      scriptFile: kept?.script?.path,
      dataDir: folder.path,
      batch: 1,
      compare: true,
      curveEveryMs: CURVE_EVERY_MS,
      logLevel: log.level,
      stderrLevel: 'none',
      log,
      heard,
    },
    { now, kill: () => undefined },
  );
}

/** Where a recording lies: in the data folder, which may have been moved, or where a run on the terminal found it. */
function filesOf(
  { market }: RunConfig,
  files: MarketFiles,
): { candles: string; funding: string } | undefined {
  if (market.kind === 'simulated') return undefined;
  return {
    candles: files.find(market.candles.sha256) ?? market.candles.path,
    funding: files.find(market.funding.sha256) ?? market.funding.path,
  };
}
