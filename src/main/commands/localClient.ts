import { AppError } from '../../shared/contract/appError.ts';
import type { CommandName, PayloadOf, ReplyOf } from '../../shared/contract/commands.ts';
import { serverFrame, type BroadcastFrame, type ResultFrame } from '../../shared/contract/frames.ts';
import { randomId } from '../platform/ids.ts';
import type { Carrier, Session } from './carrier.ts';

/** A client in the program's own process, such as the terminal: the same frames as everyone's, carried by a call. */
export class LocalClient {
  readonly #session: Session;
  readonly #waiting = new Map<string, (result: ResultFrame) => void>();

  /** @param heard told of every broadcast */
  constructor(connect: (carrier: Carrier) => Session, heard: (frame: BroadcastFrame) => void) {
    this.#session = connect({
      send: (text) => {
        const frame = serverFrame.parse(JSON.parse(text));
        // Nobody in this process subscribes to a market: the figures that it shows are broadcast.
        if (frame.type === 'MARKET_DATA') return;
        if (frame.type !== 'COMMAND_RESULT') heard(frame);
        else if (frame.status !== 'accepted') this.#waiting.get(frame.id)?.(frame);
      },
      waitingBytes: 0,
      close: () => undefined,
    });
  }

  /** The reply of a command; throws its error as an AppError. */
  async command<Name extends CommandName>(name: Name, payload: PayloadOf<Name>): Promise<ReplyOf<Name>> {
    const id = randomId();
    const result = await new Promise<ResultFrame>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#session.receive(JSON.stringify({ id, command: name, payload }));
    });
    this.#waiting.delete(id);
    if (result.status === 'error') {
      const { code, message, details } = result.error;
      throw new AppError(code, message, details);
    }
    // The program has checked it against the command's own schema.
    return (result.status === 'ok' ? result.data : undefined) as ReplyOf<Name>;
  }

  close(): void {
    this.#session.ended();
  }
}
