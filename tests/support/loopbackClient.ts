import { createHmac, randomBytes, randomUUID } from 'node:crypto';

import { WebSocket, type RawData } from 'ws';

import {
  resultFrame,
  serverFrame,
  type ResultFrame,
  type ServerFrame,
} from '../../src/shared/contract/frames.ts';
import { helloFrame, welcomeFrame, type HelloFrame } from '../../src/shared/contract/handshake.ts';

/** Far above what an answer takes; SOS alone may take 15 s. */
const PATIENCE_MS = 20_000;

export interface KnockOptions {
  readonly port: number;
  /** What the browser would say; the page's own unless told otherwise, null for none. */
  readonly origin?: string | null;
  readonly path?: string;
  readonly host?: string;
}

export interface ClientOptions extends KnockOptions {
  readonly key: string;
}

/** How a connection ended, as the client sees it: 1006 where nobody said goodbye. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A socket that has not proved anything yet. */
export interface Knock {
  readonly socket: WebSocket;
  /** The server's first frame; rejects with `status NNN` where the upgrade was refused. */
  readonly hello: Promise<HelloFrame>;
  /** Texts as they came, the HELLO first. */
  readonly heard: readonly string[];
  /** Resolves however the connection ends, also where it never began. */
  readonly closed: Promise<Closed>;
}

/** A client that has been let in, and the frames that it hears. */
export interface LoopbackClient {
  readonly socket: WebSocket;
  readonly instanceId: string;
  /** Everything heard so far, in order; each fits the contract. */
  readonly frames: readonly ServerFrame[];
  /** What came that doesn't fit the contract. A test that looks at frames asserts that this is empty. */
  readonly misfits: readonly string[];
  readonly closed: Promise<Closed>;
  /** Sends a command; resolves with its last result, `ok` or `error`. */
  command(name: string, payload?: unknown, id?: string): Promise<ResultFrame>;
  /** Every result heard under an id: `accepted` may stand before the last. */
  results(id: string): readonly ResultFrame[];
  /** Sends whatever: text as a text frame, bytes as a binary one. Resolves when it has left. */
  send(frame: string | Buffer): Promise<void>;
  /** The first frame that fits, among those heard already or to come. Rejects when the connection ends without it. */
  hears(fits: (frame: ServerFrame) => boolean, what?: string): Promise<ServerFrame>;
  /** The same, of those to come only. */
  next(fits: (frame: ServerFrame) => boolean, what?: string): Promise<ServerFrame>;
  /** Forgets the frames heard so far. */
  forget(): void;
  /** Stops reading, as a slow client does, and reads on. */
  pause(): void;
  resume(): void;
  /** Says goodbye; resolves when both sides have. */
  close(): Promise<Closed>;
  /** Hangs up without a word. */
  terminate(): void;
}

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');

/** A client's AUTH to a HELLO, as the contract has it, word by word. */
export function authTo(hello: HelloFrame, key: string): { text: string; expects: string } {
  const nonce = randomBytes(32).toString('hex');
  const proof = hmac(key, `client:${hello.nonce}:${nonce}`);
  return {
    text: JSON.stringify({ type: 'AUTH', nonce, proof }),
    expects: hmac(key, `server:${nonce}:${hello.nonce}`),
  };
}

/** Opens a socket and waits for what the server says first. */
export function knock({
  port,
  origin = `http://127.0.0.1:${port}`,
  path = '/ws',
  host,
}: KnockOptions): Knock {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
    perMessageDeflate: false,
    headers: {
      ...(origin === null ? {} : { Origin: origin }),
      ...(host === undefined ? {} : { Host: host }),
    },
  });
  const heard: string[] = [];
  socket.on('message', (data: RawData) => heard.push((data as Buffer).toString('utf8')));
  const closed = new Promise<Closed>((resolve) => {
    socket.once('close', (code, reason) => {
      resolve({ code, reason: reason.toString('utf8') });
    });
  });
  const hello = new Promise<HelloFrame>((resolve, reject) => {
    socket.once('message', (data: RawData) => {
      resolve(helloFrame.parse(JSON.parse((data as Buffer).toString('utf8'))));
    });
    socket.once('unexpected-response', (_request, response) => {
      reject(new Error(`status ${response.statusCode}`));
      socket.terminate();
    });
    socket.on('error', reject);
    socket.once('close', (code) => {
      reject(new Error(`closed with ${code} before HELLO`));
    });
  });
  // Not everyone who knocks looks at the answer.
  hello.catch(() => undefined);
  return { socket, hello, heard, closed };
}

/** Connects, proves the key, and checks the server's proof. Rejects where either side is not believed. */
export async function connectClient(options: ClientOptions): Promise<LoopbackClient> {
  const { socket, hello, closed } = knock(options);
  const { text, expects } = authTo(await hello, options.key);
  const answer = new Promise<string>((resolve, reject) => {
    socket.once('message', (data: RawData) => {
      resolve((data as Buffer).toString('utf8'));
    });
    closed.then(({ code }) => {
      reject(new Error(`closed with ${code} before WELCOME`));
    }, reject);
  });
  // The frames that follow WELCOME may come with it, so they are listened for before it is looked at.
  const client = new Client(socket, closed);
  socket.send(text);
  const welcome = welcomeFrame.parse(JSON.parse(await answer));
  if (welcome.proof !== expects) {
    socket.terminate();
    throw new Error('the server does not know the key');
  }
  client.instanceId = welcome.instanceId;
  return client;
}

interface Wait {
  readonly fits: (frame: ServerFrame) => boolean;
  readonly resolve: (frame: ServerFrame) => void;
  readonly reject: (error: Error) => void;
}

class Client implements LoopbackClient {
  instanceId = '';
  readonly socket: WebSocket;
  readonly closed: Promise<Closed>;
  readonly misfits: string[] = [];
  #frames: ServerFrame[] = [];
  readonly #waits = new Set<Wait>();
  #gone: Error | undefined;
  #isWelcomed = false;

  constructor(socket: WebSocket, closed: Promise<Closed>) {
    this.socket = socket;
    this.closed = closed;
    socket.on('message', (data: RawData) => {
      this.#hear((data as Buffer).toString('utf8'));
    });
    socket.once('close', (code, reason) => {
      this.#gone = new Error(`the connection ended with ${code} ${reason.toString('utf8')}`);
      for (const wait of this.#waits) wait.reject(this.#gone);
    });
  }

  get frames(): readonly ServerFrame[] {
    return this.#frames;
  }

  async command(name: string, payload: unknown = {}, id: string = randomUUID()): Promise<ResultFrame> {
    const last = this.next(
      (frame) => frame.type === 'COMMAND_RESULT' && frame.id === id && frame.status !== 'accepted',
      `the result of ${name}`,
    );
    // Whoever can't send won't hear either, and that is the error that says why.
    this.send(JSON.stringify({ id, command: name, payload })).catch(() => undefined);
    return resultFrame.parse(await last);
  }

  results(id: string): readonly ResultFrame[] {
    return this.#frames.filter(
      (frame): frame is ResultFrame => frame.type === 'COMMAND_RESULT' && frame.id === id,
    );
  }

  send(frame: string | Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.send(frame, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }

  hears(fits: (frame: ServerFrame) => boolean, what = 'a frame'): Promise<ServerFrame> {
    const already = this.#frames.find(fits);
    return already === undefined ? this.next(fits, what) : Promise.resolve(already);
  }

  next(fits: (frame: ServerFrame) => boolean, what = 'a frame'): Promise<ServerFrame> {
    if (this.#gone) return Promise.reject(new Error(`${what} never came: ${this.#gone.message}`));
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#waits.delete(wait);
      };
      const wait: Wait = {
        fits,
        resolve: (frame) => {
          settle();
          resolve(frame);
        },
        reject: ({ message }) => {
          settle();
          reject(new Error(`${what} never came: ${message}`));
        },
      };
      const timer = setTimeout(() => {
        wait.reject(new Error(`waited ${PATIENCE_MS / 1_000} s`));
      }, PATIENCE_MS);
      this.#waits.add(wait);
    });
  }

  forget(): void {
    this.#frames = [];
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  close(): Promise<Closed> {
    this.socket.close(1000);
    return this.closed;
  }

  terminate(): void {
    this.socket.terminate();
  }

  #hear(text: string): void {
    // The first one is WELCOME, and looked at elsewhere.
    if (!this.#isWelcomed) {
      this.#isWelcomed = true;
      return;
    }
    const frame = fitting(text);
    if (frame === undefined) {
      this.misfits.push(text);
      return;
    }
    this.#frames.push(frame);
    for (const wait of this.#waits) if (wait.fits(frame)) wait.resolve(frame);
  }
}

function fitting(text: string): ServerFrame | undefined {
  try {
    return serverFrame.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
