import type { Bridge } from '../../shared/contract/bridge.ts';
import { Listeners } from './listeners.ts';
import type { ConnectionState, Transport } from './transport.ts';

/** Frames over the desktop's bridge. The program and this window live and die together, so it never waits. */
export class BridgeTransport implements Transport {
  readonly #bridge: Bridge;
  readonly #texts = new Listeners<string>();
  readonly #states = new Listeners<ConnectionState>();
  #state: ConnectionState = { kind: 'connecting' };
  #unsubscribe: (() => void) | undefined;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  connect(): void {
    if (this.#unsubscribe !== undefined) return;
    this.#unsubscribe = this.#bridge.subscribe((text) => this.#texts.tell(text));
    this.#state = { kind: 'open' };
    this.#states.tell(this.#state);
  }

  send(text: string): boolean {
    if (this.#unsubscribe === undefined) return false;
    this.#bridge.send(text);
    return true;
  }

  onText(listener: (text: string) => void): () => void {
    return this.#texts.add(listener);
  }

  onState(listener: (state: ConnectionState) => void): () => void {
    return this.#states.add(listener);
  }

  hurry(): void {
    // It is there already.
  }

  drop(): void {
    // A busy program answers later; there is no other one to connect to.
  }

  close(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }
}
