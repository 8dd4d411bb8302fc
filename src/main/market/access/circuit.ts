import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
  type CircuitBreakerPolicy,
} from 'cockatiel';

import { AppError } from '../../../shared/contract/appError.ts';
import { wallClock } from '../../platform/clock.ts';
import { isOutage } from './outage.ts';

/** `halfOpen`: one call is finding out whether the venue is back. */
export type CircuitCondition = 'closed' | 'open' | 'halfOpen';

export interface CircuitOptions {
  readonly venue: string;
  /** So many calls without an answer, one after the other, open it. */
  readonly failures: number;
  /** For how long nothing is asked then. */
  readonly restMs: number;
  readonly onChange?: ((condition: CircuitCondition) => void) | undefined;
}

/** The circuit's own refusal. Nothing was sent, and asking again before `details.waitMs` is of no use. */
export class CircuitOpenError extends AppError {}

interface Outcome<T> {
  readonly failed: boolean;
  /** What the call came to: its reply, or its error thrown. */
  readonly reply: () => T;
}

/**
 * Stops asking a venue that does not answer. The breaker is cockatiel's. It reads the computer's clock itself, so this
 * does as well: another would disagree with it.
 */
export class Circuit {
  readonly #options: CircuitOptions;
  #breaker: CircuitBreakerPolicy;
  #condition: CircuitCondition = 'closed';
  #openUntil = 0;

  constructor(options: CircuitOptions) {
    this.#options = options;
    this.#breaker = this.#newBreaker();
  }

  get condition(): CircuitCondition {
    return this.#condition;
  }

  /** How long nothing is asked yet, ms; 0 when something may be. */
  get waitMs(): number {
    return this.#condition === 'open' ? Math.max(0, this.#openUntil - wallClock.now()) : 0;
  }

  /** Why the venue is not asked now. The first call after the rest is let through, to find out. */
  refusal(): CircuitOpenError | undefined {
    if (this.waitMs > this.#options.restMs) this.#closeAfterClockSetBack();
    const { condition, waitMs } = this;
    if (condition === 'closed' || (condition === 'open' && waitMs === 0)) return undefined;
    const { venue } = this.#options;
    const when =
      condition === 'halfOpen'
        ? 'It is being tried now.'
        : `It is tried again in ${Math.ceil(waitMs / 1_000)} s.`;
    return new CircuitOpenError(
      'VENUE_UNAVAILABLE',
      `${venue} does not answer. Nothing was sent. ${when}`,
      { venue, waitMs },
      { retryable: true },
    );
  }

  /**
   * Makes the call and learns from its outcome: an outage (see {@link isOutage}) or a reply that is `unanswered` counts
   * against the venue, and everything else, a refusal too, shows that it is there.
   * @throws CircuitOpenError when it is open.
   */
  async run<T>(call: () => Promise<T>, unanswered: (reply: T) => boolean = () => false): Promise<T> {
    const refusal = this.refusal();
    if (refusal !== undefined) throw refusal;
    const outcome = await this.#breaker.execute(() => outcomeOf(call, unanswered));
    return outcome.reply();
  }

  #newBreaker(): CircuitBreakerPolicy {
    const breaker = circuitBreaker(
      handleWhenResult((outcome) => (outcome as Outcome<unknown>).failed),
      { halfOpenAfter: this.#options.restMs, breaker: new ConsecutiveBreaker(this.#options.failures) },
    );
    breaker.onStateChange((state) => {
      this.#become(conditionOf(state));
    });
    return breaker;
  }

  /** The library would rest for as long as the clock was set back; an hour without trading is no rest. */
  #closeAfterClockSetBack(): void {
    this.#breaker = this.#newBreaker();
    this.#become('closed');
  }

  #become(condition: CircuitCondition): void {
    this.#condition = condition;
    if (condition === 'open') this.#openUntil = wallClock.now() + this.#options.restMs;
    this.#options.onChange?.(condition);
  }
}

/** Errors are carried as results, because the library lets an error that it is not to handle count for nothing. */
async function outcomeOf<T>(call: () => Promise<T>, unanswered: (reply: T) => boolean): Promise<Outcome<T>> {
  try {
    const reply = await call();
    return { failed: unanswered(reply), reply: () => reply };
  } catch (error) {
    return {
      failed: isOutage(error),
      reply: () => {
        throw error;
      },
    };
  }
}

function conditionOf(state: CircuitState): CircuitCondition {
  if (state === CircuitState.HalfOpen) return 'halfOpen';
  return state === CircuitState.Closed ? 'closed' : 'open';
}
