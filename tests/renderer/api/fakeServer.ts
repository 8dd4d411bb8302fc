import { createHmac } from 'node:crypto';
import type { OpenSocket, SocketEvents } from '../../../src/renderer/api/socket.ts';

/** The program's end of the handshake, with node's own HMAC; sockets that a test opens, answers and breaks. */
export class FakeServer {
  readonly key: string;
  /** Every socket that was opened, the latest last. */
  readonly sockets: FakeSocket[] = [];

  constructor(key: string) {
    this.key = key;
  }

  readonly open: OpenSocket = (events) => {
    const socket = new FakeSocket(events);
    this.sockets.push(socket);
    return socket;
  };

  get latest(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  }

  /** Says HELLO, checks the page's proof and lets it in. Returns whether the proof was right. */
  async welcome(socket = this.latest, ownKey = this.key): Promise<boolean> {
    const serverNonce = 'ab'.repeat(32);
    socket.events.onText(JSON.stringify({ type: 'HELLO', protocol: 1, nonce: serverNonce }));
    const auth = JSON.parse(await socket.next()) as { nonce: string; proof: string };
    const right = hmac(this.key, `client:${serverNonce}:${auth.nonce}`) === auth.proof;
    const proof = hmac(ownKey, `server:${auth.nonce}:${serverNonce}`);
    socket.events.onText(JSON.stringify({ type: 'WELCOME', proof, instanceId: 'instance' }));
    await settle();
    return right;
  }
}

export class FakeSocket {
  readonly events: SocketEvents;
  readonly sent: string[] = [];
  closed = false;

  constructor(events: SocketEvents) {
    this.events = events;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closed = true;
  }

  /** The next thing that the page says. */
  async next(): Promise<string> {
    for (let tries = 0; tries < 200; tries += 1) {
      const text = this.sent.shift();
      if (text !== undefined) return text;
      await settle(1);
    }
    throw new Error('the page says nothing');
  }
}

/** Lets WebCrypto and promises finish. */
export const settle = (ms = 20): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');
