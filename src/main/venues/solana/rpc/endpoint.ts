import type { NodeAddress } from './nodeAddress.ts';
import type { NodeFault } from './nodeFault.ts';

/**
 * `unasked` before the first answer, `limited` until the node may be asked again, `failing` after no answer, `behind`
 * after one that was older than what had been seen, `wrongNetwork` for good.
 */
export type EndpointState = 'unasked' | 'healthy' | 'limited' | 'failing' | 'behind' | 'wrongNetwork';

/** For screens and logs: nothing in it is secret. */
export interface EndpointView {
  readonly name: string;
  readonly state: EndpointState;
  /** Whether the pool asks it first. */
  readonly inUse: boolean;
  /** Smoothed over about the last ten answers, ms; null before the first. */
  readonly latencyMs: number | null;
  readonly lastLatencyMs: number | null;
  /** The highest slot that it told. */
  readonly slot: number | null;
  /** How many slots older than the newest its last answer was. */
  readonly slotsBehind: number | null;
  readonly calls: number;
  readonly errors: number;
  /** How long it isn't asked, ms. */
  readonly waitMs: number;
  /** The last fault, also after it has mended. */
  readonly lastError: string | null;
}

/** Share of the newest answer in the smoothed latency. */
const NEWEST_WEIGHT = 0.2;

/** One node: where it is, how it does. It is told what happened and asks nothing itself. */
export class Endpoint {
  readonly address: NodeAddress;
  /** As the address's, told apart from others of the same host. */
  readonly name: string;
  readonly #elapsed: () => number;
  #state: EndpointState = 'unasked';
  #limitedUntil = 0;
  #isKnown = false;
  #latencyMs: number | null = null;
  #lastLatencyMs: number | null = null;
  #slot: number | null = null;
  #lag: number | null = null;
  #roseAt = 0;
  #askedAt = -Infinity;
  #calls = 0;
  #errors = 0;
  #lastError: string | null = null;

  constructor(address: NodeAddress, name: string, elapsed: () => number) {
    this.address = address;
    this.name = name;
    this.#elapsed = elapsed;
  }

  get state(): EndpointState {
    return this.#state;
  }

  /** Whether its genesis hash was the right one, and it hasn't been lost since. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  get latencyMs(): number | null {
    return this.#latencyMs;
  }

  /** How long it still wants to be left alone, ms. */
  get waitMs(): number {
    return this.#state === 'limited' ? Math.max(0, this.#limitedUntil - this.#elapsed()) : 0;
  }

  get askedAgoMs(): number {
    return this.#elapsed() - this.#askedAt;
  }

  /** For how long it has been telling no newer slot, ms. */
  get standsMs(): number {
    return this.#slot === null ? 0 : this.#elapsed() - this.#roseAt;
  }

  know(): void {
    this.#isKnown = true;
  }

  asked(): void {
    this.#calls += 1;
    this.#askedAt = this.#elapsed();
  }

  answered(latencyMs: number): void {
    this.#latencyMs =
      this.#latencyMs === null ? latencyMs : this.#latencyMs + (latencyMs - this.#latencyMs) * NEWEST_WEIGHT;
    this.#lastLatencyMs = latencyMs;
  }

  /** It gave an answer that can be used, which says nothing of its slot. */
  mended(): void {
    // What was asked before it wanted to be left alone may be answered after.
    if (this.#state === 'wrongNetwork' || this.#state === 'behind' || this.waitMs > 0) return;
    this.#state = 'healthy';
  }

  /** Its answer was of a slot that is new enough. */
  caughtUp(): void {
    if (this.#state === 'behind') this.#state = 'healthy';
  }

  sawSlot(slot: number, lag: number): void {
    if (this.#slot === null || slot > this.#slot) {
      this.#slot = slot;
      this.#roseAt = this.#elapsed();
    }
    this.#lag = lag;
  }

  failed(fault: NodeFault): void {
    this.#errors += 1;
    this.#lastError = fault.message;
    if (this.#state === 'wrongNetwork') return;
    switch (fault.kind) {
      case 'outvoted':
      case 'unreachable':
      case 'refused':
      case 'garbled':
        if (fault.kind === 'outvoted') this.#slot = null;
        // What answers there next may be another node.
        this.#isKnown = false;
        this.#state = 'failing';
        break;
      case 'limited':
        this.#limitedUntil = this.#elapsed() + fault.waitMs;
        this.#state = 'limited';
        break;
      case 'behind':
        this.#state = 'behind';
        break;
      case 'wrongNetwork':
        this.#isKnown = false;
        this.#state = 'wrongNetwork';
        break;
      case 'early':
      case 'unable':
        break;
    }
  }

  view(inUse: boolean): EndpointView {
    return {
      name: this.name,
      state: this.#state,
      inUse,
      latencyMs: this.#latencyMs,
      lastLatencyMs: this.#lastLatencyMs,
      slot: this.#slot,
      slotsBehind: this.#lag,
      calls: this.#calls,
      errors: this.#errors,
      waitMs: this.waitMs,
      lastError: this.#lastError,
    };
  }
}
