import { describe, expect, it } from 'vitest';

import { FREE, PaperBench, type OrderText } from './paperBench.ts';

/** Bids from 99.99 down, asks from 100.01 up, five lots of 20 SOL each. */
function bench(): PaperBench {
  const made = new PaperBench({ cash: '10000', spot: '10', settings: FREE });
  made.feed.setDepth('SOL', [['0.0005', '100']]);
  return made;
}

const gtc = (limit: string, postOnly: 'reject' | 'try' | 'slide'): OrderText => ({
  id: 'a',
  limit,
  gtc: true,
  postOnly,
});

describe('a post-only order on the paper venue', () => {
  it.each([
    ['buy', '100.01'],
    ['buy', '150'],
    ['sell', '99.99'],
  ] as const)('is refused where it would take (%s at %s)', async (side, limit) => {
    const made = bench();
    const before = made.untouched();

    expect(await made[side]('SOL', '1', gtc(limit, 'reject'))).toMatchObject({
      status: 'rejected',
      rejection: { code: 'POST_ONLY_WOULD_CROSS' },
    });
    expect(made.untouched()).toEqual(before);
    expect(made.venue.books.size).toBe(0);
  });

  it.each([
    ['buy', '100.009'],
    ['sell', '99.991'],
  ] as const)('rests where it would not, be it one tick before the touch (%s at %s)', async (side, limit) => {
    const made = bench();
    expect(await made[side]('SOL', '1', gtc(limit, 'reject'))).toMatchObject({ status: 'open' });
    expect(made.openOrder('a')).toMatchObject({ ahead: 0n });
  });

  it('is cancelled in silence where it may only try', async () => {
    const made = bench();
    expect(await made.buy('SOL', '1', gtc('100.5', 'try'))).toEqual({
      clientOrderId: 'a',
      status: 'cancelled',
      filled: 0n,
      quote: 0n,
      fee: 0n,
    });
    expect(made.venue.books.size).toBe(0);
  });

  it.each([
    ['buy', '100.5', 100_009_000_000n],
    ['sell', '99.5', 99_991_000_000n],
  ] as const)('slides to one tick behind the touch (%s at %s)', async (side, limit, at) => {
    const made = bench();
    expect(await made[side]('SOL', '1', gtc(limit, 'slide'))).toMatchObject({ status: 'open', filled: 0n });
    expect(made.openOrder('a').limitPrice).toBe(at);
  });

  it('rests even where its limit would bear a taker’s slippage, and never takes what comes', async () => {
    const made = bench();
    made.feed.emptyBook('SOL');
    expect(await made.buy('SOL', '1', gtc('100.2', 'reject'))).toMatchObject({ status: 'open' });
    expect(made.openOrder('a')).toMatchObject({ ahead: 0n });
    made.feed.setDepth('SOL', [['0.003', '100']]);
    made.solMovesTo('100.15');
    expect(made.openOrder('a').filled).toBe(0n);

    made.solMovesTo('100.149');

    expect(made.events().at(-1)).toMatchObject({ type: 'FILL', liquidity: 'maker', price: 100_200_000_000n });
  });
});
