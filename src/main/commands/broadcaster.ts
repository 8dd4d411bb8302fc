import type { BroadcastFrame } from '../../shared/contract/frames.ts';
import { engineStatusData, type EngineStatusData } from '../../shared/contract/engineStatus.ts';
import { fundingUpdateData, type FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import { FUNDING_UPDATE_EVERY_MS, MAX_WAITING_BYTES } from '../../shared/contract/protocol.ts';
import { Bell } from '../platform/bell.ts';
import type { Carrier } from './carrier.ts';

/** With more than this on its way, a client is slow: of what newer replaces, it gets the newest once it has caught up. */
const SLOW_BYTES = 64 * 1024;
/** Figures are sent again so often although nothing has changed: a client knows from it that the line is alive. */
const HEARTBEAT_MS = 1_000;

export interface BroadcasterParts {
  readonly instanceId: string;
  /** Null while there are none. */
  readonly funding: () => FundingUpdateData | null;
  /** Logs what nobody expected. */
  readonly explain: (error: unknown) => unknown;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
}

/** A client as whoever speaks to it unasked sees it. */
export class Listener {
  readonly carrier: Carrier;
  /** The number of the last broadcast. */
  seq = 0;
  /** Whether newer figures wait for it. */
  behind = false;

  constructor(carrier: Carrier) {
    this.carrier = carrier;
  }

  /** Whether it has not read what it was sent, and more would only wait. */
  get isSlow(): boolean {
    return this.carrier.waitingBytes > SLOW_BYTES;
  }

  /** Sends, and closes a client that reads too slowly: nothing that was said may be left out for it. */
  send(text: string): void {
    this.carrier.send(text);
    if (this.carrier.waitingBytes > MAX_WAITING_BYTES) this.carrier.close('tooSlow');
  }
}

/**
 * Says to everyone what the engine says unasked. Events go out at once and are never left out; of figures a client gets
 * the newest, at most ten times a second, and fewer where it reads slowly.
 */
export class Broadcaster {
  readonly #parts: BroadcasterParts;
  readonly #listeners = new Set<Listener>();
  readonly #bell = new Bell();
  readonly #loop: Promise<void>;
  #changed = false;
  #closed = false;

  constructor(parts: BroadcasterParts) {
    this.#parts = parts;
    this.#loop = this.#work();
  }

  get connections(): number {
    return this.#listeners.size;
  }

  add(listener: Listener): void {
    this.#listeners.add(listener);
  }

  remove(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  /** Figures may have changed. */
  changed(): void {
    if (this.#changed) return;
    this.#changed = true;
    this.#bell.ring();
  }

  status(data: EngineStatusData, timestamp: number): void {
    const body = JSON.stringify(engineStatusData.parse(data));
    for (const listener of this.#listeners) this.#send(listener, 'ENGINE_STATUS', timestamp, body);
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#bell.ring();
    await this.#loop;
    for (const { carrier } of this.#listeners) carrier.close('goingAway');
    this.#listeners.clear();
  }

  async #work(): Promise<void> {
    let sentAt = Number.NEGATIVE_INFINITY;
    for (;;) {
      const idle = this.#parts.elapsed() - sentAt;
      const wait = (this.#waits() ? FUNDING_UPDATE_EVERY_MS : HEARTBEAT_MS) - idle;
      if (wait > 0) await this.#bell.wait(wait);
      if (this.#closed) return;
      const since = this.#parts.elapsed() - sentAt;
      if (since < FUNDING_UPDATE_EVERY_MS || (!this.#waits() && since < HEARTBEAT_MS)) continue;
      this.#changed = false;
      sentAt = this.#parts.elapsed();
      this.#tryFigures();
    }
  }

  /** Whether somebody should have newer figures. */
  #waits(): boolean {
    if (this.#changed) return true;
    for (const { behind } of this.#listeners) if (behind) return true;
    return false;
  }

  /** What can't be said this time may be said the next: the loop goes on. */
  #tryFigures(): void {
    try {
      this.#figures();
    } catch (error) {
      this.#parts.explain(error);
    }
  }

  #figures(): void {
    if (this.#listeners.size === 0) return;
    const data = fundingUpdateData.nullable().parse(this.#parts.funding());
    if (data === null) return;
    const body = JSON.stringify(data);
    for (const listener of this.#listeners) {
      listener.behind = listener.isSlow;
      if (!listener.behind) this.#send(listener, 'FUNDING_UPDATE', data.timestamp, body);
    }
  }

  #send(listener: Listener, type: BroadcastFrame['type'], timestamp: number, body: string): void {
    listener.seq += 1;
    const head = JSON.stringify({
      type,
      instanceId: this.#parts.instanceId,
      seq: listener.seq,
      sentAt: this.#parts.now(),
      timestamp,
    });
    // The body is the same for everyone: it is written out once.
    listener.send(`${head.slice(0, -1)},"data":${body}}`);
  }
}
