import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const DAY_MS = 86_400_000;
/** A line is kept for at least so long. */
const KEPT_DAYS = 30;
const LOG_FILE = /^(\d{4}-\d{2}-\d{2})\.log$/;

/**
 * Log files, one a day of UTC, kept 30 days: `2026-03-01.log`. A disk that is full or a folder that is gone must not
 * stop the program: such a line is lost, its failure is told once, and the next line tries again.
 */
export class LogFiles {
  readonly #folder: string;
  readonly #failed: (error: unknown) => void;
  #day = '';
  #told = false;

  /**
   * Removes files that are too old at once.
   * @param t the time now, Unix ms
   * @param failed told of the first failure to write
   */
  constructor(folder: string, t: number, failed: (error: unknown) => void) {
    this.#folder = folder;
    this.#failed = failed;
    this.#attempt(() => {
      this.#turnTo(dayOf(t));
    });
  }

  /** @param t the time of the line, Unix ms */
  append(line: string, t: number): void {
    this.#attempt(() => {
      const day = dayOf(t);
      if (day !== this.#day) this.#turnTo(day);
      appendFileSync(join(this.#folder, `${day}.log`), `${line}\n`, { mode: 0o600 });
    });
  }

  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#day = '';
      if (this.#told) return;
      this.#told = true;
      this.#failed(error);
    }
  }

  #turnTo(day: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    this.#day = day;
    const oldest = Date.parse(day) - KEPT_DAYS * DAY_MS;
    for (const name of readdirSync(this.#folder)) {
      const written = Date.parse(LOG_FILE.exec(name)?.[1] ?? '');
      if (written < oldest) rmSync(join(this.#folder, name), { force: true });
    }
  }
}

const dayOf = (t: number): string => new Date(t).toISOString().slice(0, 10);
