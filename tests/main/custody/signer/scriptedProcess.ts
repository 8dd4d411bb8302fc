import type { SignerProcess } from '../../../../src/main/custody/signer/signerProcess.ts';
import type { MessageToSigner } from '../../../../src/main/custody/signer/signerMessages.ts';

/** A signer's process that says what a test wants, in place of one that can't be made to misbehave. */
export class ScriptedProcess implements SignerProcess {
  readonly posted: MessageToSigner[] = [];
  readonly ports: unknown[] = [];
  isKilled = false;
  /** Set by a test: told of every message. */
  heard: ((message: unknown) => void) | undefined;
  /** Set by a test: it hears no signal. */
  isStuck = false;
  /** Set by a test: nothing can be sent to it. */
  isDeaf = false;
  #heard: (message: unknown) => void = () => undefined;
  #ended: (code: number) => void = () => undefined;

  post(message: unknown): void {
    if (this.isDeaf) throw new Error('the channel is closed');
    this.posted.push(message as MessageToSigner);
    this.heard?.(message);
  }

  postPort(message: unknown, port: unknown): void {
    this.post(message);
    this.ports.push(port);
  }

  onMessage(heard: (message: unknown) => void): void {
    this.#heard = heard;
  }

  onExit(heard: (code: number) => void): void {
    this.#ended = heard;
  }

  kill(): void {
    this.isKilled = true;
    if (!this.isStuck) this.#ended(143);
  }

  /** It says something. */
  say(message: unknown): void {
    this.#heard(message);
  }

  /** It answers the last question. */
  answer(answer: unknown): void {
    this.say({ kind: 'answer', id: this.posted.at(-1)?.id, answer });
  }

  die(code: number): void {
    this.#ended(code);
  }
}
