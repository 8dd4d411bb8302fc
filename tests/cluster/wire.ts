import { once } from 'node:events';

import { WebSocket } from 'ws';

interface Frame {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: object;
}

/** A WebSocket to a node, with nothing in between. */
export class Wire {
  readonly #socket: WebSocket;
  readonly closed: Promise<number>;
  #frames: Frame[] = [];
  #waiting: (() => void)[] = [];
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => {
      socket.on('close', resolve);
    });
    socket.on('message', (data) => {
      this.#frames.push(JSON.parse((data as Buffer).toString('utf8')) as Frame);
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const each of waiting) each();
    });
  }

  static async open(url: string): Promise<Wire> {
    const socket = new WebSocket(url);
    const wire = new Wire(socket);
    await once(socket, 'open');
    return wire;
  }

  /** Asks and gives the result; rejects with the error's message. */
  async ask(method: string, ...params: unknown[]): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    const { result, error } = await this.#first((frame) => frame.id === id);
    if (error) throw new Error(error.message);
    return result;
  }

  /** The first notification of a method, heard already or to come. */
  async hears(method: string): Promise<unknown> {
    return (await this.#first((frame) => frame.method === method)).params;
  }

  heard(method: string): Frame[] {
    return this.#frames.filter((frame) => frame.method === method);
  }

  forget(): void {
    this.#frames = [];
  }

  close(): void {
    this.#socket.terminate();
  }

  async #first(fits: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const found = this.#frames.find(fits);
      if (found) return found;
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }
}
