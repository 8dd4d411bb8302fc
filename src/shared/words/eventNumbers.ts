import type { EventEntry, LogData } from '../contract/eventEntry.ts';
import { dollarWords, fractionWords, sizeWords } from './amountWords.ts';
import { spanWords } from './durationWords.ts';

/** One number behind a line, with its name and unit. */
export interface EventNumber {
  readonly name: string;
  readonly text: string;
}

type Reading = (text: string) => string;

const sol: Reading = (text) => sizeWords(text, 'SOL');
const percent: Reading = (text) => `${text} %`;
const apr: Reading = (text) => `${text} % a year`;
const hours: Reading = (text) => `${text} h`;
const plain: Reading = (text) => text;
const fraction: Reading = (text) => fractionWords(text, 4);
const wholePercent: Reading = (text) => fractionWords(text, 0);
const times: Reading = (text) => `${text}×`;
const span: Reading = (text) => (Number(text) < 0 ? 'never, at this rate' : spanWords(Number(text)));

/** How each number is called and read. What is not here is shown under its own name, as it stands. */
const READINGS: Readonly<Record<string, readonly [name: string, reading: Reading]>> = {
  notional: ['Notional', dollarWords],
  cost: ['Expected cost', dollarWords],
  gas: ['of it gas', dollarWords],
  tip: ['of it tip', dollarWords],
  slippage: ['of it slippage', dollarWords],
  fees: ['of it fees', dollarWords],
  expectedRevenue: ['Expected funding', dollarWords],
  expectedByAverage: ['Funding by the average rate', dollarWords],
  expectedByCurrent: ['Funding by the current rate', dollarWords],
  net: ['Net', dollarWords],
  expectedLoss: ['Expected loss of staying', dollarWords],
  closeAndReopen: ['Cost of leaving and coming back', dollarWords],
  averageAprPct: ['Average funding', apr],
  currentAprPct: ['Current funding', apr],
  fundingAprPct: ['Current funding', apr],
  breakEvenMs: ['Break-even after', span],
  driftPct: ['Drift', percent],
  netDelta: ['Net delta', sol],
  spot: ['Spot', sol],
  perp: ['Perpetual', sol],
  correction: ['Correction', sol],
  gap: ['Unhedged', sol],
  goal: ['Hedge to reach', sol],
  wallet: ['Wallet', sol],
  reserve: ['Kept for getting out', sol],
  healthPct: ['Health', percent],
  healthAfterPct: ['Health after', percent],
  limitPct: ['Limit', percent],
  minHealth: ['Least health after a trade', wholePercent],
  guardHealth: ['Guard health', wholePercent],
  limit: ['Limit', times],
  exposure: ['Exposure', dollarWords],
  equity: ['Equity', dollarWords],
  equityAfter: ['Equity after', dollarWords],
  freeAfter: ['Free after', dollarWords],
  penalty: ['Penalty', dollarWords],
  price: ['Price', dollarWords],
  oracle: ['Oracle', dollarWords],
  mark: ['Mark', dollarWords],
  fee: ['Fee', dollarWords],
  limit1: ['Limit of leg 1', dollarWords],
  limit2: ['Limit of leg 2', dollarWords],
  rate: ['Rate an hour', fraction],
  ageMs: ['Age', span],
  limitMs: ['Limit', span],
  latencyMs: ['Latency', (text) => `${text} ms`],
  waitedMs: ['Waited', span],
  knownByMs: ['Known within', span],
  cooldownRemainingMs: ['Cooldown left', span],
  coveredHours: ['History', hours],
  neededHours: ['History needed', hours],
  horizonDays: ['Horizon', (text) => `${text} days`],
  orderId: ['Order', plain],
  purpose: ['Purpose', plain],
  also: ['Also', plain],
};

/** The sentence says these. */
const SAID = new Set(['because', 'action', 'code']);

/** The numbers behind a line, in the order in which they are best read. */
export function numbersOf({ data }: EventEntry): readonly EventNumber[] {
  const order = Object.keys(READINGS);
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return flat(data)
    .filter(([key]) => !SAID.has(key))
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .map(([key, text]) => {
      const reading = READINGS[key];
      return reading === undefined ? { name: key, text } : { name: reading[0], text: reading[1](text) };
    });
}

/** Numbers within numbers by their path: `oracle.SOL`. */
function flat(data: LogData, under = ''): readonly (readonly [string, string])[] {
  return Object.entries(data).flatMap(([key, part]) =>
    typeof part === 'object' ? flat(part, `${under}${key}.`) : [[`${under}${key}`, String(part)] as const],
  );
}
