import type { EventEntry, LogData } from '../contract/eventEntry.ts';
import { dollarWords, fractionWords, sizeWords } from './amountWords.ts';
import { spanWords } from './durationWords.ts';
import { LEG_KEYS, legsOf } from './eventLegs.ts';
import { textIn } from './logText.ts';

/** One number behind a line, with its name and unit. */
export interface EventNumber {
  readonly name: string;
  readonly text: string;
}

/** A number as it is read; what it is of stands beside it in its line. */
type Reading = (text: string, data: LogData) => string;

const sol: Reading = (text) => sizeWords(text, 'SOL');
const percent: Reading = (text) => `${text} %`;
const apr: Reading = (text) => `${text} % a year`;
const hours: Reading = (text) => `${text} h`;
const plain: Reading = (text) => text;
/** A size of whatever the line is about. */
const size: Reading = (text, data) => sizeWords(text, textIn(data, 'market') || 'SOL');
/** An amount of the line's asset; without one it is dollars. */
const amount: Reading = (text, data) =>
  textIn(data, 'asset') === 'SOL' ? sizeWords(text, 'SOL') : dollarWords(text);
/** One of a few words of the engine, as a trader says it. */
const oneOf =
  (words: Readonly<Record<string, string>>): Reading =>
  (text) =>
    words[text] ?? text;
const fraction: Reading = (text) => fractionWords(text, 4);
const wholePercent: Reading = (text) => fractionWords(text, 0);
const times: Reading = (text) => `${text}×`;
const dollars: Reading = (text) => dollarWords(text);
const span: Reading = (text) => (Number(text) < 0 ? 'never, at this rate' : spanWords(Number(text)));

/** How each number is called and read. What is not here is shown under its own name, as it stands. */
const READINGS: Readonly<Record<string, readonly [name: string, reading: Reading]>> = {
  notional: ['Notional', dollars],
  cost: ['Expected cost', dollars],
  gas: ['of it gas', dollars],
  tip: ['of it tip', dollars],
  slippage: ['of it slippage', dollars],
  fees: ['of it fees', dollars],
  expectedRevenue: ['Expected funding', dollars],
  expectedByAverage: ['Funding by the average rate', dollars],
  expectedByCurrent: ['Funding by the current rate', dollars],
  net: ['Net', dollars],
  expectedLoss: ['Expected loss of staying', dollars],
  closeAndReopen: ['Cost of leaving and coming back', dollars],
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
  minimum: ['Least correction', sol],
  goal: ['Hedge to reach', sol],
  wallet: ['Wallet', sol],
  reserve: ['Kept for getting out', sol],
  healthPct: ['Health', percent],
  healthAfterPct: ['Health after', percent],
  limitPct: ['Limit', percent],
  minHealth: ['Least health after a trade', wholePercent],
  guardHealth: ['Guard health', wholePercent],
  limit: ['Limit', times],
  exposure: ['Exposure', dollars],
  equity: ['Equity', dollars],
  equityAfter: ['Equity after', dollars],
  freeAfter: ['Free after', dollars],
  penalty: ['Penalty', dollars],
  price: ['Price', dollars],
  oracle: ['Oracle', dollars],
  mark: ['Mark', dollars],
  fee: ['Fee', dollars],
  side: ['Side', plain],
  size: ['Size', size],
  filled: ['Filled', size],
  amount: ['Amount', amount],
  cash: ['Cash', dollars],
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
  fails: [
    'Does not pay by',
    oneOf({ both: 'either rate', average: 'the average rate', current: 'the current rate' }),
  ],
  direction: ['Direction', oneOf({ up: 'a larger short', down: 'a smaller short' })],
  reason: ['Reason', oneOf({ cooldown: 'within the cooldown', minimum: 'too small' })],
  bypass: ['Cooldown passed over for', plain],
  market: ['Market', plain],
  asset: ['Asset', plain],
  kind: ['Kind', plain],
  liquidity: ['Liquidity', plain],
  outcome: ['Outcome', plain],
  orderId: ['Order number', plain],
  purpose: ['Purpose', plain],
  also: ['Also', plain],
};

/** The same for numbers that a line has of each market or asset: `oracle.SOL` is "Oracle of SOL". */
const READINGS_OF_EACH: Readonly<
  Record<string, readonly [name: string, reading: (text: string, of: string) => string]>
> = {
  oracle: ['Oracle of', dollarWords],
  spot: ['Held of', sizeWords],
  perp: ['Position in', sizeWords],
  perpQuote: ['Paid or got for', dollarWords],
};

/** The sentence says these. */
const SAID = new Set(['because', 'action', 'code']);

/** The numbers behind a line, in the order in which they are best read: a trade's legs, then what decided. */
export function numbersOf({ data }: EventEntry): readonly EventNumber[] {
  const order = Object.keys(READINGS);
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const numbers = flat(data)
    .filter(([key]) => !SAID.has(key) && !LEG_KEYS.has(key))
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .map(([key, text]) => read(key, text, data));
  return [...legsOf(data), ...numbers];
}

function read(key: string, text: string, data: LogData): EventNumber {
  const reading = READINGS[key];
  if (reading !== undefined) return { name: reading[0], text: reading[1](text, data) };
  const dot = key.indexOf('.');
  const of = key.slice(dot + 1);
  const each = READINGS_OF_EACH[key.slice(0, Math.max(0, dot))];
  return each === undefined ? { name: key, text } : { name: `${each[0]} ${of}`, text: each[1](text, of) };
}

/** Numbers within numbers by their path: `oracle.SOL`. */
function flat(data: LogData, under = ''): readonly (readonly [string, string])[] {
  return Object.entries(data).flatMap(([key, part]) =>
    typeof part === 'object' ? flat(part, `${under}${key}.`) : [[`${under}${key}`, String(part)] as const],
  );
}
