import type { WebSocket } from 'ws';
import { CLOSE_CODES, type Carrier, type CloseReason } from '../commands/carrier.ts';
import type { Schedule } from '../platform/schedule.ts';

/** How long a client may take to say goodbye in its turn: one that doesn't read at all never would. */
const FAREWELL_MS = 2_000;

/** Frames to one client, over its socket. */
export class SocketCarrier implements Carrier {
  readonly #socket: WebSocket;
  readonly #schedule: Schedule;

  constructor(socket: WebSocket, schedule: Schedule) {
    this.#socket = socket;
    this.#schedule = schedule;
  }

  send(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    // A failed write ends the socket, and its `close` is where that is dealt with.
    this.#socket.send(text, () => undefined);
  }

  get waitingBytes(): number {
    return this.#socket.bufferedAmount;
  }

  close(reason: CloseReason): void {
    closeSocket(this.#socket, CLOSE_CODES[reason], reason, this.#schedule);
  }
}

/** Says goodbye, and hangs up where no answer comes. */
export function closeSocket(socket: WebSocket, code: number, reason: string, schedule: Schedule): void {
  if (socket.readyState === socket.CLOSED) return;
  // One that is closing already may never come to an end by itself.
  if (socket.readyState === socket.OPEN) socket.close(code, reason);
  const cancel = schedule.after(FAREWELL_MS, () => {
    socket.terminate();
  });
  socket.once('close', cancel);
}
