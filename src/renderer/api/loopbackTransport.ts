import { retryDelayMs } from './backoff.ts';
import { answerHello, isWelcome, newNonce } from './handshake.ts';
import { Listeners } from './listeners.ts';
import type { OpenSocket, Socket } from './socket.ts';
import type { Timers } from './timers.ts';
import type { ConnectionState, RefusalReason, Transport } from './transport.ts';

/** A handshake that takes longer hangs: a stalled network says nothing. */
const HANDSHAKE_MS = 5_000;
/** A proof is refused once where the program was just restarted with another key; twice in a row is a wrong key. */
const REFUSALS_TO_BELIEVE = 2;
/** What the program closes with on a proof that is wrong. */
const WRONG_PROOF = 4001;
/** Another program on the port may make way for the right one: that is looked after now and then. */
const STRANGER_RETRY_MS = 30_000;

type Phase =
  | { readonly kind: 'hello' }
  | { readonly kind: 'auth'; readonly clientNonce: string; readonly serverNonce: string }
  | { readonly kind: 'welcomed' };

/** Frames over a WebSocket on this machine, after both sides have proved that they know the key. */
export class LoopbackTransport implements Transport {
  readonly #open: OpenSocket;
  readonly #timers: Timers;
  readonly #texts = new Listeners<string>();
  readonly #states = new Listeners<ConnectionState>();
  readonly #key: string | undefined;
  #state: ConnectionState = { kind: 'connecting' };
  #socket: Socket | undefined;
  #callOffRetry: (() => void) | undefined;
  #failures = 0;
  #refusals = 0;

  constructor(key: string | undefined, open: OpenSocket, timers: Timers) {
    this.#key = key;
    this.#open = open;
    this.#timers = timers;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  connect(): void {
    const key = this.#key;
    if (key === undefined) return this.#refuse('noKey');
    if (this.#socket !== undefined) return;
    this.#callOffRetry?.();
    this.#callOffRetry = undefined;
    this.#begin(key);
  }

  send(text: string): boolean {
    if (this.#state.kind !== 'open' || this.#socket === undefined) return false;
    this.#socket.send(text);
    return true;
  }

  onText(listener: (text: string) => void): () => void {
    return this.#texts.add(listener);
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    return this.#states.add(listener);
  }

  hurry(): void {
    if (this.#callOffRetry === undefined) return;
    this.#failures = 0;
    this.connect();
  }

  drop(): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#gone();
    socket.close();
  }

  close(): void {
    this.#callOffRetry?.();
    this.#callOffRetry = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #begin(key: string): void {
    let phase: Phase = { kind: 'hello' };
    // Frames are taken one after the other, though checking a proof takes a moment.
    let turn: Promise<void> = Promise.resolve();
    const socket: Socket = this.#open({
      onText: (text) => {
        if (this.#socket !== socket) return;
        if (phase.kind === 'welcomed') return this.#texts.tell(text);
        turn = turn.then(async () => {
          if (this.#socket === socket) phase = await this.#shake(socket, key, phase, text);
        });
      },
      onClose: (code) => {
        callOffHang();
        if (this.#socket === socket) this.#gone(code);
      },
    });
    this.#socket = socket;
    const callOffHang = this.#timers.after(HANDSHAKE_MS, () => {
      if (this.#socket !== socket || phase.kind === 'welcomed') return;
      this.drop();
    });
  }

  async #shake(socket: Socket, key: string, phase: Phase, text: string): Promise<Phase> {
    switch (phase.kind) {
      case 'hello': {
        const clientNonce = newNonce();
        const answer = await answerHello(text, key, clientNonce);
        if (answer.kind === 'auth') {
          socket.send(JSON.stringify(answer.frame));
          return { kind: 'auth', clientNonce, serverNonce: answer.serverNonce };
        }
        this.#refuse(answer.kind === 'protocol' ? 'protocol' : 'notTheServer');
        return phase;
      }
      case 'auth':
        if (await isWelcome(text, key, phase.clientNonce, phase.serverNonce)) {
          this.#failures = 0;
          this.#refusals = 0;
          this.#become({ kind: 'open' });
          return { kind: 'welcomed' };
        }
        this.#refuse('notTheServer');
        return phase;
      case 'welcomed':
        this.#texts.tell(text);
        return phase;
    }
  }

  /** The socket is closed, or given up. Only its code says that the key is wrong: networks break in every phase. */
  #gone(code?: number): void {
    this.#socket = undefined;
    this.#refusals = code === WRONG_PROOF ? this.#refusals + 1 : 0;
    if (this.#refusals >= REFUSALS_TO_BELIEVE) return this.#refuse('wrongKey');
    // Only a stranger on the port is tried again after it was turned down.
    if (this.#state.kind === 'refused') return this.#retryIn(STRANGER_RETRY_MS);
    if (this.#state.kind !== 'lost') this.#become({ kind: 'lost', since: this.#timers.now() });
    this.#retryIn(retryDelayMs(this.#failures));
    this.#failures += 1;
  }

  #refuse(reason: RefusalReason): void {
    this.#become({ kind: 'refused', reason });
    this.close();
    if (reason === 'notTheServer') this.#retryIn(STRANGER_RETRY_MS);
  }

  #retryIn(ms: number): void {
    this.#callOffRetry = this.#timers.after(ms, () => {
      this.#callOffRetry = undefined;
      this.connect();
    });
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    this.#states.tell(state);
  }
}
