import { describe, expect, it } from 'vitest';

import { parseBase } from '../../../../src/shared/money/decimal.ts';
import { FREE, PaperBench } from './paperBench.ts';

const bench = (options = {}) => new PaperBench({ cash: '10000', settings: FREE, ...options });

describe('a fill-or-kill order', () => {
  it.each([undefined, 3])('fills whole or not at all, to the lot (others: %s)', async (crowd) => {
    const made = bench(crowd === undefined ? {} : { crowd });
    made.feed.setDepth('SOL-PERP', [['0.001', '10']]);
    made.beat();
    const [ask] = made.venue.books.get('SOL-PERP')?.levels('sell', 1_000) ?? [];
    const shown = crowd === undefined ? '10' : undefined;
    const before = made.untouched();
    const over = { time: 'fok', limit: '100.5' } as const;
    expect(await made.buy('SOL-PERP', shown === undefined ? '1000' : '10.001', over)).toMatchObject({
      status: 'expired',
      filled: 0n,
      rejection: { code: 'NOT_FILLED' },
    });
    expect(made.untouched()).toEqual(before);
    const size = shown ?? String((ask?.lots ?? 0) / 1_000);
    expect(await made.buy('SOL-PERP', size, over)).toMatchObject({
      status: 'filled',
      filled: parseBase(size),
    });
  });

  it.each([undefined, 3])(
    'that is reduce-only fills all that there is to reduce (others: %s)',
    async (crowd) => {
      const made = bench(crowd === undefined ? {} : { crowd });
      made.feed.setDepth('SOL-PERP', [['0.001', '1000']]);
      made.beat();
      await made.buy('SOL-PERP', '5');
      expect(await made.sell('SOL-PERP', '8', { time: 'fok', limit: '99', reduceOnly: true })).toMatchObject({
        filled: parseBase('5'),
      });
      expect(made.held('SOL-PERP')).toBe(0n);
    },
  );

  it('that is reduce-only fills nothing where the book bears less than there is to reduce', async () => {
    const made = bench();
    await made.buy('SOL-PERP', '5');
    made.feed.setDepth('SOL-PERP', [['0.001', '4.999']]);
    expect(await made.sell('SOL-PERP', '8', { time: 'fok', limit: '99', reduceOnly: true })).toMatchObject({
      status: 'expired',
      filled: 0n,
      rejection: { code: 'NOT_FILLED' },
    });
  });

  it('ends as expired when it is let loose and does not fill whole', async () => {
    const made = bench();
    await made.buy('SOL-PERP', '10', { id: 'a', time: 'fok', limit: '106', trigger: 'above 105' });
    made.feed.emptyBook('SOL-PERP');
    made.solMovesTo('105');
    expect(await made.report('a')).toMatchObject({ status: 'expired', rejection: { code: 'NOT_FILLED' } });
  });
});

describe('a good-till-date order', () => {
  it.each([
    ['that rests', '99', undefined],
    ['that waits for its trigger', '106', 'above 105'],
  ] as const)('ends at its time and not before: one %s', async (_, limit, trigger) => {
    const made = bench();
    await made.buy('SOL-PERP', '1', {
      id: 'a',
      time: 'gtd',
      limit,
      expiresAt: made.now + 5_000,
      ...(trigger === undefined ? {} : { trigger }),
    });
    made.pass(4_999);
    expect(made.openOrder('a').filled).toBe(0n);
    made.feed.setOracle('SOL', '90');
    made.pass(1);
    expect(await made.report('a')).toMatchObject({ status: 'expired', filled: 0n });
    expect(made.venue.takeOrderReports()).toMatchObject([{ clientOrderId: 'a', status: 'expired' }]);
  });

  it('is over at once when its time has passed, and costs nothing', async () => {
    const made = bench();
    const before = made.untouched();
    expect(await made.buy('SOL-PERP', '1', { time: 'gtd', expiresAt: made.now })).toMatchObject({
      status: 'expired',
      filled: 0n,
    });
    expect(made.untouched()).toEqual(before);
  });
});

describe('an immediate-or-cancel order', () => {
  it('leaves no rest', async () => {
    const made = bench();
    made.feed.setDepth('SOL-PERP', [['0.001', '4']]);
    expect(await made.buy('SOL-PERP', '10', { id: 'a' })).toMatchObject({
      status: 'partiallyFilled',
      filled: parseBase('4'),
    });
    expect(made.venue.snapshot().openOrders).toEqual([]);
  });
});
