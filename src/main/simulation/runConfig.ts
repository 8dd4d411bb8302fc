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
  for (const [what, was] of Object.entries(keptParts)) {
    const is = askedParts[what] ?? '';
    if (was === is) continue;
    throw new AppError(
      'RUN_MISMATCH',
      `This data folder holds a run with another ${what} (${was}, not ${is}). Use the same options, or another folder.`,
      { what, kept: was, asked: is },
    );
  }
}

function comparable({
  seed,
  capital,
  overrides,
  market,
  script,
}: RunConfig): Readonly<Record<string, string>> {
  const changed = Object.entries(overrides).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    seed: String(seed),
    capital,
    settings: changed.map(([name, text]) => `${name}=${text}`).join(' ') || 'defaults',
    market: market.kind === 'simulated' ? 'simulated' : `${market.candles.sha256} ${market.funding.sha256}`,
    script: script?.sha256 ?? 'none',
  };
}
