import type { Random } from '../../platform/random.ts';

/** Hours in which half of two thirds of a wander has gone: time constant of the slow part. */
const SLOW_HOURS = 36;
/** Minutes that the mark needs to come back to where funding holds it. */
const FAST_MINUTES = 5;
/** Share of an oracle's jump that the mark overshoots by at first. */
const OVERSHOOT = 0.1;
/** Drift adds a 5000th of the oracle to the premium before it charges a 24th of it each hour. */
const OFFSET = 1 / 5_000;

const SLOW_DECAY = Math.exp(-1 / SLOW_HOURS);
const FAST_DECAY = Math.exp(-1 / FAST_MINUTES);

export interface PremiumState {
  /** Deviation of yearly funding from its mean, in percent. */
  readonly slow: number;
  /** Deviation of the mark within minutes, as a fraction. */
  readonly fast: number;
}

/** The premium (fraction of the oracle) at which Drift's formula charges a yearly rate of `aprPct`. */
export const premiumFor = (aprPct: number): number => aprPct / 100 / 365 - OFFSET;

/**
 * How far the mark stands from the oracle: a slow wander over days, which is what funding pays for, and a fast noise
 * that comes back within minutes. Both are Ornstein-Uhlenbeck, so the long-run mean is the setting's.
 */
export class PremiumProcess {
  readonly #random: Random;
  readonly #meanApr: number;
  readonly #slowNoise: number;
  readonly #fastNoise: number;
  #slow: number;
  #fast = 0;

  constructor(
    random: Random,
    meanApr: number,
    volatilityApr: number,
    noiseBp: number,
    startDeviationApr: number,
  ) {
    this.#random = random;
    this.#meanApr = meanApr;
    this.#slowNoise = volatilityApr * Math.sqrt(1 - SLOW_DECAY ** 2);
    this.#fastNoise = (noiseBp / 10_000) * Math.sqrt(1 - FAST_DECAY ** 2);
    this.#slow = startDeviationApr;
  }

  /** Mark over oracle, less one. */
  get premium(): number {
    return premiumFor(this.#meanApr + this.#slow) + this.#fast;
  }

  /** One more minute; `jump` is what the oracle jumped by in it (log). */
  minute(jump: number): void {
    this.#fast = this.#fast * FAST_DECAY + this.#fastNoise * this.#random.normal() + OVERSHOOT * jump;
  }

  hour(): void {
    this.#slow = this.#slow * SLOW_DECAY + this.#slowNoise * this.#random.normal();
  }

  save(): PremiumState {
    return { slow: this.#slow, fast: this.#fast };
  }

  restore(state: PremiumState): void {
    this.#slow = state.slow;
    this.#fast = state.fast;
  }

  /**
   * Yearly rates (percent) of the hours before the start, oldest first. The process is the same seen backwards, so
   * the past is drawn from the start's deviation; then the last `window` hours are shifted to average that of the
   * start, the last hour of all being at it exactly.
   */
  past(hours: number, window: number): readonly number[] {
    const start = this.#slow;
    const deviations = [start];
    for (let i = 1; i < hours; i += 1) {
      deviations.push((deviations[i - 1] ?? start) * SLOW_DECAY + this.#slowNoise * this.#random.normal());
    }
    const recent = deviations.slice(1, window);
    const shift = start - recent.reduce((sum, one) => sum + one, 0) / recent.length;
    return deviations.map((one, i) => this.#meanApr + (i > 0 && i < window ? one + shift : one)).toReversed();
  }
}
