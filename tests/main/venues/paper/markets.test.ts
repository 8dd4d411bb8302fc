import { describe, expect, it } from 'vitest';

import { SteadyFeed } from '../../../support/steadyFeed.ts';
import { FREE, PaperBench } from './paperBench.ts';

/** A feed that breaks when it is asked for its book. */
class BrokenFeed extends SteadyFeed {
  override depth(): never {
    throw new TypeError('the book is torn');
  }
}

describe('the paper venue', () => {
  it('offers the markets that its feed has, and no others', async () => {
    const feed = new SteadyFeed({ markets: ['SOL', 'SOL-PERP'] });
    const bench = new PaperBench({ cash: '100000', feed });

    expect([...bench.venue.markets.keys()]).toEqual(['SOL', 'SOL-PERP']);
    expect(await bench.buy('BTC-PERP', '0.001')).toMatchObject({ rejection: { code: 'UNKNOWN_MARKET' } });
    expect(bench.venue.name).toBe('paper');
  });

  it('[R1.4] asks margin for perpetuals, 10 % at first and 5 % to stay, and none for spot', () => {
    const { markets } = new PaperBench().venue;
    const margins = [...markets.values()].map(({ symbol, initialMargin, maintenanceMargin }) => [
      symbol,
      Number(initialMargin) / 1e12,
      Number(maintenanceMargin) / 1e12,
    ]);

    expect(margins).toEqual([
      ['SOL', 0, 0],
      ['SOL-PERP', 0.1, 0.05],
      ['BTC-PERP', 0.1, 0.05],
      ['ETH-PERP', 0.1, 0.05],
    ]);
  });

  it('has ticks and lots whose product is a whole number of millionths of a dollar', () => {
    for (const { tick, lot } of new PaperBench().venue.markets.values())
      expect((tick * lot) % 1_000_000_000_000n).toBe(0n);
  });

  it('does not pass off a fault of its own as a refusal', async () => {
    const bench = new PaperBench({ cash: '1000', settings: FREE, feed: new BrokenFeed() });
    await expect(bench.buy('SOL', '1')).rejects.toThrow(new TypeError('the book is torn'));
    expect(await bench.venue.query('order-1')).toEqual({ kind: 'absent' });
  });
});
