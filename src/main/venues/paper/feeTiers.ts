import { parseRate, parseUsd } from '../../../shared/money/decimal.ts';
import { NO_RATE, NO_USD, rate, usd, type Rate, type Usd } from '../../../shared/money/quantity.ts';
import { DAY_MS } from '../../domain/funding.ts';

const WINDOW_DAYS = 30;

/** From which volume of 30 days a taker pays how much less. Source: the venue's reference, "fees". */
const DISCOUNTS: readonly { readonly from: Usd; readonly off: Rate }[] = [
  { from: parseUsd('200000000'), off: parseRate('0.0005') },
  { from: parseUsd('80000000'), off: parseRate('0.0004') },
  { from: parseUsd('20000000'), off: parseRate('0.0003') },
  { from: parseUsd('10000000'), off: parseRate('0.0002') },
  { from: parseUsd('2000000'), off: parseRate('0.0001') },
];

interface DayVolume {
  /** Days since 1970. */
  readonly day: number;
  readonly volume: Usd;
}

/** What was traded in 30 days, today included, by whole days: what the taker's fee goes by. The maker's is the same for all. */
export class FeeTiers {
  #days: readonly DayVolume[] = [];

  add(t: number, quote: Usd): void {
    const day = Math.floor(t / DAY_MS);
    const today = this.#days.at(-1);
    this.#days =
      today?.day === day
        ? [...this.#days.slice(0, -1), { day, volume: usd(today.volume + quote) }]
        : [...this.#days.filter((one) => one.day > day - WINDOW_DAYS), { day, volume: quote }];
  }

  volume(t: number): Usd {
    const first = Math.floor(t / DAY_MS) - WINDOW_DAYS;
    return this.#days.reduce((sum, { day, volume }) => (day > first ? usd(sum + volume) : sum), NO_USD);
  }

  /** A taker's fee after the discount, never under zero; a fee that is none to begin with stays as it is. */
  takerFee(t: number, listed: Rate): Rate {
    if (this.#days.length === 0 || listed <= NO_RATE) return listed;
    const volume = this.volume(t);
    const off = DISCOUNTS.find(({ from }) => volume >= from)?.off ?? NO_RATE;
    return off > listed ? NO_RATE : rate(listed - off);
  }

  save(): readonly DayVolume[] {
    return this.#days;
  }

  restore(days: readonly DayVolume[]): void {
    this.#days = days;
  }
}
