import { timeout, TimeoutStrategy, type TimeoutPolicy } from 'cockatiel';

import { AppError } from '../../../shared/contract/appError.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Schedule } from '../../platform/schedule.ts';
import type { CacheKind } from './cacheKinds.ts';
import { CallLimiter, type LimiterUse } from './callLimiter.ts';
import { Circuit, type CircuitCondition } from './circuit.ts';
import { MarketCache, type CacheStats } from './marketCache.ts';
import { isOutage } from './outage.ts';
import { CALL_CATEGORIES, RATE_LIMITS, type CallCategory } from './rateLimits.ts';
import { ReadRetry } from './readRetry.ts';

/** So many calls without an answer, one after the other, and the venue is left alone. */
const FAILURES = 5;
/** As long as a lost connection waits before it is tried again (R9.5). */
const REST_MS = 10_000;
/** A read that takes longer is asked again. */
const READ_TIMEOUT_MS = 10_000;

export interface VenueAccessOptions {
  /** The venue's name, as traders know it. */
  readonly venue: string;
  /** The market's own clock, for the age of what is kept. It may run fast, stand still, or be set back. */
  readonly marketClock: Clock;
  /** Milliseconds of a clock that never goes back, for the limits: a venue's server counts real minutes. */
  readonly now: () => number;
  readonly schedule: Schedule;
  /** Numbers in [0, 1), for the jitter. */
  readonly uniform: () => number;
  /** Aborts when the program closes: what waits is ended at once. */
  readonly signal: AbortSignal;
  readonly onCircuit?: (condition: CircuitCondition) => void;
}

export interface AskOptions {
  /** Goes before all that are not, may use the reserve, and is tried even while the circuit is open: cancels and SOS. */
  readonly urgent?: boolean;
}

export interface ActOptions<T> extends AskOptions {
  /** Gives up waiting for its turn. What has been sent is not ended by it. */
  readonly signal?: AbortSignal | undefined;
  /** Whether a reply says that the venue did not answer; an order's outcome is never an exception. */
  readonly unanswered?: (reply: T) => boolean;
}

export interface VenueAccessStats {
  readonly venue: string;
  readonly circuit: CircuitCondition;
  /** How long the circuit still rests, ms. */
  readonly circuitWaitMs: number;
  /** Reads that were asked again. */
  readonly retries: number;
  readonly limits: Readonly<Record<CallCategory, LimiterUse>>;
  readonly cache: CacheStats;
}

/** All that stands between the program and one venue's servers. There is one for each venue. */
export class VenueAccess {
  readonly cache: MarketCache;
  readonly #options: VenueAccessOptions;
  readonly #limiters: Readonly<Record<CallCategory, CallLimiter>>;
  readonly #circuit: Circuit;
  readonly #retry: ReadRetry;
  readonly #timeout: TimeoutPolicy;

  constructor(options: VenueAccessOptions) {
    const { venue, marketClock, now, schedule, uniform, onCircuit } = options;
    this.#options = options;
    this.cache = new MarketCache(marketClock);
    this.#limiters = byCategory(
      (category) => new CallLimiter(category, RATE_LIMITS[category], now, schedule),
    );
    this.#circuit = new Circuit({ venue, failures: FAILURES, restMs: REST_MS, onChange: onCircuit });
    this.#retry = new ReadRetry(uniform);
    this.#timeout = timeout(READ_TIMEOUT_MS, TimeoutStrategy.Aggressive).dangerouslyUnref();
  }

  /**
   * What the venue said lately, or says now. Never for a gate: see {@link MarketCache}.
   * @throws What {@link VenueAccess.ask} throws.
   */
  read<T>(
    category: CallCategory,
    kind: CacheKind,
    key: string,
    fetch: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.cache.get(kind, key, () => this.ask(category, fetch));
  }

  /**
   * What the venue says now, asked again when it does not answer; every attempt counts against the limit. Only for what
   * may be asked any number of times.
   * @throws AppError RATE_LIMITED, VENUE_UNAVAILABLE, CANCELLED, or the venue's refusal.
   */
  ask<T>(
    category: CallCategory,
    fetch: (signal: AbortSignal) => Promise<T>,
    { urgent = false }: AskOptions = {},
  ): Promise<T> {
    const { signal } = this.#options;
    const once = (): Promise<T> => this.#inTime(fetch);
    return this.#retry.run(() => this.#send(category, once, { urgent, signal }), signal);
  }

  /**
   * Sends what changes something at the venue, once: an order is never sent twice by a retry, and what happened to one
   * that got no answer is for the caller to find out. Errors of the call come out as they are.
   * @throws AppError RATE_LIMITED, CircuitOpenError (VENUE_UNAVAILABLE) or CANCELLED before anything was sent.
   */
  act<T>(category: CallCategory, call: () => Promise<T>, options: ActOptions<T> = {}): Promise<T> {
    const closing = this.#options.signal;
    const signal = options.signal === undefined ? closing : AbortSignal.any([closing, options.signal]);
    return this.#send(category, call, { ...options, signal });
  }

  /** For GET_SYSTEM_STATS. */
  stats(): VenueAccessStats {
    return {
      venue: this.#options.venue,
      circuit: this.#circuit.condition,
      circuitWaitMs: this.#circuit.waitMs,
      retries: this.#retry.retries,
      limits: byCategory((category) => this.#limiters[category].use()),
      cache: this.cache.stats(),
    };
  }

  /** An open circuit is asked before waiting for a turn, so that it refuses at once, and again when the turn has come. */
  async #send<T>(
    category: CallCategory,
    call: () => Promise<T>,
    { urgent = false, signal, unanswered }: ActOptions<T>,
  ): Promise<T> {
    const circuit = this.#circuit;
    const refusal = (): Error | undefined => (urgent ? undefined : circuit.refusal());
    const refused = refusal();
    if (refused !== undefined) throw refused;
    const send = (): Promise<T> =>
      // One more unanswered call does less harm than a cancel that was never tried.
      circuit.refusal() === undefined ? circuit.run(call, unanswered) : call();
    return this.#limiters[category].run(send, { urgent, refusal, signal });
  }

  async #inTime<T>(fetch: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal, venue } = this.#options;
    try {
      return await this.#timeout.execute((context) => fetch(context.signal), signal);
    } catch (error) {
      if (error instanceof AppError || !isOutage(error)) throw error;
      throw new AppError(
        'VENUE_UNAVAILABLE',
        `${venue} does not answer.`,
        { venue },
        { cause: error, retryable: true },
      );
    }
  }
}

const byCategory = <T>(of: (category: CallCategory) => T): Readonly<Record<CallCategory, T>> =>
  Object.fromEntries(CALL_CATEGORIES.map((category) => [category, of(category)])) as Record<CallCategory, T>;
