import { describe, expect, it } from 'vitest';

import { parseBase } from '../../../../src/shared/money/decimal.ts';
import { FREE, PaperBench } from './paperBench.ts';

/** Bids and asks on every cent, 20 SOL each. */
function bench(crowd?: number): PaperBench {
  const made = new PaperBench({
    cash: '100000',
    settings: FREE,
    ...(crowd === undefined ? {} : { crowd }),
  });
  made.feed.setDepth('SOL-PERP', [['0.01', '2000']]);
  made.beat();
  return made;
}

describe('the queue before an order that rests', () => {
  it('is what others and we have had there before, at its own price', async () => {
    const made = bench();
    await made.buy('SOL-PERP', '7', { id: 'a', limit: '99.99', gtc: true });
    await made.buy('SOL-PERP', '3', { id: 'b', limit: '99.99', gtc: true });
    await made.buy('SOL-PERP', '3', { id: 'c', limit: '99.995', gtc: true });
    expect(made.openOrder('a').ahead).toBe(parseBase('20'));
    expect(made.openOrder('b').ahead).toBe(parseBase('27'));
    expect(made.openOrder('c').ahead).toBe(0n);
    await made.venue.cancel('a');
    expect(made.openOrder('b').ahead).toBe(parseBase('20'));
  });

  it('gets shorter by cancels in proportion, and longer never: who comes later stands behind', async () => {
    const made = bench();
    await made.buy('SOL-PERP', '7', { id: 'a', limit: '99.99', gtc: true });
    made.feed.setDepth('SOL-PERP', [['0.01', '4000']]);
    made.beat();
    expect(made.openOrder('a').ahead).toBe(parseBase('20'));
    // 20 before it and 20 behind: of 40, half goes, and from both alike.
    made.feed.setDepth('SOL-PERP', [['0.01', '2000']]);
    made.beat();
    expect(made.openOrder('a').ahead).toBe(parseBase('10'));
    made.feed.emptyBook('SOL-PERP');
    made.beat();
    expect(made.openOrder('a').ahead).toBe(0n);
  });

  it('has to trade first: while it does, nothing of ours fills', async () => {
    let fills = 0;
    for (let seed = 0; seed < 12; seed += 1) {
      const made = bench(seed);
      await made.buy('SOL-PERP', '5', { id: 'a', limit: '99.99', gtc: true });
      let ahead = made.openOrder('a').ahead ?? 0n;
      for (let beat = 0; beat < 60; beat += 1) {
        const before = made.trades.length;
        made.beat();
        const met = made.trades
          .slice(before)
          .filter(
            (one) =>
              one.side === 'sell' &&
              one.price === made.order('SOL-PERP', 'buy', '1', { limit: '99.99' }).limitPrice,
          );
        const traded = met
          .filter(({ market }) => market === 'SOL-PERP')
          .reduce((sum, { size }) => sum + size, 0n);
        const { filled } = await made.report('a');
        if (filled === 0n) {
          // Trades at its price have left no more before it than before, less what traded.
          expect(made.openOrder('a').ahead).toBeLessThanOrEqual(ahead - traded);
          ahead = made.openOrder('a').ahead ?? 0n;
        } else {
          expect(traded).toBeGreaterThanOrEqual(filled);
          fills += 1;
          break;
        }
      }
      made.expectBooksToAgree();
    }
    expect(fills).toBeGreaterThan(3);
  });

  it('is restored as it stood, with what stands behind', async () => {
    const made = bench(3);
    await made.buy('SOL-PERP', '5', { id: 'a', limit: '99.99', gtc: true });
    for (let beat = 0; beat < 5; beat += 1) made.beat();
    await made.buy('SOL-PERP', '4', { id: 'b', limit: '99.99', gtc: true });
    const again = bench(3);
    again.restore({ feed: made.feed.save(), venue: made.venue.save() }, made.now);
    expect(again.venue.snapshot().openOrders).toEqual(made.venue.snapshot().openOrders);
    expect(again.untouched()).toEqual(made.untouched());
  });

  it('shows a trade of ours on the tape with what it was, and none that the account refused', async () => {
    const made = bench(3);
    await made.buy('SOL-PERP', '10');
    await made.sell('SOL-PERP', '8', { id: 'a', limit: '100.004', gtc: true, reduceOnly: true });
    await made.sell('SOL-PERP', '8', { id: 'b', limit: '100.005', gtc: true, reduceOnly: true });
    const before = made.trades.length;
    made.feed.setMark('SOL-PERP', '100.5');
    made.beat();
    const ours = made.trades
      .slice(before)
      .filter(({ price }) => price === 100_004_000_000n || price === 100_005_000_000n)
      .map(({ size }) => size)
      .reduce((sum, size) => sum + size, 0n);
    expect(ours).toBe(parseBase('10'));
    expect(made.held('SOL-PERP')).toBe(0n);
  });
});
