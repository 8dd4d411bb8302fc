import { app, dialog } from 'electron';
import { randomId } from '../platform/ids.ts';
import { silentLogger, type Logger } from '../platform/logger.ts';
import { failureWords } from './failure.ts';

/** What there is to close and to log to; nothing before the program is open. */
export interface Saved {
  readonly log: Logger;
  close(): Promise<void>;
}

/** Where errors end that nobody has caught: logged, everything made durable, told in words. The program ends. */
export class LastResort {
  #saved: Saved = { log: silentLogger, close: () => Promise.resolve() };
  #hasFailed = false;

  constructor() {
    process.on('uncaughtException', (error) => {
      void this.fail(error);
    });
    process.on('unhandledRejection', (reason) => {
      void this.fail(reason);
    });
  }

  /** From now on there is something to lose. */
  guard(saved: Saved): void {
    this.#saved = saved;
  }

  async fail(error: unknown): Promise<void> {
    const id = randomId();
    this.#saved.log.error('something unexpected happened', { id, error });
    // The second error is most often the first one's doing.
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    await this.#saved.close();
    // The box stands until somebody has read it, so everything is durable before.
    const { title, text } = failureWords(error, id);
    dialog.showErrorBox(title, text);
    app.exit(1);
  }
}
