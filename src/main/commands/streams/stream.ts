import type { MarketDataFrame } from '../../../shared/contract/frames.ts';
import { marketDataBody, type MarketDataBody } from '../../../shared/contract/marketData.ts';
import type { Cancel, Schedule } from '../../platform/schedule.ts';
import type { Listener } from '../broadcaster.ts';
import type { Channel } from './channel.ts';
import type { StreamSource } from './streamSource.ts';

/** What could not be said is tried again after this long. */
const RETRY_MS = 1_000;

export interface StreamParts {
  readonly source: StreamSource;
  readonly schedule: Schedule;
  readonly nextId: () => string;
  /** Wall time, Unix ms. */
  readonly now: () => number;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
  /** Logs what nobody expected. */
  readonly explain: (error: unknown) => unknown;
}

/**
 * One subscription at work: it decides when its channel speaks. Frames keep their distance, and a client that reads too
 * slowly gets none until it has caught up, then a snapshot. Nothing is sent in the turn in which it happens: who tells
 * of a change may be in the midst of it.
 */
export class Stream {
  readonly id: string;
  readonly #parts: StreamParts;
  readonly #channel: Channel;
  readonly #listener: Listener;
  readonly #ends: readonly Cancel[];
  #seq = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  #timer: Cancel | undefined;
  /** `held`: the client does not know its id yet. */
  #state: 'held' | 'open' | 'closed' = 'held';

  /** Throws UNKNOWN_MARKET, and has opened nothing then. */
  constructor(channel: Channel, listener: Listener, parts: StreamParts) {
    this.id = parts.nextId();
    this.#parts = parts;
    this.#channel = channel;
    this.#listener = listener;
    const watching = channel.watch(() => {
      this.#plan();
    });
    const replacing = parts.source.onReplaced(() => {
      channel.forget();
      this.#plan();
    });
    this.#ends = [watching, replacing];
  }

  get subject(): string {
    return this.#channel.subject;
  }

  /** A snapshot follows; also where the client asks again for what it has. */
  begin(): void {
    if (this.#state === 'held') this.#state = 'open';
    this.#channel.forget();
    this.#plan();
  }

  close(): void {
    this.#state = 'closed';
    this.#timer?.();
    this.#timer = undefined;
    this.#channel.forget();
    for (const end of this.#ends) end();
  }

  /** Speaks once the last frame is old enough, and no sooner than in `atLeastMs`. */
  #plan(atLeastMs = 0): void {
    if (this.#state !== 'open' || this.#timer !== undefined) return;
    const rest = this.#sentAt + this.#channel.everyMs - this.#parts.elapsed();
    // Timers cut fractions off, and a frame must not come too early.
    const wait = Math.ceil(Math.max(atLeastMs, rest, 0));
    this.#timer = this.#parts.schedule.after(wait, () => {
      this.#timer = undefined;
      this.#speak();
    });
  }

  #speak(): void {
    if (this.#listener.isSlow) {
      this.#channel.forget();
      this.#plan(this.#channel.everyMs);
      return;
    }
    try {
      const body = this.#channel.next();
      if (body !== undefined) this.#send(body);
    } catch (error) {
      this.#parts.explain(error);
      this.#channel.forget();
      this.#plan(RETRY_MS);
    }
  }

  #send(body: MarketDataBody): void {
    const frame: MarketDataFrame = {
      type: 'MARKET_DATA',
      subscriptionId: this.id,
      seq: this.#seq + 1,
      sentAt: this.#parts.now(),
      timestamp: this.#parts.source.now(),
      data: marketDataBody.parse(body),
    };
    this.#seq = frame.seq;
    this.#sentAt = this.#parts.elapsed();
    this.#listener.send(JSON.stringify(frame));
  }
}
