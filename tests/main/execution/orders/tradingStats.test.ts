import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ORDER_COMMANDS } from '../../../../src/shared/contract/commands/orderCommands.ts';
import type { OrderFill } from '../../../../src/main/execution/orders/orderStore.ts';
import { tradingStats } from '../../../../src/main/execution/orders/tradingStats.ts';
import type { OrderFigures } from '../../../../src/main/storage/orderRepository.ts';
import { parseBase, parsePrice, parseUsd } from '../../../../src/shared/money/decimal.ts';

const figures = (of: Partial<OrderFigures>): OrderFigures => ({
  number: 1,
  side: 'buy',
  state: 'filled',
  done: true,
  size: '10',
  filled: '10',
  quote: '1000',
  limitPrice: '100',
  decisionMid: '100',
  sentT: 0,
  firstFillT: null,
  ...of,
});
const fillOf = (size: string, price: string, fee: string, liquidity: 'maker' | 'taker'): OrderFill => ({
  seq: 1,
  orderId: 'm1',
  t: 0,
  market: 'SOL-PERP',
  side: 'buy',
  size: parseBase(size),
  price: parsePrice(price),
  fee: parseUsd(fee),
  liquidity,
});

describe('trading statistics', () => {
  it('are empty before there is anything to tell', () => {
    const stats = tradingStats([], []);

    expect(ORDER_COMMANDS.GET_TRADING_STATS.reply.parse(stats)).toEqual(stats);
    expect(stats).toMatchObject({
      orders: 0,
      fillRatioPct: null,
      slippageBp: null,
      medianTimeToFillMs: null,
      volume: '0',
    });
  });

  it('count every order once, by how it stands', () => {
    const states = [
      'open',
      'conditional',
      'placing',
      'unknown',
      'filled',
      'cancelled',
      'cancelled',
      'rejected',
    ];
    const over = new Set(['filled', 'cancelled', 'rejected']);
    const stats = tradingStats(
      states.map((state) => figures({ state, done: over.has(state) })),
      [],
    );

    expect(stats).toMatchObject({
      orders: 8,
      open: 3,
      unknown: 1,
      filled: 1,
      cancelled: 2,
      rejected: 1,
      partiallyFilled: 0,
      expired: 0,
    });
  });

  it('measure what has filled against what was ordered, of orders that are over', () => {
    const stats = tradingStats(
      [
        // 1000 filled of 1000; 505 of 505 + 5 × 100; nothing of 10 × 90; and one that still rests.
        figures({}),
        figures({ state: 'partiallyFilled', filled: '5', quote: '505' }),
        figures({ state: 'cancelled', filled: '0', quote: '0', limitPrice: '90', decisionMid: null }),
        figures({ state: 'open', done: false, filled: '1', quote: '100' }),
      ],
      [],
    );

    expect(stats.fillRatioPct).toBeCloseTo((100 * 1505) / (1000 + 1005 + 900), 10);
  });

  it('measure slippage against the mid of the decision: positive is a cost, whichever way', () => {
    const stats = tradingStats(
      [
        figures({ quote: '1001' }),
        figures({ side: 'sell', quote: '998' }),
        figures({ quote: '999', filled: '10' }),
        figures({ quote: '5000', decisionMid: null }),
      ],
      [],
    );

    expect(stats.slippage).toBe('2');
    expect(stats.slippageBp).toBeCloseTo((2 / 3000) * 10_000, 10);
  });

  it('give the median and the mean time from being sent to the first fill', () => {
    const times = (...ms: (number | null)[]) =>
      tradingStats(
        ms.map((firstFillT) => figures({ sentT: 100, firstFillT })),
        [],
      );

    expect(times(400, 200, null, 900)).toMatchObject({ medianTimeToFillMs: 300, meanTimeToFillMs: 400 });
    expect(times(400, 200)).toMatchObject({ medianTimeToFillMs: 200, meanTimeToFillMs: 200 });
  });

  it('tell fees from rebates, and the maker’s share of the volume', () => {
    const stats = tradingStats(
      [],
      [
        fillOf('3', '100', '-0.06', 'maker'),
        fillOf('1', '100.5', '0.1005', 'taker'),
        fillOf('1', '99.5', '0', 'taker'),
      ],
    );

    expect(stats).toMatchObject({ volume: '500', feesPaid: '0.1005', rebates: '0.06', makerSharePct: 60 });
  });

  it('agree with plain arithmetic on any orders', () => {
    const order = fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      filled: fc.integer({ min: 0, max: 10 }),
      quote: fc.integer({ min: 0, max: 2_000 }),
      mid: fc.integer({ min: 50, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(order, { minLength: 1, maxLength: 20 }), (orders) => {
        const stats = tradingStats(
          orders.map(({ side, filled, quote, mid }) =>
            figures({ side, filled: String(filled), quote: String(quote), decisionMid: String(mid) }),
          ),
          [],
        );
        const sum = (of: (one: (typeof orders)[number]) => number) =>
          orders.reduce((total, one) => total + of(one), 0);
        const cost = sum(
          ({ side, filled, quote, mid }) => (side === 'buy' ? 1 : -1) * (quote - filled * mid),
        );
        const worth = sum(({ filled, mid }) => filled * mid);
        expect(Number(stats.slippage)).toBe(cost);
        if (worth === 0) expect(stats.slippageBp).toBeNull();
        else expect(stats.slippageBp).toBeCloseTo((cost / worth) * 10_000, 6);
        const ordered = sum(({ filled, quote, mid }) => quote + (10 - filled) * mid);
        expect(stats.fillRatioPct).toBeCloseTo((100 * sum(({ quote }) => quote)) / ordered, 6);
      }),
    );
  });
});
