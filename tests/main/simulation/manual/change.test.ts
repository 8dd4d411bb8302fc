import { describe, expect, it } from 'vitest';

import { planOf } from '../../../../src/main/domain/orderTicket.ts';
import { newOrder, type TraderOrder } from '../../../../src/main/execution/orders/traderOrder.ts';
import { changeFrom, type TypedChange } from '../../../../src/main/simulation/manual/manualChange.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import { orderTicket, type OrderTicket } from '../../../../src/shared/contract/orders.ts';
import { parsePrice, parseRate } from '../../../../src/shared/money/decimal.ts';
import { marketsOf } from '../../risk/gateCase.ts';

const NOW = Date.UTC(2025, 0, 1);
const quoteOf = (oracle: string, mark = oracle) => ({
  oracle: parsePrice(oracle),
  mark: parsePrice(mark),
  oracleTime: NOW,
});

type Typed = Partial<OrderTicket>;

const ticketOf = (typed: Typed): OrderTicket =>
  orderTicket.parse({ market: 'SOL-PERP', side: 'buy', size: '1', type: 'limit', ...typed });

const planFrom = (typed: Typed) =>
  planOf(ticketOf(typed), {
    markets: marketsOf(),
    quote: () => quoteOf('100'),
    now: NOW,
    slippageTolerance: parseRate('0.005'),
  });

const orderOf = (typed: Typed): TraderOrder =>
  newOrder(planFrom(typed), { number: 1, t: NOW, decisionMid: null });

function changed(order: TraderOrder, change: TypedChange, quote = quoteOf('100')) {
  return changeFrom(change, order, planFrom({ price: '99' }).market, quote);
}

/** What work is refused with. */
function refusalOf(work: () => unknown): Pick<AppError, 'code' | 'details'> {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a change of an order', () => {
  it.each([
    [{ type: 'stopMarket', triggerPrice: '110' }, 'triggerPrice', '1000', '1000.001'],
    [{ type: 'takeProfitMarket', triggerPrice: '90' }, 'triggerPrice', '10', '9.999'],
    [{ type: 'limit', price: '99' }, 'price', '150', '150.001'],
    [{ type: 'stopLimit', triggerPrice: '110', price: '111' }, 'triggerPrice', '750', '1110.001'],
    [{ type: 'stopLimit', triggerPrice: '200', price: '290' }, 'triggerPrice', '193.334', '193.333'],
  ] as const)(
    'of %j is refused where a new ticket would be: %s %s, and not %s',
    (typed, field, right, wrong) => {
      const order = orderOf(typed);
      const ticket = { ...typed, [field]: wrong };

      expect(changed(order, { [field]: right })).toBeDefined();
      expect(refusalOf(() => changed(order, { [field]: wrong }))).toMatchObject({
        code: 'PRICE_OUT_OF_BAND',
        details: { field },
      });
      expect(refusalOf(() => planFrom(ticket)).code).toBe('PRICE_OUT_OF_BAND');
    },
  );

  it('has its trigger ahead of the oracle', () => {
    const order = orderOf({ type: 'stopMarket', triggerPrice: '110' });
    expect(refusalOf(() => changed(order, { triggerPrice: '100' }))).toMatchObject({
      code: 'INVALID_TRIGGER',
      details: { field: 'triggerPrice', trigger: '100', has: 'above', from: '100' },
    });
  });

  it('of its size alone does not judge its prices anew', () => {
    const order = orderOf({
      type: 'stopLimit',
      triggerPrice: '110',
      price: '111',
      bracket: { stopLoss: { triggerPrice: '105' } },
    });
    expect(changed(order, { size: '2' }, quoteOf('5000'))).toEqual({ size: 2_000_000_000n });
  });
});

describe('a change of an entry', () => {
  const bracket = { takeProfit: { triggerPrice: '120' }, stopLoss: { triggerPrice: '95' } };

  it.each([
    ['a limit', { price: '99' }, { price: '95.001' }, { price: '95' }],
    ['an offset', { type: 'oracleOffset', offset: '-1' }, { offset: '-4.999' }, { offset: '-5' }],
    [
      'a trigger',
      { type: 'stopMarket', triggerPrice: '110' },
      { triggerPrice: '119.999' },
      { triggerPrice: '120' },
    ],
  ] as const)('with %s does not move it past its own exits', (_what, typed, right, wrong) => {
    const order = orderOf({ ...typed, bracket });

    expect(changed(order, right)).toBeDefined();
    expect(refusalOf(() => changed(order, wrong))).toMatchObject({
      code: 'INVALID_TRIGGER',
      details: { field: Object.keys(wrong)[0] },
    });
    expect(refusalOf(() => planFrom({ ...typed, ...wrong, bracket })).code).toBe('INVALID_TRIGGER');
  });

  it('counts a limit beyond the market at the mark, as it would fill there', () => {
    const order = orderOf({ price: '99', bracket });
    expect(changed(order, { price: '130' })).toBeDefined();
    expect(refusalOf(() => changed(order, { price: '130' }, quoteOf('121'))).code).toBe('INVALID_TRIGGER');
  });

  it('of a sale is the other way round', () => {
    const order = orderOf({ side: 'sell', price: '101', bracket: { stopLoss: { triggerPrice: '105' } } });
    expect(changed(order, { price: '104.999' })).toBeDefined();
    expect(refusalOf(() => changed(order, { price: '105' })).code).toBe('INVALID_TRIGGER');
  });
});
