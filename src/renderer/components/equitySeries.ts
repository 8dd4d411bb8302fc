import { figureText } from './figureText.ts';
import { dayAndTime } from './clockText.ts';

/** What the account was worth at one moment, and what it would have been worth otherwise. Dollars as decimals. */
export interface EquityPoint {
  /** Unix ms. */
  readonly t: number;
  readonly equity: string;
  /** Had the same capital just been held in SOL; null where nobody compares. */
  readonly justHolding: string | null;
  /** Had the engine never left the hedge; null where nobody compares. */
  readonly neverLeaving: string | null;
}

/** The lines of the chart: each has its own word and its own stroke, and only then its colour. */
export const EQUITY_LINES = [
  { key: 'equity', label: 'Equity', stroke: 'solid', role: 'accent' },
  { key: 'justHolding', label: 'Just holding SOL', stroke: 'dotted', role: 'live' },
  { key: 'neverLeaving', label: 'Never leaving', stroke: 'dashed', role: 'long' },
] as const;

export type EquityKey = (typeof EQUITY_LINES)[number]['key'];

/** Points in the order of time, one a second at most (the later wins), as the chart needs them. */
export function inOrder(points: readonly EquityPoint[]): readonly EquityPoint[] {
  const bySecond = new Map<number, EquityPoint>();
  for (const point of points.toSorted((a, b) => a.t - b.t)) bySecond.set(Math.floor(point.t / 1000), point);
  return [...bySecond.values()];
}

/** Cells of the drawn curve: more than a screen has room for would only cost time. */
const CELLS = 800;

/**
 * The curve on one grid of time, as the chart needs it, which sets its points apart by their number and not by their
 * time: each cell has what was known last by then. The first point and the newest stand as they are.
 * @param points in order, one a second at most
 */
export function onGrid(points: readonly EquityPoint[], cells = CELLS): readonly EquityPoint[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 3) return points;
  // No finer than the points are: between two of them nothing is known.
  const widthMs = Math.max(wholeSeconds((last.t - first.t) / (cells - 1)), wholeSeconds(usualGapMs(points)));
  const drawn: EquityPoint[] = [first];
  let at = 0;
  for (let t = first.t + widthMs; Math.floor(t / 1000) < Math.floor(last.t / 1000); t += widthMs) {
    for (let next = points[at + 1]; next !== undefined && next.t <= t; next = points[at + 1]) at += 1;
    drawn.push({ ...(points[at] ?? first), t });
  }
  return [...drawn, last];
}

const wholeSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000)) * 1000;

/** The time from one point to the next, of the middle one of all. */
function usualGapMs(points: readonly EquityPoint[]): number {
  const gaps = points.slice(1).map(({ t }, i) => t - (points[i]?.t ?? t));
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
}

/** At most `count` of the points, evenly spread, always with the first and the last. */
export function sampled(points: readonly EquityPoint[], count: number): readonly EquityPoint[] {
  if (points.length <= count) return points;
  const step = (points.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, at) => points[Math.round(at * step)]).filter(
    (point) => point !== undefined,
  );
}

/** The chart in a sentence, for those who don't see it. */
export function equitySummary(points: readonly EquityPoint[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return 'No equity has been recorded yet.';
  const ends = EQUITY_LINES.flatMap(({ key, label }) => {
    const [from, to] = [first[key], last[key]];
    return to === null ? [] : [`${label} from ${figureText(from, '$', 2)} to ${figureText(to, '$', 2)}`];
  });
  return `From ${dayAndTime(first.t)} to ${dayAndTime(last.t)}: ${ends.join('; ')}.`;
}
