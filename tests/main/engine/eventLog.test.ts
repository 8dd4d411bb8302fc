import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { AccountEvent } from '../../../src/main/domain/accountEvent.ts';
import {
  accountData,
  lineOf,
  noteData,
  standingData,
  textIn,
  type LogData,
} from '../../../src/main/engine/eventLog.ts';
import { parseBase, parsePrice, parseRate, parseUsd } from '../../../src/shared/money/decimal.ts';
import { holdingsOf, oraclesOf } from '../../support/accounts.ts';

const anyLeaf = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean());
const anyKey = fc.string({ minLength: 1, maxLength: 4 }).filter((key) => key !== '__proto__');
const anyData: fc.Arbitrary<LogData> = fc.letrec<{ data: LogData }>((tie) => ({
  data: fc.dictionary(anyKey, fc.oneof({ depthSize: 'small' }, anyLeaf, tie('data')), { maxKeys: 5 }),
})).data;

/** Keys of an object and of everything in it, each in the order in which they stand. */
function keyOrders(part: unknown): readonly (readonly string[])[] {
  if (typeof part !== 'object' || part === null) return [];
  return [Object.keys(part), ...Object.values(part).flatMap(keyOrders)];
}

const reordered = (data: LogData): LogData =>
  Object.fromEntries(
    Object.entries(data)
      .toReversed()
      .map(([key, part]) => [key, typeof part === 'object' ? reordered(part) : part]),
  );

/** Keys that look like array indices are put first by the language, whatever a writer does. */
const isIndex = (key: string): boolean => /^(0|[1-9]\d*)$/.test(key);

describe('a line of the event log', () => {
  it('is JSON with its keys sorted and no spaces', () => {
    const line = lineOf({
      seq: 12,
      t: 1_736_000_000_000,
      type: 'BLOCKED',
      data: { size: '1.5', because: 'a "quoted" reason', also: { z: true, a: -2 }, market: 'SOL' },
    });

    expect(line).toBe(
      '{"data":{"also":{"a":-2,"z":true},"because":"a \\"quoted\\" reason","market":"SOL","size":"1.5"},' +
        '"seq":12,"t":1736000000000,"type":"BLOCKED"}',
    );
  });

  it('says exactly what the entry says', () => {
    fc.assert(
      fc.property(anyData, fc.nat(), fc.nat(), fc.string(), (data, seq, t, type) => {
        expect(JSON.parse(lineOf({ seq, t, type, data }))).toEqual({ seq, t, type, data });
      }),
    );
  });

  it('is the same bytes whatever the order in which its entry was put together', () => {
    fc.assert(
      fc.property(anyData, (data) => {
        const entry = { seq: 1, t: 2, type: 'DECISION' };

        expect(lineOf({ ...entry, data: reordered(data) })).toBe(lineOf({ ...entry, data }));
      }),
    );
  });

  it('has its keys sorted all the way down, and no space outside a text', () => {
    fc.assert(
      fc.property(anyData, (data) => {
        const line = lineOf({ seq: 1, t: 2, type: 'X', data });
        for (const keys of keyOrders(JSON.parse(line))) {
          const named = keys.filter((key) => !isIndex(key));

          expect(named).toEqual(named.toSorted());
        }
        expect(line.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')).not.toMatch(/\s/);
        expect(line).not.toContain('\n');
      }),
    );
  });
});

describe('a text of an entry', () => {
  const data = { text: 'x', number: 0, flag: false, nested: { text: 'y' } };

  it.each([
    ['text', 'x'],
    ['number', '0'],
    ['flag', 'false'],
    ['nested', ''],
    ['missing', ''],
  ])('%s is read as "%s"', (key, text) => {
    expect(textIn(data, key)).toBe(text);
  });
});

describe('an account event', () => {
  const at = { t: 1 };
  const oracle = parsePrice('150.25');
  const cases: readonly (readonly [AccountEvent, LogData])[] = [
    [
      {
        ...at,
        type: 'FILL',
        orderId: 't1-1',
        market: 'SOL',
        side: 'buy',
        size: parseBase('1.5'),
        price: parsePrice('150.5'),
        oracle,
        fee: parseUsd('-0.02'),
        liquidity: 'maker',
      },
      {
        orderId: 't1-1',
        market: 'SOL',
        side: 'buy',
        size: '1.5',
        price: '150.5',
        oracle: '150.25',
        fee: '-0.02',
        liquidity: 'maker',
      },
    ],
    [
      {
        ...at,
        type: 'FUNDING',
        market: 'SOL-PERP',
        size: parseBase('-2'),
        price: oracle,
        rate: parseRate('0.00001'),
        amount: parseUsd('0.003005'),
      },
      { market: 'SOL-PERP', size: '-2', price: '150.25', rate: '0.00001', amount: '0.003005' },
    ],
    [
      { ...at, type: 'INTEREST', paid: { asset: 'SOL', amount: parseBase('0.000000001') }, oracle },
      { asset: 'SOL', amount: '0.000000001', oracle: '150.25' },
    ],
    [
      {
        ...at,
        type: 'INTEREST',
        paid: { asset: 'USDC', amount: parseUsd('-0.000001') },
        oracle: parsePrice('1'),
      },
      { asset: 'USDC', amount: '-0.000001', oracle: '1' },
    ],
    [
      { ...at, type: 'COST', kind: 'gas', paid: { asset: 'SOL', amount: parseBase('0.00001') }, oracle },
      { kind: 'gas', asset: 'SOL', amount: '0.00001', oracle: '150.25' },
    ],
    [
      { ...at, type: 'TRANSFER', moved: { asset: 'SOL', amount: parseBase('-3') }, oracle },
      { asset: 'SOL', amount: '-3', oracle: '150.25' },
    ],
    [
      { ...at, type: 'SETTLEMENT', market: 'SOL-PERP', amount: parseUsd('-7.5'), oracle },
      { market: 'SOL-PERP', amount: '-7.5', oracle: '150.25' },
    ],
    [
      { ...at, type: 'ADJUSTMENT', adjusted: { account: 'wallet', amount: parseBase('-0.5') }, oracle },
      { account: 'wallet', amount: '-0.5', oracle: '150.25' },
    ],
    [
      {
        ...at,
        type: 'ADJUSTMENT',
        adjusted: { account: 'position', market: 'SOL-PERP', amount: parseBase('2') },
        oracle,
      },
      { account: 'position', market: 'SOL-PERP', amount: '2', oracle: '150.25' },
    ],
    [
      {
        ...at,
        type: 'ADJUSTMENT',
        adjusted: { account: 'quote', market: 'SOL-PERP', amount: parseUsd('-1.5') },
        oracle: parsePrice('1'),
      },
      { account: 'quote', market: 'SOL-PERP', amount: '-1.5', oracle: '1' },
    ],
  ];

  it.each(cases)('is logged as the contract lists it: $type', (event, data) => {
    expect(accountData(event)).toStrictEqual(data);
  });
});

describe('what is held', () => {
  it('is logged with the wallet’s SOL in spot and in equity', () => {
    const holdings = holdingsOf(
      { cash: '1000.5', spot: '10', perps: [{ size: '-10', quote: '1499' }] },
      '0.25',
    );

    // 1000.5 + 10.25 × 150 − 1500 + 1499
    expect(standingData(holdings, oraclesOf({ SOL: '150', BTC: '60000' }))).toEqual({
      cash: '1000.5',
      spot: { SOL: '10.25' },
      perp: { 'SOL-PERP': '-10' },
      perpQuote: { 'SOL-PERP': '1499' },
      oracle: { SOL: '150', BTC: '60000' },
      equity: '2537',
    });
  });
});

describe('a note', () => {
  const numbers = { driftPct: 2 };

  it('of a decision is logged under its action', () => {
    expect(noteData({ type: 'DECISION', action: 'skip', because: 'why', numbers })).toEqual({
      action: 'skip',
      because: 'why',
      driftPct: 2,
    });
  });

  it.each(['BLOCKED', 'ALERT'] as const)('of type %s is logged under its code', (type) => {
    expect(noteData({ type, code: 'STALE_PRICE', because: 'why', numbers })).toEqual({
      code: 'STALE_PRICE',
      because: 'why',
      driftPct: 2,
    });
  });

  it('is not renamed by its numbers', () => {
    expect(
      noteData({ type: 'DECISION', action: 'skip', because: 'why', numbers: { action: 'x', because: 'y' } }),
    ).toEqual({ action: 'skip', because: 'why' });
  });
});
