import { describe, expect, it } from 'vitest';

import { parseBase } from '../../../../src/shared/money/decimal.ts';
import { FREE, PaperBench } from './paperBench.ts';

const bench = () => new PaperBench({ cash: '10000', spot: '10', settings: FREE });

describe('orders of one account', () => {
  it.each([
    ['buy', '99', 'sell', '99'],
    ['sell', '101', 'buy', '101'],
    ['sell', '101', 'buy', '101.5'],
  ] as const)(
    'do not rest against each other (%s at %s, then %s at %s)',
    async (first, at, second, limit) => {
      const made = bench();
      made.feed.emptyBook('SOL');
      await made[first]('SOL', '1', { id: 'first', limit: at, gtc: true });
      const before = made.untouched();
      expect(await made[second]('SOL', '1', { limit, gtc: true })).toMatchObject({
        status: 'rejected',
        filled: 0n,
        rejection: { code: 'SELF_TRADE' },
      });
      expect(made.untouched()).toEqual(before);
    },
  );

  it.each([undefined, 4])('pass each other over when one takes (others: %s)', async (crowd) => {
    const made = new PaperBench({ cash: '10000', ...(crowd === undefined ? {} : { crowd }) });
    made.feed.setDepth('SOL-PERP', [['0.003', '1000']]);
    made.beat();
    await made.sell('SOL-PERP', '1', { id: 'ask', limit: '100.001', gtc: true });
    expect(await made.buy('SOL-PERP', '5')).toMatchObject({ status: 'filled' });
    expect(await made.report('ask')).toMatchObject({ status: 'open', filled: 0n });
    expect(made.held('SOL-PERP')).toBe(parseBase('5'));
  });

  it('may rest in different markets, and one tick apart', async () => {
    const made = bench();
    await made.buy('SOL', '1', { limit: '99', gtc: true });
    expect(await made.sell('SOL-PERP', '1', { limit: '100.05', gtc: true })).toMatchObject({
      status: 'open',
    });
    await made.buy('SOL-PERP', '1', { limit: '100.049', gtc: true });
    expect(made.venue.snapshot().openOrders).toHaveLength(3);
  });

  it('are 32 at most, those that wait for a trigger included', async () => {
    const made = bench();
    for (let i = 0; i < 31; i += 1) await made.buy('SOL', '0.001', { limit: '90', gtc: true });
    await made.buy('SOL', '0.001', { id: 'last', trigger: 'above 105', limit: '106' });
    const before = made.untouched();
    for (const given of [
      { limit: '90', gtc: true },
      { trigger: 'above 105', limit: '106' },
    ])
      expect(await made.buy('SOL', '0.001', given)).toMatchObject({
        status: 'rejected',
        rejection: { code: 'TOO_MANY_ORDERS' },
      });
    expect(made.untouched()).toEqual(before);
    expect(await made.buy('SOL', '1')).toMatchObject({ status: 'filled' });
    await made.venue.cancel('last');
    expect(await made.buy('SOL', '0.001', { limit: '90', gtc: true })).toMatchObject({ status: 'open' });
  });

  it('are all cancelled by a liquidation, and each is told of once', async () => {
    const made = new PaperBench({ cash: '1000', settings: FREE });
    await made.buy('SOL-PERP', '50');
    await made.buy('SOL-PERP', '1', { id: 'a', limit: '60', gtc: true });
    await made.sell('SOL-PERP', '1', { id: 'b', trigger: 'above 150', limit: '149' });
    made.solMovesTo('82');
    expect(made.held('SOL-PERP')).toBe(0n);
    expect(made.venue.snapshot().openOrders).toEqual([]);
    expect(made.venue.takeOrderReports()).toMatchObject([
      { clientOrderId: 'a', status: 'cancelled' },
      { clientOrderId: 'b', status: 'cancelled' },
    ]);
    expect(made.venue.takeOrderReports()).toEqual([]);
  });
});
