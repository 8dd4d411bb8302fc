import { AppError } from '../../../shared/contract/appError.ts';
import { ensureNever } from '../../../shared/never.ts';
import type { Dialogue } from '../ceremony/dialogue.ts';
import { PortDialogue, type CeremonyPort } from '../ceremony/portDialogue.ts';
import type { SignerDesk } from './signerDesk.ts';
import {
  SIGNER_ASKS,
  messageToSigner,
  type AskName,
  type AskOf,
  type MessageFromSigner,
  type SignerAnswerOf,
} from './signerMessages.ts';

export interface SignerServiceParts {
  readonly desk: SignerDesk;
  readonly post: (message: MessageFromSigner) => void;
  /** Lends the terminal that the process shares with whoever started it. Throws TERMINAL_REQUIRED. */
  readonly atTerminal: <Done>(hold: (dialogue: Dialogue) => Promise<Done>) => Promise<Done>;
}

/** Answers the program: one message for each that came, and no error with anything of a secret in it. */
export class SignerService {
  readonly #parts: SignerServiceParts;

  constructor(parts: SignerServiceParts) {
    this.#parts = parts;
  }

  async receive(message: unknown, port?: CeremonyPort): Promise<void> {
    const heard = messageToSigner.safeParse(message);
    if (!heard.success) return;
    const { id, name, ask } = heard.data;
    try {
      const answer = await this.#answer(name, ask, port);
      this.#parts.post({ kind: 'answer', id, answer });
    } catch (error) {
      this.#parts.post({ kind: 'failed', id, error: failureOf(error) });
    } finally {
      port?.close();
    }
  }

  async #answer(name: AskName, ask: unknown, port: CeremonyPort | undefined): Promise<unknown> {
    const { desk } = this.#parts;
    switch (name) {
      case 'check':
        await desk.check();
        return {};
      case 'look':
        return desk.look(read(name, ask).addresses);
      case 'select':
        return desk.select(read(name, ask));
      case 'idle':
        desk.idle(read(name, ask).idleMs);
        return {};
      case 'lock':
        desk.lock();
        await desk.cleared;
        return desk.state;
      case 'sleep':
        desk.sleep();
        await desk.cleared;
        return desk.state;
      case 'sign':
        return desk.sign(read(name, ask).message);
      case 'remove':
        return { removed: await desk.remove(read(name, ask).address) };
      case 'ceremony':
        return this.#ceremony(read(name, ask), port);
      default:
        return ensureNever(name);
    }
  }

  async #ceremony(
    { order, at }: AskOf<'ceremony'>,
    port: CeremonyPort | undefined,
  ): Promise<SignerAnswerOf<'ceremony'>> {
    const { desk, atTerminal } = this.#parts;
    if (at === 'terminal') return atTerminal((dialogue) => desk.ceremony(order, dialogue));
    // A key is shown on a terminal only.
    if (port === undefined || order.task.kind === 'export') throw unexpected();
    try {
      const end = await desk.ceremony(order, new PortDialogue(port));
      port.post({ kind: 'end', end });
      return end;
    } catch (error) {
      const { code, message } = failureOf(error);
      port.post({ kind: 'failed', code, message });
      throw error;
    }
  }
}

function read<Name extends AskName>(name: Name, ask: unknown): AskOf<Name> {
  const heard = SIGNER_ASKS[name].ask.safeParse(ask);
  if (!heard.success) throw unexpected();
  return heard.data as AskOf<Name>;
}

const unexpected = (): AppError =>
  new AppError('INTERNAL', 'The signer was asked for something that it does not do.');

type Failure = Extract<MessageFromSigner, { kind: 'failed' }>['error'];

/** What nobody foresaw keeps its kind, and not its words: they may repeat what was being worked on. */
function failureOf(error: unknown): Failure {
  if (error instanceof AppError) {
    const { code, message, details, retryable } = error;
    return { code, message, details: { ...details }, retryable };
  }
  const kind = error instanceof Error ? error.name : typeof error;
  return {
    code: 'INTERNAL',
    message: 'The signer met something unexpected.',
    details: { kind },
    retryable: false,
  };
}
