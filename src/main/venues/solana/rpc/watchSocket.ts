import { WebSocket, type RawData } from 'ws';

import type { Cancel, Schedule } from '../../../platform/schedule.ts';
import type { Target } from './nodeAddress.ts';
import { socketMessageOf, type SocketMessage } from './socketMessage.ts';

const BEAT_MS = 5_000;
/** Three pings without an answer, and without any other word. */
const SILENT_MS = 15_000;
/** A cluster that makes no slot for so long stands still, or the node does. */
const STUCK_MS = 30_000;
const READY_MS = 5_000;
const MOST_BYTES = 16 * 1024 * 1024;
/** The request of the heartbeat; accounts count from the next number. */
const SLOT_REQUEST = 0;

export interface WatchSocketOptions {
  readonly target: Target;
  readonly schedule: Schedule;
  /** Ms of a clock that never goes back. */
  readonly elapsed: () => number;
  /** Every subscription stands. */
  readonly onReady: () => void;
  readonly onChange: (address: string, slot: number) => void;
  readonly onSlot: (slot: number) => void;
  /** Once, and the last that is heard: `why` has no secret in it. */
  readonly onEnd: (why: string) => void;
}

/** One socket to one node, with a subscription for each address and one to slots as its heartbeat. */
export class WatchSocket {
  readonly #options: WatchSocketOptions;
  readonly #socket: WebSocket;
  readonly #cancels: Cancel[];
  /** By the number of the request. */
  readonly #asked = new Map<number, string>();
  /** By the number that the node gave. */
  readonly #subscribed = new Map<number, string>();
  #addresses: ReadonlySet<string>;
  #lastRequest = SLOT_REQUEST;
  #heardAt: number;
  /** Undefined where the node tells no slots. */
  #slotAt: number | undefined;
  #isReady = false;
  #hasEnded = false;

  constructor(addresses: ReadonlySet<string>, options: WatchSocketOptions) {
    const { target, schedule, elapsed } = options;
    this.#options = options;
    this.#addresses = addresses;
    this.#heardAt = elapsed();
    const socket = new WebSocket(target.url, {
      headers: target.headers,
      maxPayload: MOST_BYTES,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    this.#cancels = [
      schedule.after(READY_MS, () => {
        if (!this.#isReady) this.#end('no subscription in time');
      }),
      schedule.every(BEAT_MS, () => {
        this.#beat();
      }),
    ];
    // A watch is no reason for the process to stay.
    socket.once('upgrade', (response) => response.socket.unref());
    socket.once('open', () => {
      this.#subscribeAll();
    });
    socket.on('message', (data) => {
      this.#hear(data);
    });
    socket.on('pong', () => {
      this.#heardAt = elapsed();
    });
    socket.on('error', () => {
      this.#end('the connection failed');
    });
    socket.on('close', (code) => {
      this.#end(`the connection was closed (${code})`);
    });
  }

  /** Watches these from now on, and no others. */
  watch(addresses: ReadonlySet<string>): void {
    const before = this.#addresses;
    this.#addresses = addresses;
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    for (const address of addresses) if (!before.has(address)) this.#subscribe(address);
    for (const [subscription, address] of this.#subscribed)
      if (!addresses.has(address)) this.#drop(subscription);
  }

  close(why = 'it was closed'): void {
    this.#end(why);
  }

  #subscribeAll(): void {
    this.#heardAt = this.#options.elapsed();
    this.#send(SLOT_REQUEST, 'slotSubscribe', []);
    for (const address of this.#addresses) this.#subscribe(address);
    this.#becomeReady();
  }

  #subscribe(address: string): void {
    this.#lastRequest += 1;
    this.#asked.set(this.#lastRequest, address);
    this.#send(this.#lastRequest, 'accountSubscribe', [
      address,
      { encoding: 'base64', commitment: 'confirmed' },
    ]);
  }

  #drop(subscription: number): void {
    this.#subscribed.delete(subscription);
    this.#lastRequest += 1;
    this.#send(this.#lastRequest, 'accountUnsubscribe', [subscription]);
  }

  #send(id: number, method: string, params: readonly unknown[]): void {
    // A failed write ends the socket, and its `close` is where that is dealt with.
    this.#socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }), () => undefined);
  }

  #hear(data: RawData): void {
    if (this.#hasEnded) return;
    this.#heardAt = this.#options.elapsed();
    const message = socketMessageOf((data as Buffer).toString());
    if (message === undefined) return;
    if ('method' in message) this.#notify(message);
    else this.#answer(message);
  }

  #notify(message: Extract<SocketMessage, { readonly method: string }>): void {
    if (message.method === 'slotNotification') {
      this.#slotAt = this.#options.elapsed();
      this.#options.onSlot(message.params.result.slot);
      return;
    }
    const { subscription, result } = message.params;
    const address = this.#subscribed.get(subscription);
    if (address !== undefined) this.#options.onChange(address, result.context.slot);
  }

  #answer(message: Extract<SocketMessage, { readonly id: number }>): void {
    if (message.id === SLOT_REQUEST) {
      if ('result' in message) this.#slotAt = this.#options.elapsed();
      return;
    }
    const address = this.#asked.get(message.id);
    if (address === undefined) return;
    this.#asked.delete(message.id);
    if (!('result' in message) || typeof message.result !== 'number') {
      this.#end('it refuses a subscription');
      return;
    }
    this.#subscribed.set(message.result, address);
    if (!this.#addresses.has(address)) this.#drop(message.result);
    this.#becomeReady();
  }

  #becomeReady(): void {
    if (this.#isReady || this.#asked.size > 0) return;
    this.#isReady = true;
    this.#options.onReady();
  }

  #beat(): void {
    const now = this.#options.elapsed();
    if (now - this.#heardAt > SILENT_MS) this.#end('it is silent');
    else if (this.#slotAt !== undefined && now - this.#slotAt > STUCK_MS) this.#end('its slots stand still');
    else if (this.#socket.readyState === WebSocket.OPEN) this.#socket.ping();
  }

  #end(why: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    for (const cancel of this.#cancels) cancel();
    this.#socket.terminate();
    this.#options.onEnd(why);
  }
}
