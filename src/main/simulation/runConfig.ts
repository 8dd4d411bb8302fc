import { AppError } from '../../shared/contract/appError.ts';
import type { Overrides } from '../../shared/settings/group.ts';

/** A file that a run rests on: a run that resumes must find the same bytes. */
export interface InputFile {
  readonly path: string;
  readonly sha256: string;
}

/** Everything that decides how a run goes. Kept with the run; a run resumes only with the same. */
export interface RunConfig {
  readonly seed: number;
  readonly startMs: number;
  /** Dollars of USDC, as a decimal string. */
  readonly capital: string;
  readonly overrides: Overrides;
  readonly market:
    | { readonly kind: 'simulated' }
    | { readonly kind: 'recorded'; readonly candles: InputFile; readonly funding: InputFile };
  readonly script: InputFile | null;
}

/**
 * Refuses to go on with another run's data (RUN_MISMATCH). How long it runs may differ, and so may the names of its
 * files: a longer run is the same run, further on.
 */
export function refuseMismatch(kept: RunConfig, asked: RunConfig): void {
  const keptParts = comparable(kept);
  const askedParts = comparable(asked);
  for (const [i, was] of keptParts.entries()) {
    const is = askedParts[i];
    if (is === undefined || was.identity === is.identity) continue;
    throw new AppError(
      'RUN_MISMATCH',
      `This data folder holds a run with another ${was.what} (${was.shown}, not ${is.shown}). Use the same options, or another folder.`,
      { what: was.what, kept: was.shown, asked: is.shown },
    );
  }
}

/** One thing that must be the same: what it is, what it is compared by, and how it is shown to a person. */
interface Part {
  readonly what: string;
  readonly identity: string;
  readonly shown: string;
}

function comparable({ seed, startMs, capital, overrides, market, script }: RunConfig): readonly Part[] {
  const changed = Object.entries(overrides).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const settings = changed.map(([name, text]) => `${name}=${text}`).join(' ');
  const files = market.kind === 'recorded' ? [market.candles, market.funding] : [];
  const simulatedFrom = market.kind === 'simulated' ? new Date(startMs).toISOString() : 'the recording';
  return [
    plain('seed', String(seed)),
    plain('capital', capital),
    plain('set of settings', settings === '' ? 'the defaults' : settings),
    {
      what: 'market',
      identity: files.map(({ sha256 }) => sha256).join(),
      shown: namesOf(files, 'simulated'),
    },
    plain('start', simulatedFrom),
    {
      what: 'script',
      identity: script?.sha256 ?? '',
      shown: namesOf(script === null ? [] : [script], 'none'),
    },
  ];
}

const plain = (what: string, text: string): Part => ({ what, identity: text, shown: text });

/** Names with the beginning of what tells two files of the same name apart. */
function namesOf(files: readonly InputFile[], none: string): string {
  if (files.length === 0) return none;
  return files.map(({ path, sha256 }) => `${path} [${sha256.slice(0, 8)}]`).join(' and ');
}
