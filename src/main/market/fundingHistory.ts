import { rate, type Rate } from '../../shared/money/quantity.ts';
import { divide } from '../../shared/money/rounding.ts';
import { HOUR_MS, hourlyRate, type FundingSample } from '../domain/funding.ts';

/** Funding over a window of the past. */
export interface FundingAverage {
  /** Mean rate an hour: Σ rate / Σ hours, rounded to the nearest trillionth. */
  readonly hourly: Rate;
  /** How much time the rates cover, at most the window. */
  readonly coveredMs: number;
}

/** What a market has paid, newest last: the current rate, and its average over a window. */
export class FundingHistory {
  readonly #windowMs: number;
  readonly #samples: FundingSample[] = [];
  #average: FundingAverage | undefined;
  #current: Rate | undefined;

  /** @param windowMs how far back the average reaches */
  constructor(windowMs: number, past: readonly FundingSample[] = []) {
    this.#windowMs = windowMs;
    for (const sample of past) this.add(sample);
  }

  /** Takes the next sample; samples older than the window are forgotten. */
  add(sample: FundingSample): void {
    this.#samples.push(sample);
    const from = sample.t - this.#windowMs;
    const first = this.#samples.findIndex(({ t }) => t > from);
    if (first > 0) this.#samples.splice(0, first);
    this.#current = hourlyRate(sample);
    this.#average = averageOf(this.#samples, this.#windowMs);
  }

  /** The last rate paid, as a fraction an hour; undefined before the first. */
  get current(): Rate | undefined {
    return this.#current;
  }

  get average(): FundingAverage | undefined {
    return this.#average;
  }
}

function averageOf(samples: readonly FundingSample[], windowMs: number): FundingAverage {
  let sum = 0n;
  let coveredMs = 0;
  for (const { rate: paid, periodMs } of samples) {
    sum += paid;
    coveredMs += periodMs;
  }
  return {
    hourly: rate(divide(sum * BigInt(HOUR_MS), BigInt(coveredMs), 'nearest')),
    coveredMs: Math.min(coveredMs, windowMs),
  };
}
