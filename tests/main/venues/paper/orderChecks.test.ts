import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatBase } from '../../../../src/shared/money/decimal.ts';
import type { Side } from '../../../../src/main/domain/market.ts';
import { FREE, PaperBench } from './paperBench.ts';

const bench = () => new PaperBench({ cash: '1000000', settings: FREE });

describe('an order off the grid of the paper venue', () => {
  it.each([
    ['SOL-PERP', '0.0015', '0.002'],
    ['SOL-PERP', '1.0004', '1'],
    ['SOL-PERP', '0.0004', '0.001'],
    ['SOL-PERP', '0', '0.001'],
    ['SOL-PERP', '-3', '0.001'],
    ['SOL', '12.3456', '12.346'],
    ['BTC-PERP', '0.0009', '0.001'],
    ['BTC-PERP', '0.00123', '0.0012'],
    ['ETH-PERP', '0.009', '0.01'],
    ['ETH-PERP', '0.0111', '0.011'],
  ])('names the nearest valid size (%s, %s: %s)', async (market, size, nearest) => {
    const { status, rejection } = await bench().buy(market, size);

    expect([status, rejection?.code]).toEqual(['rejected', 'INVALID_SIZE']);
    expect(rejection?.message).toMatch(
      new RegExp(`^${market} trades in lots of [\\d.]+; the nearest valid size is ${nearest}\\.$`),
    );
  });

  it.each([
    ['SOL', '100.0005', '100.001'],
    ['SOL-PERP', '100.0004', '100'],
    ['SOL-PERP', '0.0001', '0.001'],
    ['SOL-PERP', '0', '0.001'],
    ['SOL-PERP', '-5', '0.001'],
    ['BTC-PERP', '60000.04', '60000'],
    ['ETH-PERP', '2500.005', '2500.01'],
  ])('names the nearest valid price (%s, %s: %s)', async (market, limit, nearest) => {
    const { status, rejection } = await bench().buy(market, '1', { limit });

    expect([status, rejection?.code]).toEqual(['rejected', 'INVALID_PRICE']);
    expect(rejection?.message).toMatch(
      new RegExp(`^${market} is priced in ticks of [\\d.]+; the nearest valid price is ${nearest}\\.$`),
    );
  });

  it.each([
    ['SOL', '0.001'],
    ['SOL-PERP', '0.001'],
    ['BTC-PERP', '0.001'],
    ['ETH-PERP', '0.01'],
  ])('is taken at the smallest size of %s, %s', async (market, size) => {
    expect(await bench().buy(market, size)).toMatchObject({ status: 'filled' });
  });

  it('is refused in a market that the venue does not have', async () => {
    const { status, rejection } = await bench().buy('DOGE-PERP', '1');

    expect([status, rejection]).toEqual([
      'rejected',
      { code: 'UNKNOWN_MARKET', message: 'The paper venue has no market DOGE-PERP.' },
    ]);
  });
});

describe('the oracle of the paper venue', () => {
  it('may be 30 s old for an order, and no older', async () => {
    const stale = bench();
    stale.feed.silenceOracle();
    stale.pass(30_000);
    expect(await stale.buy('SOL-PERP', '1')).toMatchObject({ status: 'filled' });
    stale.pass(1);

    expect(await stale.buy('SOL-PERP', '1')).toMatchObject({
      status: 'rejected',
      rejection: { code: 'STALE_PRICE', message: 'The oracle of SOL-PERP is 30 s old.' },
    });
    stale.feed.wakeOracle();
    expect(await stale.buy('SOL-PERP', '1')).toMatchObject({ status: 'filled' });
  });
});

describe('a reduce-only order on the paper venue', () => {
  it.each([
    ['SOL-PERP', 'sell', '0'],
    ['SOL-PERP', 'buy', '0'],
    ['SOL-PERP', 'sell', '-5'],
    ['SOL-PERP', 'buy', '5'],
  ] as const)('in %s, a %s, is refused where %s is held', async (market, side, size) => {
    const given = new PaperBench({ cash: '1000', perps: [{ size }], settings: FREE });

    expect(await given[side](market, '1', { reduceOnly: true })).toMatchObject({
      status: 'rejected',
      rejection: {
        code: 'REDUCE_ONLY_WOULD_INCREASE',
        message: `There is nothing in ${market} that this order could reduce.`,
      },
    });
  });

  it('sells at most the SOL that there is, in whole lots', async () => {
    const given = new PaperBench({ spot: '2.0005', settings: FREE });

    expect(await given.sell('SOL', '5', { reduceOnly: true })).toMatchObject({ status: 'partiallyFilled' });
    expect(formatBase(given.account.spot)).toBe('0.0005');
    expect(await given.sell('SOL', '5', { reduceOnly: true })).toMatchObject({
      rejection: { code: 'REDUCE_ONLY_WOULD_INCREASE' },
    });
    expect(await new PaperBench({ cash: '500' }).buy('SOL', '1', { reduceOnly: true })).toMatchObject({
      rejection: { code: 'REDUCE_ONLY_WOULD_INCREASE' },
    });
  });

  it('never opens, enlarges or turns a position, whatever its size', async () => {
    const lots = fc.integer({ min: 1, max: 20_000 });
    const orders = fc.array(fc.tuple(fc.constantFrom<Side>('buy', 'sell'), lots), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -20_000, max: 20_000 }), orders, async (start, sent) => {
        const size = (start / 1_000).toFixed(3);
        const given = new PaperBench({ cash: '10000', perps: [{ size }], settings: FREE });
        for (const [side, amount] of sent) {
          const before = given.held('SOL-PERP');
          await given[side]('SOL-PERP', (amount / 1_000).toFixed(3), { reduceOnly: true });
          const after = given.held('SOL-PERP');
          const wanted = BigInt(amount) * 1_000_000n * (side === 'buy' ? 1n : -1n);
          // Towards zero by what was asked, and not past it; the other way not at all.
          const reduces = before !== 0n && before > 0n !== wanted > 0n;
          const turned = before !== 0n && before > 0n !== before + wanted > 0n;
          expect(after).toBe(reduces ? (turned ? 0n : before + wanted) : before);
        }
      }),
      { numRuns: 150 },
    );
  });
});
