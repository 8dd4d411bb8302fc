import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fillView, orderView, type OrderState } from '../../../../src/shared/contract/orders.ts';
import { fillViewOf, orderViewOf } from '../../../../src/main/execution/orders/orderViews.ts';
import { newOrder, requestOf, type TraderOrder } from '../../../../src/main/execution/orders/traderOrder.ts';
import { parseBase, parsePrice, parseRate, parseUsd } from '../../../../src/shared/money/decimal.ts';
import { NO_BASE, NO_USD, base } from '../../../../src/shared/money/quantity.ts';
import { NOW, planOf } from './deskRig.ts';

const orderOf = (plan = planOf(), of: Partial<TraderOrder> = {}): TraderOrder => ({
  ...newOrder(plan, { number: 17, t: NOW, validUntil: NOW + 60_000, decisionMid: null }),
  ...of,
});

describe('an order as it is shown', () => {
  it('says everything that was asked for', () => {
    const view = orderViewOf(
      orderOf(
        planOf({
          type: 'takeProfitLimit',
          side: 'sell',
          clientOrderId: 'mine',
          trigger: { price: parsePrice('160'), when: 'above' },
          timeInForce: 'gtd',
          expiresAt: NOW + 1,
          postOnly: 'slide',
          reduceOnly: true,
          conditions: { match: 'any', of: [{ kind: 'health', is: 'below', health: parseRate('0.625') }] },
        }),
      ),
    );

    expect(orderView.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      orderId: 'm17',
      clientOrderId: 'mine',
      type: 'takeProfitLimit',
      triggerPrice: '160',
      timeInForce: 'GTD',
      validUntil: NOW + 1,
      postOnly: 'slide',
      reduceOnly: true,
      role: 'single',
      conditions: { match: 'any', of: [{ kind: 'health', is: 'below', pct: 62.5 }] },
      averagePrice: null,
      decisionMid: null,
    });
  });

  it('has a limit only where something says it', () => {
    const offset = orderOf(planOf({ type: 'oracleOffset', oracleOffset: parsePrice('-1') }), {
      state: 'open',
    });
    const atVenue = {
      ...requestOf(offset),
      status: 'open' as const,
      filled: NO_BASE,
      quote: NO_USD,
      fee: NO_USD,
      limitPrice: parsePrice('148.2'),
      ahead: parseBase('3.5'),
    };
    expect(orderViewOf(offset)).toMatchObject({ price: null, offset: '-1', ahead: null });
    expect(orderViewOf(offset, atVenue)).toMatchObject({ price: '148.2', ahead: '3.5' });
    // Once it is over, the limit that it was sent with says nothing any more.
    expect(orderViewOf({ ...offset, state: 'cancelled' })).toMatchObject({ price: null });
    expect(orderViewOf({ ...offset, postOnly: 'slide' }, atVenue)).toMatchObject({ price: '148.2' });

    const stop = planOf({ type: 'stopMarket', tolerance: parseRate('0.005') });
    expect(orderViewOf(orderOf(stop, { state: 'untriggered' })).price).toBeNull();
    expect(orderViewOf(orderOf(stop, { state: 'filled' })).price).toBe('149');
  });

  it('has something left only while it may still fill', () => {
    const states: OrderState[] = ['open', 'cancelling', 'unknown', 'partiallyFilled', 'filled'];
    const filled = parseBase('4');
    expect(states.map((state) => orderViewOf(orderOf(undefined, { state, filled })).left)).toEqual([
      '6',
      '6',
      '6',
      '0',
      '0',
    ]);
  });

  it('has the average of what filled, to the billionth', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        (size, quote) => {
          const order = orderOf(undefined, { filled: base(size), quote: parseUsd('0') });
          const shown = orderViewOf({ ...order, quote: quote as typeof order.quote }).averagePrice;
          const exact = Number(quote) / 1e6 / (Number(size) / 1e9);
          expect(Math.abs(Number(shown) - exact)).toBeLessThanOrEqual(1e-9 + exact * 1e-12);
        },
      ),
    );
  });

  it('has fills with numbers of their own', () => {
    const view = fillViewOf({
      seq: 3,
      orderId: 'm17',
      t: NOW,
      market: 'SOL-PERP',
      side: 'buy',
      size: parseBase('1.5'),
      price: parsePrice('149.25'),
      fee: parseUsd('-0.04'),
      liquidity: 'maker',
    });
    expect(fillView.parse(view)).toEqual(view);
    expect(view).toMatchObject({ id: 'f3', size: '1.5', price: '149.25', fee: '-0.04' });
  });
});
