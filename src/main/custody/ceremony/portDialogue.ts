import { AppError } from '../../../shared/contract/appError.ts';
import {
  CEREMONY_STEPS,
  messageFromWindow,
  type AnswerOf,
  type MessageToWindow,
  type StepName,
  type StepOf,
} from '../../../shared/contract/ceremony.ts';
import type { Dialogue } from './dialogue.ts';

/** One end of a channel, as Electron gives it to a utility process. */
export interface CeremonyPort {
  post(message: MessageToWindow): void;
  /** @param closed told once when the other end is gone */
  listen(heard: (message: unknown) => void, closed: () => void): void;
  close(): void;
}

interface Waiting {
  readonly name: StepName;
  readonly answered: (answer: unknown) => void;
  readonly failed: (error: AppError) => void;
}

/** A ceremony in a window of its own. What doesn't fit the step that was asked is dropped: the window asks again. */
export class PortDialogue implements Dialogue {
  readonly patience = Number.POSITIVE_INFINITY;
  readonly #port: CeremonyPort;
  #waiting: Waiting | undefined;
  #isGone = false;

  constructor(port: CeremonyPort) {
    this.#port = port;
    port.listen(
      (message) => {
        this.#hear(message);
      },
      () => {
        this.#leave();
      },
    );
  }

  ask<Name extends StepName>(name: Name, step: StepOf<Name>): Promise<AnswerOf<Name>> {
    return new Promise((resolve, reject) => {
      if (this.#isGone) {
        reject(left());
        return;
      }
      this.#waiting = {
        name,
        answered: (answer) => {
          resolve(answer as AnswerOf<Name>);
        },
        failed: reject,
      };
      this.#port.post({ kind: 'step', name, step });
    });
  }

  #hear(message: unknown): void {
    const heard = messageFromWindow.safeParse(message);
    if (!heard.success) return;
    if (heard.data.kind === 'cancel') {
      this.#leave();
      return;
    }
    const waiting = this.#waiting;
    if (waiting?.name !== heard.data.name) return wipe(heard.data.answer);
    const answer = CEREMONY_STEPS[waiting.name].answer.safeParse(heard.data.answer);
    if (!answer.success) return wipe(heard.data.answer);
    this.#waiting = undefined;
    waiting.answered(answer.data);
  }

  #leave(): void {
    this.#isGone = true;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.failed(left());
  }
}

const left = (): AppError =>
  new AppError('CANCELLED', 'The window was closed, and nothing was stored or changed.');

/** Zeroes an answer that nobody takes. */
function wipe(answer: unknown): void {
  if (answer instanceof Uint8Array) answer.fill(0);
  else if (typeof answer === 'object' && answer !== null)
    for (const part of Object.values(answer)) wipe(part);
}
