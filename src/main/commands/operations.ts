import { AppError } from '../../shared/contract/appError.ts';
import type { OperationView } from '../../shared/contract/commands/operationCommands.ts';
import type { ErrorReply } from '../../shared/contract/errorReply.ts';

/** Finished operations that can still be asked about. */
const KEPT = 200;
/** The least wall time between two reports of progress. */
const REPORT_EVERY_MS = 100;

interface Running {
  view: OperationView;
  readonly abort: AbortController;
  reportedAt: number;
  /** Whether anyone knows of it: what is over at once is no operation for them. */
  isTold: boolean;
}

export interface OperationParts {
  readonly nextId: () => string;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** Told of progress, now and then, and of the end. */
  readonly reported: (view: OperationView) => void;
}

/** Work that takes longer than a command may: it can be watched and cancelled. */
export class Operations {
  readonly #parts: OperationParts;
  readonly #all = new Map<string, Running>();

  constructor(parts: OperationParts) {
    this.#parts = parts;
  }

  begin(command: string): { readonly operationId: string; readonly signal: AbortSignal } {
    const operationId = this.#parts.nextId();
    const abort = new AbortController();
    const view: OperationView = {
      operationId,
      command,
      state: 'running',
      startedAt: this.#parts.now(),
      endedAt: null,
      progress: null,
      error: null,
    };
    this.#all.set(operationId, { view, abort, reportedAt: 0, isTold: false });
    this.#forgetOldest();
    return { operationId, signal: abort.signal };
  }

  progress(operationId: string, done: number, total: number): void {
    const running = this.#all.get(operationId);
    if (running === undefined) return;
    running.view = { ...running.view, progress: { done, total } };
    if (!running.isTold) return;
    const now = this.#parts.now();
    if (done !== total && now - running.reportedAt < REPORT_EVERY_MS) return;
    running.reportedAt = now;
    this.#parts.reported(running.view);
  }

  end(operationId: string, error: ErrorReply | null): void {
    const running = this.#all.get(operationId);
    if (running === undefined) return;
    const state = error === null ? 'done' : error.code === 'CANCELLED' ? 'cancelled' : 'failed';
    running.view = { ...running.view, state, error, endedAt: this.#parts.now() };
  }

  /** Somebody was told of it: from now on its progress is, too. */
  told(operationId: string): void {
    const running = this.#all.get(operationId);
    if (running !== undefined) running.isTold = true;
  }

  /** It was over before anyone had to be told that it takes longer. */
  forget(operationId: string): void {
    this.#all.delete(operationId);
  }

  /** Throws INVALID_PAYLOAD for an operation that nobody knows (any more). */
  view(operationId: string): OperationView {
    return this.#known(operationId).view;
  }

  /** Asks it to end; one that has ended stays as it is. */
  cancel(operationId: string): OperationView {
    const { abort, view } = this.#known(operationId);
    abort.abort();
    return view;
  }

  /** The program stops. */
  cancelAll(): void {
    for (const { abort } of this.#all.values()) abort.abort();
  }

  #known(operationId: string): Running {
    const running = this.#all.get(operationId);
    if (running !== undefined) return running;
    throw new AppError('INVALID_PAYLOAD', `There is no operation ${operationId}.`, { operationId });
  }

  #forgetOldest(): void {
    for (const [id, { view }] of this.#all) {
      if (this.#all.size <= KEPT) return;
      if (view.state !== 'running') this.#all.delete(id);
    }
  }
}

/** Throws CANCELLED once the user has ended the work. */
export function refuseCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('CANCELLED', 'You ended this early. Nothing of it is kept.');
}
