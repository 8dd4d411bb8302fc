import { describe, expect, it } from 'vitest';

import { formatPrice } from '../../../../src/shared/money/decimal.ts';
import { FREE, PaperBench } from './paperBench.ts';

const bench = () => new PaperBench({ cash: '10000', settings: FREE });
const limitOf = (made: PaperBench) => formatPrice(made.openOrder('a').limitPrice);

describe('an order at an offset from the oracle', () => {
  it.each([
    ['buy', '-1', '99', '101.001'],
    ['sell', '1', '101', '103.002'],
  ] as const)(
    'moves its limit with the oracle, on the tick and to where it costs no more (%s)',
    async (side, offset, limit, moved) => {
      const made = bench();
      await made[side]('SOL-PERP', '1', { id: 'a', limit, gtc: true, offset });
      made.solMovesTo('102.0015');
      expect(limitOf(made)).toBe(moved);
      expect(made.held('SOL-PERP')).toBe(0n);
    },
  );

  it('is not met at a price that the oracle has left', async () => {
    const made = bench();
    await made.buy('SOL-PERP', '1', { id: 'a', limit: '99', gtc: true, offset: '-1' });
    made.solMovesTo('90');
    expect(limitOf(made)).toBe('89');
    made.feed.setMark('SOL-PERP', '88.9');
    made.pass(1_000);
    expect(await made.report('a')).toMatchObject({ status: 'filled', quote: 89_000_000n });
  });

  it('keeps its turn while the oracle stands, and has a new offset at once', async () => {
    const made = bench();
    made.feed.setDepth('SOL-PERP', [['0.02', '400']]);
    await made.buy('SOL-PERP', '1', { id: 'a', limit: '99', gtc: true, offset: '-1' });
    const { ahead } = made.openOrder('a');
    expect(ahead).toBeGreaterThan(0n);
    made.pass(1_000);
    expect(made.openOrder('a').ahead).toBe(ahead);
    await made.venue.modify('a', {
      oracleOffset:
        made.order('SOL', 'buy', '1', { offset: '-2' }).oracleOffset ?? made.openOrder('a').limitPrice,
    });
    expect(limitOf(made)).toBe('98');
  });

  it('keeps its turn behind the touch, if it slides, while nothing moves', async () => {
    const made = bench();
    made.feed.setDepth('SOL-PERP', [['0.0005', '100']]);
    await made.buy('SOL-PERP', '1', { id: 'a', limit: '100.5', gtc: true, offset: '0.5', postOnly: 'slide' });
    await made.buy('SOL-PERP', '1', { id: 'b', limit: '100.009', gtc: true });
    expect(limitOf(made)).toBe('100.009');
    made.pass(1_000);
    expect(made.openOrder('a').ahead).toBe(0n);
    made.solMovesTo('110');
    expect(limitOf(made)).toBe('110.009');
  });

  it.each([undefined, 'slide'] as const)(
    'is out of the book while it would meet one of ours, and back in it afterwards (post-only: %s)',
    async (postOnly) => {
      const made = bench();
      made.feed.emptyBook('SOL-PERP');
      made.feed.setMark('SOL-PERP', '100');
      await made.buy('SOL-PERP', '1', {
        id: 'a',
        limit: '99',
        gtc: true,
        offset: '-1',
        ...(postOnly === undefined ? {} : { postOnly }),
      });
      await made.sell('SOL-PERP', '1', { id: 'ask', limit: '101', gtc: true });
      for (const [oracle, limit, ahead] of [
        ['102', '101', undefined],
        ['102.5', '101.5', undefined],
        ['100.5', '99.5', 0n],
      ] as const) {
        made.solMovesTo(oracle);
        expect([limitOf(made), made.openOrder('a').ahead]).toEqual([limit, ahead]);
      }
      expect(await made.report('ask')).toMatchObject({ status: 'open', filled: 0n });
      expect(made.held('SOL-PERP')).toBe(0n);
    },
  );

  it('takes what it bears once it has moved, and is cancelled where no price is left', async () => {
    const made = bench();
    await made.buy('SOL-PERP', '1', { id: 'a', limit: '99', gtc: true, offset: '-1' });
    made.feed.setMark('SOL-PERP', '100');
    made.solMovesTo('102');
    expect(await made.report('a')).toMatchObject({ status: 'filled', quote: 100_100_000n });

    await made.buy('SOL-PERP', '1', { id: 'b', limit: '12', gtc: true, offset: '-90' });
    made.solMovesTo('80');
    expect(await made.report('b')).toMatchObject({ status: 'cancelled', filled: 0n });
    made.expectBooksToAgree();
  });
});
