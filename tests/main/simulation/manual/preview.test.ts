import { describe, expect, it } from 'vitest';

import type { OrderTicket } from '../../../../src/shared/contract/orders.ts';
import { parseBase } from '../../../../src/shared/money/decimal.ts';
import { handOf, handRun, place, priceAt, runTo } from './handRun.ts';

describe('a preview of what takes', () => {
  it.each([
    ['buy', 'sell', 1],
    ['sell', 'buy', -1],
  ] as const)('[R1.5] passes over our own orders as the book does: a %s', async (side, other, up) => {
    const open = handRun();
    await runTo(open, 2);
    const { desk, lane } = handOf(open);
    const market = 'SOL-PERP';
    // More than the book shows, so that every lot that is counted tells.
    const ticket: OrderTicket = {
      market,
      side,
      size: '100000',
      type: 'limit',
      price: priceAt(open, market, 100 + 0.15 * up),
      timeInForce: 'IOC',
    };
    const before = await desk.preview(ticket);
    const price = priceAt(open, market, 100 + 0.04 * up);
    const { state } = await place(open, {
      market,
      side: other,
      size: '30',
      type: 'limit',
      price,
      postOnly: 'slide',
    });
    const after = await desk.preview(ticket);
    expect([state, lane.desk.open().length]).toEqual(['open', 1]);
    expect(before.estimate.takes).toBeGreaterThan(0n);
    expect(after.estimate).toEqual(before.estimate);
  });

  it('agrees with the venue on a fill-or-kill order that reduces more than is held', async () => {
    const open = handRun();
    await runTo(open, 2);
    const { desk } = handOf(open);
    await place(open, { market: 'SOL-PERP', side: 'buy', size: '5', type: 'market' });
    const ticket: OrderTicket = {
      market: 'SOL-PERP',
      side: 'sell',
      size: '8',
      type: 'limit',
      price: priceAt(open, 'SOL-PERP', 99.8),
      timeInForce: 'FOK',
      reduceOnly: true,
    };
    const { estimate, refusals } = await desk.preview(ticket);
    expect([estimate.takes, refusals]).toEqual([parseBase('5'), []]);
    expect((await desk.place(ticket)).order.filled).toBe(parseBase('5'));
  });
});

describe('the answer to an order that was placed before', () => {
  it('counts one that is open once', async () => {
    const open = handRun();
    await runTo(open, 2);
    const { desk } = handOf(open);
    const ticket: OrderTicket = {
      market: 'SOL-PERP',
      side: 'buy',
      size: '20',
      type: 'limit',
      price: priceAt(open, 'SOL-PERP', 97),
      clientOrderId: 'mine',
    };
    const first = await desk.place(ticket);
    const again = await desk.place(ticket);
    expect([again.repeated, again.order.state]).toEqual([true, 'open']);
    expect(again.preview).toEqual(first.preview);
  });

  it('expects no more of one that is over', async () => {
    const open = handRun();
    await runTo(open, 2);
    const { desk } = handOf(open);
    const ticket: OrderTicket = {
      market: 'SOL-PERP',
      side: 'buy',
      size: '20',
      type: 'market',
      clientOrderId: 'mine',
    };
    const first = await desk.place(ticket);
    const { order, preview, repeated } = await desk.place(ticket);
    expect([repeated, order.state]).toEqual([true, 'filled']);
    expect(preview.estimate).toMatchObject({ takes: 0n, rests: 0n, averagePrice: null, net: 0n });
    expect(preview.estimate.cost).toMatchObject({ total: 0n });
    expect(preview.after).toEqual(preview.before);
    expect(preview.before.leverage ?? 0).toBeGreaterThan(first.preview.before.leverage ?? 0);
    expect(preview.refusals).toEqual([]);
  });
});
