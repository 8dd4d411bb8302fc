import type { WebSocket } from 'ws';
import type { Cancel, Schedule } from '../platform/schedule.ts';

const PING_EVERY_MS = 15_000;
/** Pings without an answer after which nobody is there: 30 s. */
const MOST_UNANSWERED = 2;

/** Finds clients that went without a word, a browser that was killed or a computer behind a tunnel that is gone. */
export class Heartbeat {
  readonly #unanswered = new Map<WebSocket, number>();
  readonly #cancel: Cancel;

  constructor(schedule: Schedule) {
    this.#cancel = schedule.every(PING_EVERY_MS, () => {
      for (const [socket, count] of this.#unanswered) this.#beat(socket, count);
    });
  }

  /** Watches a socket until it closes. */
  watch(socket: WebSocket): void {
    const alive = (): void => {
      this.#unanswered.set(socket, 0);
    };
    alive();
    socket.on('pong', alive);
    socket.on('message', alive);
    socket.once('close', () => {
      socket.off('pong', alive);
      socket.off('message', alive);
      this.#unanswered.delete(socket);
    });
  }

  stop(): void {
    this.#cancel();
  }

  #beat(socket: WebSocket, count: number): void {
    if (count >= MOST_UNANSWERED) {
      socket.terminate();
      return;
    }
    this.#unanswered.set(socket, count + 1);
    if (socket.readyState === socket.OPEN) socket.ping();
  }
}
