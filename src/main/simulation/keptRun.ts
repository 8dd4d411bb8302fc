import type { AppError } from '../../shared/contract/appError.ts';
import type { LogEntry } from '../engine/eventLog.ts';
import type { OpenRun } from './openRun.ts';

export interface KeptRunParts {
  /** Opens the run that is kept, as it was last committed. */
  readonly open: (heard: (entry: LogEntry) => void) => OpenRun;
  /** Makes of whatever was thrown an error that may be shown, and logs it where nobody expected it. */
  readonly explain: (error: unknown) => AppError;
}

/**
 * The run in memory, and the certainty that it is what the disk holds. Where that is lost (half a step, a refused
 * commit), what is in memory is thrown away and read back; where it can't be read back there is no run, until it can.
 */
export class KeptRun {
  readonly #parts: KeptRunParts;
  readonly #heard: LogEntry[] = [];
  #run: OpenRun | undefined;
  #why: AppError | undefined;

  constructor(parts: KeptRunParts) {
    this.#parts = parts;
    this.read();
  }

  /** Undefined while it can't be read. */
  get run(): OpenRun | undefined {
    return this.#run;
  }

  /** Why there is no run. */
  get why(): AppError | undefined {
    return this.#why;
  }

  /** The run, read back first where that is needed; undefined where it still can't be. */
  orRead(): OpenRun | undefined {
    if (this.#run === undefined) this.read();
    return this.#run;
  }

  /** The same. Throws why there is none. */
  get(): OpenRun {
    const run = this.orRead();
    if (run === undefined) throw this.#why ?? new Error('there is no run, and nobody knows why');
    return run;
  }

  /** Throws what is in memory away, and reads what the disk holds. */
  read(): void {
    this.#heard.length = 0;
    this.#run?.close();
    this.#run = undefined;
    try {
      this.#run = this.#parts.open((entry) => {
        this.#heard.push(entry);
      });
      this.#why = undefined;
    } catch (error) {
      this.#why = this.#parts.explain(error);
    }
  }

  /** Lines of the log that were written since, and are durable by now. Nobody hears of any other. */
  takeHeard(): readonly LogEntry[] {
    if (this.#heard.length === 0 || this.#run?.run.parts.store.pending === true) return [];
    return this.#heard.splice(0);
  }
}
