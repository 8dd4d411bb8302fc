import { AppError } from '../../shared/contract/appError.ts';
import type { CeremonyTask } from '../../shared/contract/ceremony.ts';
import { KeyWindow, type KeyWindowParts } from './keyWindow.ts';
import { readKeyWindowFiles, type KeyWindowFolders } from './keyWindowFiles.ts';

export interface KeyWindowsParts extends KeyWindowParts {
  readonly folders: KeyWindowFolders;
}

/** The windows in which secrets are entered and shown: one at a time, each with a session and a process of its own. */
export class KeyWindows {
  readonly #parts: KeyWindowsParts;
  #open: { readonly window: KeyWindow; readonly begun: Promise<void> } | undefined;
  #made = 0;

  constructor(parts: KeyWindowsParts) {
    this.#parts = parts;
  }

  /**
   * Opens the window, and answers once it is open. While another ceremony is under way there, its window comes to the
   * front instead, whatever it does: a phrase that is being written down is not to be torn away.
   * Throws BUILD_FAILED where files are missing, INTERNAL where the page can't be loaded.
   */
  async open(task: CeremonyTask): Promise<void> {
    if (this.#open !== undefined && !this.#open.window.isOver) {
      this.#open.window.show();
      return this.#open.begun;
    }
    this.close();
    const files = readKeyWindowFiles(this.#parts.folders);
    this.#made += 1;
    const window = new KeyWindow(this.#parts, files, task, `keys-${this.#made}`);
    const begun = this.#begin(window);
    this.#open = { window, begun };
    return begun;
  }

  /** Closes the window, and with it cancels what happens there. */
  close(): void {
    this.#open?.window.destroy();
    this.#open = undefined;
  }

  async #begin(window: KeyWindow): Promise<void> {
    try {
      await window.begin();
    } catch (cause) {
      window.destroy();
      throw new AppError('INTERNAL', 'The window for keys could not be opened.', {}, { cause });
    }
  }
}
