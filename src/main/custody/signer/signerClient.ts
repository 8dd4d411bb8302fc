import { AppError } from '../../../shared/contract/appError.ts';
import type { Cancel, Schedule } from '../../platform/schedule.ts';
import {
  SIGNER_ASKS,
  messageFromSigner,
  type AskName,
  type AskOf,
  type MessageFromSigner,
  type SignerAnswerOf,
} from './signerMessages.ts';
import type { SignerProcess } from './signerProcess.ts';
import type { SignerState } from './signerState.ts';

/** A keychain may ask its user for a password first, and they may look for it. */
const PATIENCE_MS = 150_000;

export interface SignerClientParts {
  /** Starts the process. May throw. */
  readonly start: () => SignerProcess;
  readonly schedule: Schedule;
  readonly changed: (state: SignerState) => void;
  readonly log: (level: 'info' | 'warn' | 'error', text: string) => void;
  /** Told when the process has ended without having been asked to. */
  readonly died: () => void;
}

interface Pending {
  readonly name: AskName;
  readonly answered: (answer: unknown) => void;
  readonly failed: (error: AppError) => void;
  readonly stopWaiting: Cancel;
}

/** The program's end of the signer. The process is started when it is first asked something, and again after it died. */
export class SignerClient {
  readonly #parts: SignerClientParts;
  readonly #pending = new Map<number, Pending>();
  #process: SignerProcess | undefined;
  #nextId = 1;
  #isClosed = false;

  constructor(parts: SignerClientParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#process !== undefined;
  }

  /**
   * Asks, and throws what the signer throws. SIGNER_UNAVAILABLE where the process can't be started, dies over it, or
   * doesn't answer.
   * @param port for a ceremony in a window: handed over with the question
   */
  ask<Name extends AskName>(name: Name, ask: AskOf<Name>, port?: unknown): Promise<SignerAnswerOf<Name>> {
    return new Promise((resolve, reject) => {
      const process = this.#running();
      const id = this.#nextId;
      this.#nextId += 1;
      this.#pending.set(id, {
        name,
        answered: (answer) => {
          resolve(answer as SignerAnswerOf<Name>);
        },
        failed: reject,
        stopWaiting: this.#waitFor(name),
      });
      const message = { id, name, ask };
      try {
        if (port === undefined) process.post(message);
        else process.postPort(message, port);
      } catch (error) {
        this.#pending.get(id)?.stopWaiting();
        this.#pending.delete(id);
        reject(unavailable('The process that holds the keys cannot be reached.', error));
      }
    });
  }

  /** Ends the process. Whoever still waits is told. */
  close(): void {
    this.#isClosed = true;
    const process = this.#process;
    this.#process = undefined;
    this.#failAll(unavailable('The program is closing.'));
    process?.kill();
  }

  /** A ceremony takes as long as its user does. */
  #waitFor(name: AskName): Cancel {
    if (name === 'ceremony') return () => undefined;
    return this.#parts.schedule.after(PATIENCE_MS, () => {
      this.#parts.log('error', `The signer did not answer "${name}", and is ended.`);
      this.#process?.kill();
      this.#lost('The process that holds the keys does not answer.');
    });
  }

  #running(): SignerProcess {
    if (this.#isClosed) throw unavailable('The program is closing.');
    if (this.#process !== undefined) return this.#process;
    let process: SignerProcess;
    try {
      process = this.#parts.start();
    } catch (error) {
      throw unavailable('The process that holds the keys cannot be started.', error);
    }
    this.#process = process;
    process.onMessage((message) => {
      if (this.#process === process) this.#hear(message);
    });
    process.onExit((code) => {
      if (this.#process !== process) return;
      this.#parts.log('error', `The signer ended unexpectedly, with ${code}. It comes back locked.`);
      this.#lost('The process that holds the keys ended unexpectedly. It comes back locked.');
    });
    return process;
  }

  /** The process is of no more use, whether it is still there or not. */
  #lost(why: string): void {
    this.#process = undefined;
    this.#failAll(unavailable(why));
    this.#parts.died();
  }

  #hear(message: unknown): void {
    const heard = messageFromSigner.safeParse(message);
    if (!heard.success) {
      this.#parts.log('error', 'The signer said something that does not fit, and it was dropped.');
      return;
    }
    if (heard.data.kind === 'state') this.#parts.changed(heard.data.state);
    else if (heard.data.kind === 'log') this.#parts.log(heard.data.level, heard.data.text);
    else this.#settle(heard.data);
  }

  #settle(message: Extract<MessageFromSigner, { id: number }>): void {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    this.#pending.delete(message.id);
    pending.stopWaiting();
    if (message.kind === 'failed') {
      const { code, message: text, details, retryable } = message.error;
      pending.failed(new AppError(code, text, details, { retryable }));
      return;
    }
    const answer = SIGNER_ASKS[pending.name].answer.safeParse(message.answer);
    if (answer.success) pending.answered(answer.data);
    else pending.failed(unavailable('The process that holds the keys gave an answer that does not fit.'));
  }

  #failAll(error: AppError): void {
    for (const { failed, stopWaiting } of this.#pending.values()) {
      stopWaiting();
      failed(error);
    }
    this.#pending.clear();
  }
}

const unavailable = (message: string, cause?: unknown): AppError =>
  new AppError('SIGNER_UNAVAILABLE', message, {}, { retryable: true, cause });
