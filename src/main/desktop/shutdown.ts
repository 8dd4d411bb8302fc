import type { Logger } from '../platform/logger.ts';
import { pause } from '../platform/timers.ts';

/** So long may a graceful end take. What was acknowledged is durable before that; only what is in flight is not known. */
const CLOSE_WITHIN_MS = 20_000;

type Stage = 'open' | 'asking' | 'closing' | 'closed';

export interface Leaving {
  /** Makes everything durable. */
  readonly close: () => Promise<void>;
  /** Asks the user where something is at stake. */
  readonly mayLeave: () => Promise<boolean>;
  /** Begins to quit; comes back through `beforeQuit`. */
  readonly quit: () => void;
  readonly log: Logger;
}

/** The way out: asks once, closes the program once, and lets Electron go when everything is durable. */
export class Shutdown {
  readonly #leaving: Leaving;
  readonly #withinMs: number;
  #stage: Stage = 'open';
  #closing: Promise<void> | undefined;

  constructor(leaving: Leaving, withinMs = CLOSE_WITHIN_MS) {
    this.#leaving = leaving;
    this.#withinMs = withinMs;
  }

  /** From then on windows close for good. */
  get isLeaving(): boolean {
    return this.#stage === 'closing' || this.#stage === 'closed';
  }

  /** Electron is about to quit. It is held until the program is closed. */
  beforeQuit(event: { preventDefault(): void }): void {
    if (this.#stage === 'closed') return;
    event.preventDefault();
    if (this.#stage === 'open') void this.#ask();
  }

  /** Leaves without asking: a signal, the computer shutting down. */
  async now(): Promise<void> {
    await this.close();
    this.#leaving.quit();
  }

  /** Closes the program, once, and never throws: whatever failed, the user wants to leave. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #ask(): Promise<void> {
    this.#stage = 'asking';
    const { mayLeave, log } = this.#leaving;
    let isMeant = true;
    try {
      isMeant = await mayLeave();
    } catch (error) {
      log.error('the user could not be asked', { error });
    }
    // A signal may have come while the question stood.
    if (this.#closing !== undefined) return;
    if (isMeant) await this.now();
    else this.#stage = 'open';
  }

  async #close(): Promise<void> {
    this.#stage = 'closing';
    const { close, log } = this.#leaving;
    const given = new AbortController();
    const late = pause(this.#withinMs, given.signal).then(() => {
      if (!given.signal.aborted) log.error('closing took too long and was left', { ms: this.#withinMs });
    });
    try {
      await Promise.race([close(), late]);
    } catch (error) {
      log.error('closing failed', { error });
    }
    given.abort();
    this.#stage = 'closed';
  }
}
