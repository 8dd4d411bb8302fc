import { describe, expect, it } from 'vitest';

import { AppError } from '../../../src/shared/contract/appError.ts';
import { orderTicket, type OrderTicket } from '../../../src/shared/contract/orders.ts';
import { parseBase, parsePrice, parseRate } from '../../../src/shared/money/decimal.ts';
import { planOf, type TicketContext } from '../../../src/main/domain/orderTicket.ts';
import { marketsOf } from '../risk/gateCase.ts';

const NOW = Date.UTC(2025, 0, 1);
const LATER = NOW + 60_000;

const given = (oracle = '100', mark = oracle): TicketContext => ({
  markets: marketsOf(),
  quote: (market) =>
    market === 'BTC-PERP'
      ? { oracle: parsePrice('60000'), mark: parsePrice('60000') }
      : { oracle: parsePrice(oracle), mark: parsePrice(mark) },
  now: NOW,
  slippageTolerance: parseRate('0.005'),
});

type Typed = Partial<OrderTicket>;

/** A ticket as it comes over the wire: what the contract itself refuses is no case for here. */
const ticket = (typed: Typed): OrderTicket =>
  orderTicket.parse({ market: 'SOL-PERP', side: 'buy', size: '1', type: 'market', ...typed });

const limit = (typed: Typed = {}): Typed => ({ type: 'limit', price: '99', ...typed });
const stop = (typed: Typed = {}): Typed => ({ type: 'stopMarket', triggerPrice: '110', ...typed });

const plan = (typed: Typed, context = given()) => planOf(ticket(typed), context);

function refusal(typed: Typed, context = given()): Pick<AppError, 'code' | 'message' | 'details'> {
  try {
    planOf(ticket(typed), context);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a ticket that does not go together', () => {
  const price = { kind: 'price', market: 'SOL-PERP', source: 'oracle', is: 'above', price: '110' } as const;
  const conditions = { match: 'all', of: [price] } as const;
  const wrong: readonly (readonly [string, Typed])[] = [
    ['price', { type: 'limit' }],
    ['price', { type: 'stopLimit', triggerPrice: '110' }],
    ['price', { type: 'takeProfitLimit', triggerPrice: '90' }],
    ['price', { type: 'market', price: '99' }],
    ['price', stop({ price: '99' })],
    ['price', { type: 'takeProfitMarket', triggerPrice: '90', price: '99' }],
    ['price', { type: 'oracleOffset', offset: '-1', price: '99' }],
    ['triggerPrice', { type: 'stopMarket' }],
    ['triggerPrice', { type: 'takeProfitMarket' }],
    ['triggerPrice', { type: 'stopLimit', price: '99' }],
    ['triggerPrice', { type: 'takeProfitLimit', price: '99' }],
    ['triggerPrice', { type: 'market', triggerPrice: '110' }],
    ['triggerPrice', limit({ triggerPrice: '110' })],
    ['triggerPrice', { type: 'oracleOffset', offset: '-1', triggerPrice: '110' }],
    ['offset', { type: 'oracleOffset' }],
    ['offset', limit({ offset: '-1' })],
    ['offset', { type: 'market', offset: '-1' }],
    ['timeInForce', { type: 'market', timeInForce: 'GTC' }],
    ['timeInForce', { type: 'market', timeInForce: 'GTD', validUntil: LATER }],
    ['timeInForce', stop({ timeInForce: 'GTC' })],
    ['postOnly', { type: 'market', postOnly: 'slide' }],
    ['postOnly', stop({ postOnly: 'reject' })],
    ['postOnly', limit({ postOnly: 'try', timeInForce: 'IOC' })],
    ['postOnly', limit({ postOnly: 'try', timeInForce: 'FOK' })],
    ['validUntil', limit({ timeInForce: 'GTD' })],
    ['validUntil', limit({ timeInForce: 'GTD', validUntil: NOW })],
    ['validUntil', limit({ validUntil: LATER })],
    ['validUntil', { validUntil: LATER }],
    ['conditions', stop({ conditions: { match: 'all', of: [price] } })],
    [
      'conditions',
      { type: 'takeProfitLimit', triggerPrice: '90', price: '90', conditions: { match: 'any', of: [price] } },
    ],
    ['bracket', { bracket: {} }],
    ['bracket', { bracket: { stopLoss: { triggerPrice: '90' } }, reduceOnly: true }],
    ['bracket', { market: 'SOL', side: 'sell', bracket: { stopLoss: { triggerPrice: '110' } } }],
  ];

  it.each(wrong)('is refused because of its %s: %j', (field, typed) => {
    expect(refusal(typed)).toMatchObject({ code: 'INVALID_PAYLOAD', details: { field } });
  });

  it('is one that goes together without it', () => {
    expect(plan(limit({ timeInForce: 'GTD', validUntil: NOW + 1 }))).toMatchObject({ expiresAt: NOW + 1 });
    expect(plan({ conditions: { ...conditions, of: [...conditions.of] } }).conditions).toMatchObject({
      match: 'all',
    });
    expect(plan({ market: 'SOL', bracket: { stopLoss: { triggerPrice: '90' } } }).bracket).toBeDefined();
  });
});

describe('a name of the trader’s own for an order', () => {
  it.each(['m1', 'm17', 'm0', 'm17.2'])('is not %s, which is what the program calls its own', (name) => {
    const { code, message, details } = refusal({ clientOrderId: name });

    expect([code, details['field']]).toEqual(['INVALID_PAYLOAD', 'clientOrderId']);
    expect(message).toContain(name);
  });

  it.each(['m', 'm-1', 'M1', 'am1', 'm1a', 'm1.', 'm1.2.3', '1'])('may be %s', (name) => {
    expect(plan({ clientOrderId: name }).clientOrderId).toBe(name);
  });
});

describe('a ticket for a market that is not there', () => {
  it('is refused, as is one with a condition on it', () => {
    const doge = { kind: 'price', market: 'DOGE-PERP', source: 'mark', is: 'above', price: '1' } as const;

    expect(refusal({ market: 'DOGE-PERP' })).toMatchObject({
      code: 'UNKNOWN_MARKET',
      message: 'There is no market DOGE-PERP here.',
      details: { market: 'DOGE-PERP' },
    });
    expect(refusal({ conditions: { match: 'any', of: [doge] } }).code).toBe('UNKNOWN_MARKET');
  });
});

describe('a size', () => {
  it.each([
    ['0', '0.001'],
    ['-1', '0.001'],
    ['0.0004', '0.001'],
    ['1.0004', '1'],
    ['1.0005', '1.001'],
    ['1.0000000000000000000000001', '1'],
    ['1000000000000.001', '1000000000000'],
    ['9'.repeat(40), '1000000000000'],
    ['', '0.001'],
    ['1,5', '0.001'],
    ['1e3', '0.001'],
    ['+1', '0.001'],
    ['NaN', '0.001'],
  ])('of "%s" is refused, and %s is named', (size, nearest) => {
    const { code, message, details } = refusal({ size });

    expect(code).toBe('INVALID_SIZE');
    expect(details).toEqual({ field: 'size', typed: size, nearest });
    expect(message).toContain(nearest);
    expect(plan({ size: nearest }).size).toBe(parseBase(nearest));
  });

  it('under the minimum is refused with the minimum, which is more than a lot', () => {
    expect(refusal({ market: 'BTC-PERP', size: '0.0009' }).details).toMatchObject({ nearest: '0.001' });
    expect(refusal({ market: 'BTC-PERP', size: '0.0009' }).message).toBe(
      'BTC-PERP trades in lots of 0.0001, 0.001 at least; the nearest valid size is 0.001.',
    );
    expect(plan({ market: 'BTC-PERP', size: '0.0011' }).size).toBe(parseBase('0.0011'));
  });
});

describe('a price', () => {
  it.each([
    ['price', '0', '0.001', limit()],
    ['price', '-5', '0.001', limit()],
    ['price', '99.0004', '99', limit()],
    ['price', '99.0005', '99.001', limit()],
    ['price', 'abc', '0.001', limit()],
    ['price', '1000000000001', '1000000000000', limit()],
    ['triggerPrice', '110.0001', '110', stop()],
    ['triggerPrice', '0', '0.001', stop()],
    ['offset', '-1.0004', '-1', { type: 'oracleOffset' }],
    ['offset', '', '0', { type: 'oracleOffset' }],
    ['offset', '-1000000000001', '-1000000000000', { type: 'oracleOffset' }],
  ] as const)('in %s of "%s" is refused, and %s is named', (field, typed, nearest, rest) => {
    const found = refusal({ ...rest, [field]: typed });

    expect(found).toMatchObject({ code: 'INVALID_PRICE', details: { field, typed, nearest } });
    expect(found.message).toContain(nearest);
  });

  it('off the tick is refused in a condition and in a bracket too', () => {
    const off = {
      kind: 'price',
      market: 'BTC-PERP',
      source: 'mark',
      is: 'above',
      price: '61000.05',
    } as const;

    expect(refusal({ conditions: { match: 'all', of: [off] } })).toMatchObject({
      code: 'INVALID_PRICE',
      details: { field: 'conditions.of.0.price', nearest: '61000.1' },
    });
    expect(refusal({ bracket: { stopLoss: { triggerPrice: '90.0001' } } })).toMatchObject({
      code: 'INVALID_PRICE',
      details: { field: 'bracket.stopLoss.triggerPrice', nearest: '90' },
    });
    expect(refusal({ bracket: { takeProfit: { triggerPrice: '110', price: '0' } } })).toMatchObject({
      code: 'INVALID_PRICE',
      details: { field: 'bracket.takeProfit.price' },
    });
  });
});

describe('a limit far outside the market', () => {
  it.each([
    ['buy', '150', '150.001', { lowest: '10', highest: '150' }],
    ['buy', '10', '9.999', { lowest: '10', highest: '150' }],
    ['sell', '50', '49.999', { lowest: '50', highest: '1000' }],
    ['sell', '1000', '1000.001', { lowest: '50', highest: '1000' }],
  ] as const)('to %s is refused beyond %s, with the edges', (side, at, beyond, edges) => {
    expect(plan(limit({ side, price: at })).limitPrice).toBe(parsePrice(at));
    expect(refusal(limit({ side, price: beyond }))).toMatchObject({
      code: 'PRICE_OUT_OF_BAND',
      details: { field: 'price', price: beyond, from: '100', ...edges },
    });
  });

  it('has edges that are on the tick and within', () => {
    expect(refusal(limit({ price: '50' }), given('33.333')).details).toMatchObject({ highest: '49.999' });
    expect(refusal(limit({ price: '1' }), given('33.333')).details).toMatchObject({ lowest: '3.334' });
  });

  it('is measured from the trigger where there is one, and from the oracle by an offset', () => {
    expect(plan({ type: 'stopLimit', triggerPrice: '200', price: '300' }).limitPrice).toBe(parsePrice('300'));
    expect(refusal({ type: 'stopLimit', triggerPrice: '200', price: '300.001' }).code).toBe(
      'PRICE_OUT_OF_BAND',
    );
    expect(refusal({ type: 'oracleOffset', offset: '-100' })).toMatchObject({
      code: 'PRICE_OUT_OF_BAND',
      details: { field: 'offset', price: '0' },
    });
    expect(refusal(stop({ triggerPrice: '1000.001' }))).toMatchObject({
      code: 'PRICE_OUT_OF_BAND',
      details: { field: 'triggerPrice', lowest: '10', highest: '1000' },
    });
  });
});

describe('a trigger', () => {
  it.each([
    ['stopMarket', 'buy', '100.001', '100', 'above'],
    ['stopMarket', 'sell', '99.999', '100', 'below'],
    ['stopLimit', 'buy', '100.001', '99.999', 'above'],
    ['stopLimit', 'sell', '99.999', '100.001', 'below'],
    ['takeProfitMarket', 'buy', '99.999', '100', 'below'],
    ['takeProfitMarket', 'sell', '100.001', '100', 'above'],
    ['takeProfitLimit', 'buy', '99.999', '100.001', 'below'],
    ['takeProfitLimit', 'sell', '100.001', '99.999', 'above'],
  ] as const)('of a %s to %s may be %s and not %s: it has to be %s', (type, side, right, wrong, when) => {
    const priced = type.endsWith('Limit') ? { price: '100' } : {};

    expect(plan({ type, side, triggerPrice: right, ...priced }).trigger).toEqual({
      price: parsePrice(right),
      when,
    });
    expect(refusal({ type, side, triggerPrice: wrong, ...priced })).toMatchObject({
      code: 'INVALID_TRIGGER',
      details: { field: 'triggerPrice', trigger: wrong, has: when, from: '100' },
    });
  });

  it('of time has to be ahead, and funding needs a market that pays it', () => {
    const time = (at: number): Typed => ({ conditions: { match: 'all', of: [{ kind: 'time', at }] } });
    const funding = (market: string): Typed => ({
      conditions: { match: 'all', of: [{ kind: 'funding', market, is: 'above', apr: 12.5 }] },
    });

    expect(plan(time(NOW + 1)).conditions?.of).toEqual([{ kind: 'time', at: NOW + 1 }]);
    expect(refusal(time(NOW)).code).toBe('INVALID_TRIGGER');
    expect(plan(funding('BTC-PERP')).conditions?.of).toMatchObject([{ apr: 12.5 }]);
    expect(refusal(funding('SOL')).code).toBe('INVALID_TRIGGER');
    expect(
      plan({ conditions: { match: 'any', of: [{ kind: 'health', is: 'below', pct: 55.5 }] } }).conditions,
    ).toEqual({
      match: 'any',
      of: [{ kind: 'health', is: 'below', health: parseRate('0.555') }],
    });
  });
});

describe('a bracket', () => {
  const bracketed = (typed: Typed, takeProfit?: string, stopLoss?: string): Typed => ({
    ...typed,
    bracket: {
      ...(takeProfit === undefined ? {} : { takeProfit: { triggerPrice: takeProfit } }),
      ...(stopLoss === undefined ? {} : { stopLoss: { triggerPrice: stopLoss } }),
    },
  });

  it.each([
    ['a market order, from the mark', { type: 'market' }, '101'],
    ['a limit under it, from the limit', limit({ price: '95' }), '95'],
    ['a limit beyond it, from the mark', limit({ price: '110' }), '101'],
    ['a stop, from its trigger', stop({ triggerPrice: '120' }), '120'],
  ] as const)('of %s: profit above it and loss below', (_what, typed, entry) => {
    const seen = given('100', '101');
    const [up, down] = [`${entry}.001`, `${String(Number(entry) - 1)}.999`];

    expect(plan(bracketed(typed, up, down), seen).bracket).toEqual({
      takeProfit: { trigger: parsePrice(up) },
      stopLoss: { trigger: parsePrice(down) },
    });
    expect(refusal(bracketed(typed, entry), seen)).toMatchObject({
      code: 'INVALID_TRIGGER',
      details: { field: 'bracket.takeProfit.triggerPrice', from: entry },
    });
    expect(refusal(bracketed(typed, undefined, entry), seen)).toMatchObject({
      code: 'INVALID_TRIGGER',
      details: { field: 'bracket.stopLoss.triggerPrice', from: entry },
    });
  });

  it('of a sale is the other way round', () => {
    expect(plan(bracketed({ side: 'sell' }, '90', '110')).bracket).toBeDefined();
    expect(refusal(bracketed({ side: 'sell' }, '110')).code).toBe('INVALID_TRIGGER');
    expect(refusal(bracketed({ side: 'sell' }, undefined, '90')).code).toBe('INVALID_TRIGGER');
  });

  it('may not lie far outside the market', () => {
    expect(plan(bracketed({}, '1000', '10')).bracket).toBeDefined();
    expect(refusal(bracketed({}, '1000.001')).code).toBe('PRICE_OUT_OF_BAND');
    expect(refusal(bracketed({}, undefined, '9.999')).code).toBe('PRICE_OUT_OF_BAND');
  });

  it('may have a limit near its trigger', () => {
    const at = (price: string): Typed => ({ bracket: { stopLoss: { triggerPrice: '90', price } } });

    expect(plan(at('89')).bracket?.stopLoss).toEqual({
      trigger: parsePrice('90'),
      limitPrice: parsePrice('89'),
    });
    expect(refusal(at('44.999'))).toMatchObject({
      code: 'PRICE_OUT_OF_BAND',
      details: { field: 'bracket.stopLoss.price', from: '90', lowest: '45' },
    });
  });
});

describe('a plan', () => {
  const TIMES = [
    ['market', 'ioc', {}],
    ['stopMarket', 'ioc', { triggerPrice: '110' }],
    ['takeProfitMarket', 'ioc', { triggerPrice: '90' }],
    ['limit', 'gtc', { price: '99' }],
    ['stopLimit', 'gtc', { triggerPrice: '110', price: '111' }],
    ['takeProfitLimit', 'gtc', { triggerPrice: '90', price: '91' }],
    ['oracleOffset', 'gtc', { offset: '-1' }],
  ] as const;

  it.each(TIMES)(
    'of a %s is %s where the ticket says nothing, and FOK where it asks',
    (type, timeInForce, typed) => {
      expect(plan({ type, ...typed }).timeInForce).toBe(timeInForce);
      expect(plan({ type, ...typed, timeInForce: 'FOK' }).timeInForce).toBe('fok');
    },
  );

  it('[R4.4] of a market order has a limit at the mark ± the tolerance', () => {
    expect(plan({}, given('100', '33.333'))).toEqual({
      market: marketsOf().get('SOL-PERP'),
      side: 'buy',
      size: parseBase('1'),
      type: 'market',
      limitPrice: parsePrice('33.499'),
      timeInForce: 'ioc',
      reduceOnly: false,
    });
    expect(plan({ side: 'sell' }, given('100', '33.333')).limitPrice).toBe(parsePrice('33.167'));
  });

  it('[R4.4] of a market order that waits keeps the tolerance, from its trigger', () => {
    expect(plan(stop())).toMatchObject({ limitPrice: parsePrice('110.55'), tolerance: parseRate('0.005') });
    const time = { match: 'all', of: [{ kind: 'time' as const, at: LATER }] } as const;
    expect(plan({ conditions: { ...time, of: [...time.of] } })).toMatchObject({
      limitPrice: parsePrice('100.5'),
      tolerance: parseRate('0.005'),
    });
  });

  it('of an oracle offset has its limit there, on the tick and no worse', () => {
    const offset = { type: 'oracleOffset', offset: '0.5' } as const;

    expect(plan(offset, given('33.3335'))).toMatchObject({
      limitPrice: parsePrice('33.833'),
      oracleOffset: parsePrice('0.5'),
    });
    expect(plan({ ...offset, side: 'sell' }, given('33.3335')).limitPrice).toBe(parsePrice('33.834'));
  });

  it('carries what the ticket says besides', () => {
    expect(
      plan(
        limit({
          postOnly: 'slide',
          timeInForce: 'GTD',
          validUntil: LATER,
          reduceOnly: true,
          clientOrderId: 'mine',
        }),
      ),
    ).toMatchObject({
      postOnly: 'slide',
      timeInForce: 'gtd',
      expiresAt: LATER,
      reduceOnly: true,
      clientOrderId: 'mine',
    });
  });
});
