import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Program } from '../app.ts';
import type { Session } from '../commands/carrier.ts';
import type { Schedule } from '../platform/schedule.ts';
import { HANDSHAKE_CLOSE_CODES, HANDSHAKE_MS, Handshake } from './handshake.ts';
import { SocketCarrier, closeSocket } from './socketCarrier.ts';

/** Far more pages than anyone opens at once; every one of them may cost memory without having proved anything. */
const MOST_WAITING = 2_000;
/** An AUTH is a tenth of it. Whoever sends more before it costs memory without having proved anything. */
const MOST_BEFORE_AUTH_BYTES = 4_096;
/** What a binary frame is for the program: a frame that is no JSON. */
const NO_TEXT = '';

/** Lets sockets in that prove the key, and passes their frames to the program from then on. */
export class Door {
  readonly #program: Program;
  readonly #key: string;
  readonly #schedule: Schedule;
  #waiting = 0;

  constructor(program: Program, key: string, schedule: Schedule) {
    this.#program = program;
    this.#key = key;
    this.#schedule = schedule;
  }

  /** Begins the challenge on a fresh socket. @param connection what carries it */
  greet(socket: WebSocket, connection: Duplex): void {
    if (this.#waiting >= MOST_WAITING) {
      this.#refuse(socket, 'tryAgainLater');
      return;
    }
    const handshake = new Handshake(this.#key);
    this.#waiting += 1;
    const tooLate = this.#schedule.after(HANDSHAKE_MS, () => {
      this.#refuse(socket, 'tooLate');
    });
    let heard = 0;
    const count = (bytes: Buffer): void => {
      heard += bytes.length;
      if (heard > MOST_BEFORE_AUTH_BYTES) socket.terminate();
    };
    connection.on('data', count);
    const settled = (): void => {
      tooLate();
      connection.off('data', count);
      socket.off('close', settled);
      this.#waiting -= 1;
    };
    socket.once('close', settled);
    socket.once('message', (data: RawData, isBinary: boolean) => {
      settled();
      if (socket.readyState !== socket.OPEN) return;
      const welcome = isBinary ? undefined : handshake.welcome(textOf(data), this.#program.instanceId);
      if (welcome === undefined) this.#refuse(socket, 'unauthorized');
      else this.#letIn(socket, welcome);
    });
    socket.send(handshake.hello, () => undefined);
  }

  #letIn(socket: WebSocket, welcome: string): void {
    const carrier = new SocketCarrier(socket, this.#schedule);
    carrier.send(welcome);
    const session = this.#connected(carrier);
    if (session === undefined) return;
    socket.on('message', (data: RawData, isBinary: boolean) => {
      // A socket that is being closed may still bring what was under way; nobody would hear the answer.
      if (socket.readyState === socket.OPEN) session.receive(isBinary ? NO_TEXT : textOf(data));
    });
    socket.once('close', () => {
      session.ended();
    });
  }

  /** The program may refuse while it closes. */
  #connected(carrier: SocketCarrier): Session | undefined {
    try {
      return this.#program.connect(carrier);
    } catch (error) {
      this.#program.log.warn('a client could not be connected', { error });
      carrier.close('goingAway');
      return undefined;
    }
  }

  #refuse(socket: WebSocket, why: keyof typeof HANDSHAKE_CLOSE_CODES): void {
    closeSocket(socket, HANDSHAKE_CLOSE_CODES[why], why, this.#schedule);
  }
}

/** A whole message is one Buffer, as long as nobody sets `binaryType`. */
const textOf = (data: RawData): string =>
  Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.concat([data].flat() as Buffer[]).toString('utf8');
