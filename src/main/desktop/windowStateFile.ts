import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from '../platform/logger.ts';
import { FIRST_STATE, windowStateFrom, type WindowState } from './windowState.ts';

/** The state of the window between two starts. It is a comfort: a file that can't be read or written stops nothing. */
export class WindowStateFile {
  readonly #file: string;
  readonly #log: Logger;
  #state: WindowState;

  constructor(file: string, log: Logger) {
    this.#file = file;
    this.#log = log;
    this.#state = readState(file);
  }

  get state(): WindowState {
    return this.#state;
  }

  /** Written aside and renamed into place, so that nobody ever reads half of it. */
  change(changes: Partial<WindowState>): void {
    this.#state = { ...this.#state, ...changes };
    const aside = `${this.#file}.new`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
      writeFileSync(aside, JSON.stringify(this.#state), { mode: 0o600 });
      renameSync(aside, this.#file);
    } catch (error) {
      this.#log.warn('where the window stands could not be kept', { error });
    }
  }
}

function readState(file: string): WindowState {
  try {
    return windowStateFrom(readFileSync(file, 'utf8'));
  } catch {
    return FIRST_STATE;
  }
}
