import {
  CEREMONY_STEPS,
  messageToWindow,
  type MessageFromWindow,
  type MessageToWindow,
  type StepName,
} from '../../shared/contract/ceremony.ts';
import { zero } from './secretText.ts';

/** What the signer says, once it is known to fit the contract. */
export type Heard = MessageToWindow;
type Failed = Extract<Heard, { kind: 'failed' }>;

const SIGNER_GONE: Failed = {
  kind: 'failed',
  code: 'SIGNER_UNAVAILABLE',
  message: 'The process that holds the keys has ended.',
};
const NOT_UNDERSTOOD: Failed = {
  kind: 'failed',
  code: 'INTERNAL',
  message: 'The process that holds the keys asked for something that this window does not know.',
};

/** The talk with the signer over its port. It is over with an end, a failure, or when the signer is gone. */
export class Conversation {
  readonly #port: MessagePort;
  readonly #heard: (heard: Heard) => void;
  #isOver = false;

  constructor(port: MessagePort, heard: (heard: Heard) => void) {
    this.#port = port;
    this.#heard = heard;
    port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      this.#receive(data);
    });
    port.addEventListener('close', () => {
      this.#tell(SIGNER_GONE);
    });
    port.start();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Bytes in the answer are zeroed once they are on their way. */
  answer(name: StepName, answer: unknown): void {
    this.#send({ kind: 'answer', name, answer });
    zero(answer);
  }

  cancel(): void {
    if (!this.#isOver) this.#send({ kind: 'cancel' });
    this.#isOver = true;
  }

  #send(message: MessageFromWindow): void {
    this.#port.postMessage(message, []);
  }

  #receive(data: unknown): void {
    const message = messageToWindow.safeParse(data);
    if (!message.success) return this.#giveUp();
    const { data: heard } = message;
    if (heard.kind === 'step' && !CEREMONY_STEPS[heard.name].step.safeParse(heard.step).success)
      return this.#giveUp();
    this.#tell(heard);
  }

  /** Goes no further with a signer that speaks another language. */
  #giveUp(): void {
    if (this.#isOver) return;
    this.#send({ kind: 'cancel' });
    this.#tell(NOT_UNDERSTOOD);
  }

  #tell(heard: Heard): void {
    if (this.#isOver) return;
    this.#isOver = heard.kind !== 'step';
    this.#heard(heard);
  }
}
