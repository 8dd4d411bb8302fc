import type { Random } from '../../platform/random.ts';

const MINUTES_PER_YEAR = 525_600;
/** GARCH(1,1): how much of the next minute's variance comes from the last move, and from the last variance. */
const FROM_MOVE = 0.05;
const FROM_VARIANCE = 0.945;
/** A move is felt as at most so many standard deviations; jumps are not felt at all, or they would raise the average. */
const LONGEST_MOVE = 4;
const FLOOR = 0.05;

export interface PriceState {
  readonly logPrice: number;
  /** Variance of the next minute's log return. */
  readonly variance: number;
}

/** What a minute did to the price. */
export interface Move {
  /** Log return. */
  readonly change: number;
  /** The part of it that was a jump. */
  readonly jump: number;
}

/**
 * A price whose volatility clusters (GARCH) and which sometimes jumps. Without drift: on average it goes nowhere,
 * so that a run's profit is not the simulation's gift.
 */
export class PriceProcess {
  readonly #random: Random;
  readonly #meanVariance: number;
  readonly #jumpChance: number;
  readonly #jumpSize: number;
  #state: PriceState;

  constructor(
    random: Random,
    start: number,
    volatilityPct: number,
    jumpsPerYear: number,
    jumpSizePct: number,
  ) {
    this.#random = random;
    this.#meanVariance = (volatilityPct / 100) ** 2 / MINUTES_PER_YEAR;
    this.#jumpChance = jumpsPerYear / MINUTES_PER_YEAR;
    this.#jumpSize = jumpSizePct / 100;
    this.#state = { logPrice: Math.log(start), variance: this.#meanVariance };
  }

  get price(): number {
    return Math.exp(this.#state.logPrice);
  }

  step(): Move {
    const { logPrice, variance } = this.#state;
    const jumps = this.#random.uniform() < this.#jumpChance;
    // Less half its variance, so that jumps too leave the expected price where it is.
    const jump = jumps ? this.#jumpSize * this.#random.normal() - this.#jumpSize ** 2 / 2 : 0;
    const diffusion = Math.sqrt(variance) * this.#random.normal();
    const change = diffusion + jump - variance / 2;
    const felt = Math.min(diffusion ** 2, LONGEST_MOVE ** 2 * variance);
    this.#state = {
      logPrice: Math.max(Math.log(FLOOR), logPrice + change),
      variance:
        (1 - FROM_MOVE - FROM_VARIANCE) * this.#meanVariance + FROM_MOVE * felt + FROM_VARIANCE * variance,
    };
    return { change, jump };
  }

  save(): PriceState {
    return this.#state;
  }

  restore(state: PriceState): void {
    this.#state = state;
  }
}
