import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { AppError } from '../../shared/contract/appError.ts';
import { readCandles } from '../market/recorded/candles.ts';
import { readFunding } from '../market/recorded/fundingRows.ts';
import { RecordedFeed } from '../market/recorded/recordedFeed.ts';
import { hurtingExtreme } from './hurtingExtreme.ts';
import type { Lane } from './lane.ts';
import type { ManualLane } from './manual/manualLane.ts';
import type { RunRequest } from './runRequest.ts';
import type { InputFile } from './runConfig.ts';
import { parseScript, type ScriptAction } from './script.ts';
import { readSettings, type RunSettings } from './settings.ts';

/** What a request names, read and checked. */
export interface RunInputs {
  readonly settings: RunSettings;
  readonly actions: readonly ScriptAction[];
  readonly script: InputFile | null;
  readonly files: RecordedFiles | undefined;
  readonly recorded: RecordedFeed | undefined;
  readonly lanes: Lanes;
}

export function readInputs(request: RunRequest): RunInputs {
  const settings = readSettings(request.overrides);
  const script =
    request.scriptFile === undefined ? undefined : readInput(request.scriptFile, 'INVALID_SCRIPT');
  const actions = script === undefined ? [] : parseScript(script.text, basename(script.file.path));
  const files = request.files === undefined ? undefined : inputFiles(request.files);
  const lanes: Lanes = { main: undefined, manual: undefined };
  const recorded = request.files === undefined ? undefined : recordedFeed(request.files, settings, lanes);
  return { settings, actions, script: script?.file ?? null, files, recorded, lanes };
}

/** The account that a recorded market hurts does not exist yet when the market is read. */
export interface Lanes {
  main: Lane | undefined;
  /** What is traded by hand on the same market, where anything is. */
  manual: ManualLane | undefined;
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

/** Whether a run could be opened, as far as its settings and files go. Throws as opening it would. */
export function checkInputs(request: RunRequest): void {
  readInputs(request);
}

export interface RecordedFiles {
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

/** A file that a run is to rest on, as it is now. Throws INVALID_DATA_FILE. */
export const inputFileAt = (path: string): InputFile => readInput(path, 'INVALID_DATA_FILE').file;

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
