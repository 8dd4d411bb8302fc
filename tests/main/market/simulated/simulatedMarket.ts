import { readGroup, type Overrides } from '../../../../src/shared/settings/group.ts';
import { MINUTE_MS, type FundingPrint } from '../../../../src/main/market/feed.ts';
import { SIMULATION_SETTINGS } from '../../../../src/main/market/simulationSettings.ts';
import { SimulatedFeed } from '../../../../src/main/market/simulated/simulatedFeed.ts';

export const START = Date.UTC(2025, 0, 1);
export const HOURS_A_YEAR = 8_760;

/** A simulated market; settings by their last word: `{ volatilityPct: '0' }`. */
export function marketOf(seed: number, changed: Overrides = {}): SimulatedFeed {
  const overrides = Object.fromEntries(
    Object.entries(changed).map(([name, text]) => [`simulation.${name}`, text]),
  );
  return new SimulatedFeed(seed, START, readGroup(SIMULATION_SETTINGS, overrides));
}

/** Plain dollars, for statistics. */
export const dollarsOf = (price: bigint): number => Number(price) / 1e9;

/** What the market paid in the hours up to `t`, oldest first. */
export function paidUntil(feed: SimulatedFeed, t: number, market = 'SOL-PERP'): readonly FundingPrint[] {
  feed.seek(t);
  return feed.takeFunding().filter((print) => print.market === market);
}

/** Yearly percentages of hourly rates. */
export const aprOf = ({ rate }: { readonly rate: bigint }): number =>
  (Number(rate) / 1e12) * HOURS_A_YEAR * 100;

export interface MinuteSeen {
  readonly oracle: number;
  readonly mark: number;
}

/** SOL's oracle and the perpetual's mark at every whole minute, the start included. */
export function minutesOf(feed: SimulatedFeed, count: number): readonly MinuteSeen[] {
  const seen: MinuteSeen[] = [];
  for (let i = 0; i < count; i += 1) {
    feed.seek(feed.startMs + i * MINUTE_MS);
    const { oracle, mark } = feed.quote('SOL-PERP');
    seen.push({ oracle: dollarsOf(oracle), mark: dollarsOf(mark) });
  }
  return seen;
}

export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

export const deviation = (numbers: readonly number[]): number => {
  const middle = mean(numbers);
  return Math.sqrt(mean(numbers.map((one) => (one - middle) ** 2)));
};

/** Correlation of a series with itself, `lag` places later. */
export function autocorrelation(series: readonly number[], lag: number): number {
  const middle = mean(series);
  const variance = mean(series.map((one) => (one - middle) ** 2));
  const products = series.slice(lag).map((one, i) => (one - middle) * ((series[i] ?? 0) - middle));
  return mean(products) / variance;
}

/** Log returns from one minute to the next. */
export const returnsOf = (seen: readonly MinuteSeen[]): readonly number[] =>
  seen.slice(1).map(({ oracle }, i) => Math.log(oracle / (seen[i]?.oracle ?? Number.NaN)));
