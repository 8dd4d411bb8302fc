import type { LogEntry } from '../engine/eventLog.ts';
import type { LogLevel, Logger } from '../platform/logger.ts';

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
  /** Whether there is an account beside it that is traded by hand. */
  readonly manual?: boolean;
  /** How often the equity is kept for a curve, in milliseconds of the market; left out where nobody draws one. */
  readonly curveEveryMs?: number;
  readonly logLevel: LogLevel;
  readonly stderrLevel: LogLevel | 'none';
  /** A log that is there already; left out, the run opens one of its own in the data folder. */
  readonly log?: Logger;
  /** Told of every new line of the event log. */
  readonly heard?: (entry: LogEntry) => void;
}

/** What the host provides: the time on the wall, and a way to die at once. */
export interface HostIo {
  readonly now: () => number;
  readonly kill: () => void;
}
