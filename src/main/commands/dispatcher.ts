import { createHash } from 'node:crypto';
import type { RequestFrame, ResultFrame } from '../../shared/contract/frames.ts';
import { AppError } from '../../shared/contract/appError.ts';
import { errorReplyOf } from '../../shared/contract/errorReply.ts';
import { COMMANDS, isCommandName, type CommandName, type PayloadOf } from '../../shared/contract/commands.ts';
import { ACCEPTED_AFTER_MS } from '../../shared/contract/protocol.ts';
import { pause } from '../platform/timers.ts';
import type { AnswerRepository, StoredAnswer } from '../storage/answerRepository.ts';
import { misfit } from './explained.ts';
import type { Asker, Handlers, Work } from './handlers.ts';
import type { Operations } from './operations.ts';

/** Takes a result frame to whoever asked. */
export type Reply = (text: string) => void;

export interface DispatcherParts {
  readonly handlers: Handlers;
  readonly operations: Operations;
  /** Another one after a restore. */
  readonly answers: () => AnswerRepository;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** Makes of whatever was thrown an error that may be shown, and logs it where nobody expected it. */
  readonly explain: (error: unknown) => AppError;
}

/** A command that is being carried out, and everyone who waits for it: it may have been sent again meanwhile. */
interface InFlight {
  readonly fingerprint: string;
  readonly replies: Set<Reply>;
  accepted: string | undefined;
}

type Answer = { readonly data: unknown } | { readonly error: AppError };

/**
 * From a request to its result. What changes something is done once for an id, across connections and restarts: its
 * answer is kept before it is sent, and given again byte for byte.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #inFlight = new Map<string, InFlight>();
  readonly #working = new Set<Promise<void>>();
  #closing = false;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** Never throws, and answers every request; it has been answered when this resolves. */
  dispatch(request: RequestFrame, asker: Asker, reply: Reply): Promise<void> {
    if (this.#closing) {
      const error = new AppError('ENGINE_NOT_RUNNING', 'The program is stopping.');
      reply(textOf(request.id, request.command, { error }));
      return Promise.resolve();
    }
    const work = this.#dispatched(request, asker, reply).finally(() => {
      this.#working.delete(work);
    });
    this.#working.add(work);
    return work;
  }

  /** Takes nothing more, and resolves when everything that was asked for has been answered. */
  async close(): Promise<void> {
    this.#closing = true;
    while (this.#working.size > 0) await Promise.all(this.#working);
  }

  async #dispatched({ id, command, payload }: RequestFrame, asker: Asker, reply: Reply): Promise<void> {
    try {
      if (!isCommandName(command))
        throw new AppError('UNKNOWN_COMMAND', `There is no command ${command}.`, { command });
      const parsed = COMMANDS[command].payload.safeParse(payload);
      if (!parsed.success) throw misfit(parsed.error);
      await this.#carryOut(id, command, parsed.data, asker, reply);
    } catch (error) {
      reply(textOf(id, command, { error: this.#parts.explain(error) }));
    }
  }

  async #carryOut(
    id: string,
    command: CommandName,
    payload: PayloadOf<CommandName>,
    asker: Asker,
    reply: Reply,
  ): Promise<void> {
    const keeps = COMMANDS[command].kind !== 'read';
    const fingerprint = fingerprintOf(command, payload);
    if (keeps && this.#repeated(id, command, fingerprint, reply)) return;
    const flight: InFlight = { fingerprint, replies: new Set([reply]), accepted: undefined };
    if (keeps) {
      this.#begin(id, command, fingerprint);
      this.#inFlight.set(id, flight);
    }
    try {
      const text = textOf(id, command, await this.#worked(id, command, payload, asker, flight));
      if (keeps) this.#finish(id, text);
      for (const one of flight.replies) one(text);
    } finally {
      if (keeps) this.#inFlight.delete(id);
    }
  }

  /** Throws where an `act` can't be written down. What does no harm when it is done twice is done all the same: an SOS. */
  #begin(id: string, command: CommandName, payloadHash: string): void {
    try {
      this.#parts.answers().begin({ id, command, payloadHash, begunT: this.#parts.now() });
    } catch (error) {
      if (COMMANDS[command].kind === 'act') throw error;
      this.#parts.explain(error);
    }
  }

  /** It was done: that the disk refuses the answer is no reason to keep it from whoever asked. */
  #finish(id: string, text: string): void {
    try {
      this.#parts.answers().finish(id, text);
    } catch (error) {
      this.#parts.explain(error);
    }
  }

  /** Whether an id was seen before; then it has been answered, or joins those who wait. */
  #repeated(id: string, command: CommandName, fingerprint: string, reply: Reply): boolean {
    const flight = this.#inFlight.get(id);
    if (flight !== undefined) {
      if (flight.fingerprint !== fingerprint) throw reused(id);
      flight.replies.add(reply);
      if (flight.accepted !== undefined) reply(flight.accepted);
      return true;
    }
    const stored = this.#stored(id, command);
    if (stored === undefined) return false;
    if (stored.payloadHash !== fingerprint) throw reused(id);
    if (stored.answer !== null) {
      reply(stored.answer);
      return true;
    }
    if (COMMANDS[command].kind === 'settle') return false;
    throw new AppError(
      'OUTCOME_UNKNOWN',
      'The program stopped while it did this, and cannot say whether it was done. Look before you send it again.',
      { id },
    );
  }

  /** Throws where the answers can't be read, unless doing it again does no harm: then it is done. */
  #stored(id: string, command: CommandName): StoredAnswer | undefined {
    try {
      return this.#parts.answers().find(id);
    } catch (error) {
      if (COMMANDS[command].kind === 'act') throw error;
      this.#parts.explain(error);
      return undefined;
    }
  }

  async #worked(
    id: string,
    command: CommandName,
    payload: PayloadOf<CommandName>,
    asker: Asker,
    flight: InFlight,
  ): Promise<Answer> {
    const { operations } = this.#parts;
    const { operationId, signal } = operations.begin(command);
    const work: Work = {
      ...asker,
      signal,
      progress: (done, total) => {
        operations.progress(operationId, done, total);
      },
    };
    const answering = this.#answered(command, payload, work);
    const done = new AbortController();
    const first = await Promise.race([answering, pause(ACCEPTED_AFTER_MS, done.signal)]);
    done.abort();
    if (first === undefined) {
      operations.told(operationId);
      flight.accepted = JSON.stringify({
        type: 'COMMAND_RESULT',
        id,
        command,
        status: 'accepted',
        operationId,
      } satisfies ResultFrame);
      for (const reply of flight.replies) reply(flight.accepted);
    }
    const answer = await answering;
    if (first === undefined)
      operations.end(operationId, 'error' in answer ? errorReplyOf(answer.error) : null);
    else operations.forget(operationId);
    return answer;
  }

  /** Never throws. What leaves is checked as strictly as what came. */
  async #answered(command: CommandName, payload: PayloadOf<CommandName>, work: Work): Promise<Answer> {
    try {
      // The name picks the handler and its payload alike; a union of both is what the compiler can't see through.
      const handler = this.#parts.handlers[command] as (payload: unknown, work: Work) => unknown;
      const reply = COMMANDS[command].reply.safeParse(await handler(payload, work));
      if (!reply.success) throw reply.error;
      return { data: reply.data };
    } catch (error) {
      return { error: this.#parts.explain(error) };
    }
  }
}

function textOf(id: string, command: string, answer: Answer): string {
  const head = { type: 'COMMAND_RESULT' as const, id, command };
  const frame: ResultFrame =
    'error' in answer
      ? { ...head, status: 'error', error: errorReplyOf(answer.error) }
      : { ...head, status: 'ok', data: answer.data };
  return JSON.stringify(frame);
}

const fingerprintOf = (command: string, payload: unknown): string =>
  createHash('sha256')
    .update(`${command} ${JSON.stringify(payload)}`)
    .digest('hex');

const reused = (id: string): AppError =>
  new AppError('INVALID_PAYLOAD', 'This id was used for another command. Each command takes a new one.', {
    field: 'id',
    id,
  });
