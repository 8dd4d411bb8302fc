import { DelegateBackoff, handleWhen, retry, type RetryPolicy } from 'cockatiel';

import { CircuitOpenError } from './circuit.ts';
import { unlessEnded } from './ended.ts';
import { isOutage } from './outage.ts';

/** R9.1. */
const DELAYS_MS = [1_000, 2_000, 4_000] as const;
/** Each delay is spread evenly from a fifth below to a fifth above, so that its mean is the delay that is asked for. */
const JITTER = 0.2;

/**
 * Asks again when the venue did not answer: three times, after 1 s, 2 s and 4 s on average. Only for what changes nothing at
 * the venue. Refusals are answers, and an open circuit knows better when to ask again.
 *
 * The retrying is cockatiel's, the chance is passed in, and the waiting is the computer's own time: a server recovers in
 * that, however fast a paper market runs.
 */
export class ReadRetry {
  readonly #policy: RetryPolicy;
  #retries = 0;

  /** `uniform` answers numbers in [0, 1). */
  constructor(uniform: () => number) {
    const delay = ({ attempt }: { readonly attempt: number }): number => {
      const mean = DELAYS_MS[attempt - 1] ?? DELAYS_MS[2];
      return Math.round(mean * (1 + JITTER * (2 * uniform() - 1)));
    };
    this.#policy = retry(handleWhen(isWorthAnother), {
      maxAttempts: DELAYS_MS.length,
      backoff: new DelegateBackoff(delay),
      // The library goes on waiting after an abort; nobody else does, and the process need not.
    }).dangerouslyUnref();
    this.#policy.onRetry(() => {
      this.#retries += 1;
    });
  }

  /** How often something was asked again since the program began. */
  get retries(): number {
    return this.#retries;
  }

  /**
   * @throws What the last attempt threw; AppError CANCELLED at once when the signal aborts, while waiting or asking.
   */
  run<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return unlessEnded(() => this.#policy.execute(() => unlessEnded(ask, signal), signal), signal);
  }
}

const isWorthAnother = (error: unknown): boolean => isOutage(error) && !(error instanceof CircuitOpenError);
