import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import type { EquityPoint } from '../components/equitySeries.ts';

/** A fixed moment, so that two pictures of the gallery are the same. */
export const NOW = Date.UTC(2026, 2, 14, 14, 2, 11);
const HOUR = 3_600_000;

export const PNL: FundingUpdateData['pnl'] = {
  funding: '412.806114',
  price: '-38.214902',
  fees: '-61.402311',
  slippage: '-17.88',
  interest: '9.031177',
  total: '304.340078',
};

export const HUGE_PNL: FundingUpdateData['pnl'] = {
  funding: '98765432.109876',
  price: '-1234567890.123456',
  fees: '-0.000001',
  slippage: '0',
  interest: '0.004',
  total: '-1135802458.012581',
};

export const NO_PNL: FundingUpdateData['pnl'] = {
  funding: '0',
  price: '0',
  fees: '0',
  slippage: '0',
  interest: '0',
  total: '0',
};

type Position = FundingUpdateData['positions'][number];

export const SHORT: Position = {
  market: 'SOL-PERP',
  size: '-62.4',
  entryPrice: '148.2041',
  markPrice: '151.0372',
  liquidationPrice: '284.61',
  unrealizedPnl: '-176.78544',
  unsettledPnl: '12.4',
  settledPnl: '204.118',
  fundingEarned: '412.806114',
};

export const POSITIONS: readonly Position[] = [
  SHORT,
  {
    market: 'BTC-PERP',
    size: '0.000000001',
    entryPrice: '97412.5',
    markPrice: '98001.1234567',
    liquidationPrice: null,
    unrealizedPnl: '0.000001',
    unsettledPnl: '0',
    settledPnl: '0',
    fundingEarned: '-0.004',
  },
  {
    market: '1MBONK-PERP',
    size: '-123456789.5',
    entryPrice: '0.00001834',
    markPrice: '0.00002',
    liquidationPrice: '0.05',
    unrealizedPnl: '-1234567.89',
    unsettledPnl: '-0.5',
    settledPnl: '98765432.1',
    fundingEarned: '1204.55',
  },
];

/** Waves that look like a week of equity; nothing is drawn at random, so that pictures stay the same. */
const wave = (at: number, period: number, height: number): number =>
  Math.sin((at * 2 * Math.PI) / period) * height;

export const WEEK: readonly EquityPoint[] = Array.from({ length: 7 * 24 * 4 + 1 }, (_, at) => {
  const sol = wave(at, 410, 260) + wave(at, 97, 90) + wave(at, 31, 34);
  return {
    t: NOW - 7 * 24 * HOUR + at * (HOUR / 4),
    equity: (10_000 + at * 0.62 + wave(at, 120, 14) + wave(at, 17, 5)).toFixed(6),
    justHolding: (10_000 + sol).toFixed(6),
    neverLeaving: (10_000 + at * 0.38 + wave(at, 180, 38) + wave(at, 23, 6)).toFixed(6),
  };
});

const SAMPLES: readonly Omit<EventEntry, 'seq' | 't'>[] = [
  {
    type: 'DECISION',
    data: { action: 'enter', because: 'funding pays', averageApr: 14.2, breakEvenHours: 31.5 },
  },
  {
    type: 'FILL',
    data: {
      orderId: 'o-31',
      market: 'SOL-PERP',
      side: 'sell',
      size: '3.3',
      price: '151.04',
      fee: '0.17',
      liquidity: 'taker',
    },
  },
  {
    type: 'FUNDING',
    data: { market: 'SOL-PERP', size: '-62.4', price: '151.0372', rate: '0.0000125', amount: '0.117809' },
  },
  {
    type: 'BLOCKED',
    data: {
      code: 'UNPROFITABLE',
      because: 'the way in and out costs more',
      expectedUsd: '1.204',
      costUsd: '3.91',
    },
  },
  {
    type: 'ALERT',
    data: {
      code: 'OUTCOME_UNKNOWN',
      because: 'the venue did not answer',
      orderId: 'o-32',
      askedEveryMs: 5000,
    },
  },
  { type: 'SETTLEMENT', data: { market: 'SOL-PERP', amount: '12.4', oracle: '151.0372' } },
  {
    type: 'VALUATION',
    data: { equity: '10304.340078', spot: { SOL: '62.41' }, perp: { 'SOL-PERP': '-62.4' } },
  },
  { type: 'CLOCK_JUMPED', data: { fromMs: 1, intoFuture: true } },
];

const SENTENCES: Readonly<Record<string, string>> = {
  DECISION:
    'Entering the hedge: funding averages 14.20 % a year, and pays for the way in and out after 31 hours.',
  FILL: 'Sold 3.3 SOL-PERP at $151.04, as taker, for a fee of $0.17.',
  FUNDING: 'Earned $0.12 of funding on 62.4 SOL short.',
  BLOCKED: 'Did not add to the hedge: expected funding of $1.20 does not pay for costs of $3.91.',
  ALERT:
    'It is not known whether order o-32 was filled. Nothing else trades; the venue is asked every 5 seconds.',
  SETTLEMENT: 'The venue settled $12.40 of SOL-PERP profit.',
  VALUATION: 'The account is worth $10,304.34.',
  CLOCK_JUMPED: 'Something that this version has no words for.',
};

export const sentenceOf = (entry: EventEntry): string => SENTENCES[entry.type] ?? entry.type;

/** @param count how many entries, oldest first */
export const events = (count: number): readonly EventEntry[] =>
  Array.from({ length: count }, (_, at) => {
    const sample = SAMPLES[(count - at) % SAMPLES.length] ?? { type: 'DECISION', data: {} };
    return { seq: at + 1, t: NOW - (count - at) * 187_000, ...sample };
  });
