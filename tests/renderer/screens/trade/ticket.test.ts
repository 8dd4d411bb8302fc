import { describe, expect, test } from 'vitest';
import { ORDER_COMMANDS } from '../../../../src/shared/contract/commands/orderCommands.ts';
import { orderTicket, orderType } from '../../../../src/shared/contract/orders.ts';
import { ERROR_CODES, type ErrorCode } from '../../../../src/shared/contract/errorCodes.ts';
import { newCondition } from '../../../../src/renderer/screens/trade/conditionDraft.ts';
import { csvOf } from '../../../../src/renderer/screens/trade/csv.ts';
import { localMoment, momentField } from '../../../../src/renderer/screens/trade/marketMoment.ts';
import { changeable, modification, refusedPart } from '../../../../src/renderer/screens/trade/orderChange.ts';
import { nearestOf, refusalField } from '../../../../src/renderer/screens/trade/refusalField.ts';
import {
  FIRST_DRAFT,
  TYPE_PARTS,
  triggerIs,
  withPrice,
  type TicketDraft,
} from '../../../../src/renderer/screens/trade/ticketDraft.ts';
import { ticketOf } from '../../../../src/renderer/screens/trade/ticketOf.ts';
import { placedWords, ticketWords } from '../../../../src/renderer/screens/trade/ticketWords.ts';
import { ORDER } from './samples.ts';

const FULL: TicketDraft = { ...FIRST_DRAFT, size: '1.5', price: '150.25', trigger: '149', offset: '-0.05' };
const draft = (change: Partial<TicketDraft>): TicketDraft => ({ ...FULL, ...change });
function right(change: Partial<TicketDraft>) {
  const reading = ticketOf(draft(change), 'SOL-PERP');
  if (reading.kind === 'wrong') throw new Error(JSON.stringify(reading.problems));
  return reading.ticket;
}
function wrong(change: Partial<TicketDraft>) {
  const reading = ticketOf(draft(change), 'SOL-PERP');
  return reading.kind === 'wrong' ? Object.keys(reading.problems) : [];
}

describe('a ticket', () => {
  test.each(orderType.options)(
    'of type %s fits the contract, and has the prices of its type only',
    (type) => {
      const ticket = right({ type });
      expect(orderTicket.parse(ticket)).toEqual(ticket);
      const { price, trigger, offset } = TYPE_PARTS[type];
      expect(ticket.price).toBe(price ? '150.25' : undefined);
      expect(ticket.triggerPrice).toBe(trigger ? '149' : undefined);
      expect(ticket.offset).toBe(offset ? '-0.05' : undefined);
    },
  );

  test('carries post-only and time in force only where its type may rest', () => {
    const options = { postOnly: 'slide', timeInForce: 'GTD', validUntil: '2026-03-14T14:02' } as const;
    expect(right({ type: 'limit', ...options })).toMatchObject({
      postOnly: 'slide',
      timeInForce: 'GTD',
      validUntil: localMoment('2026-03-14T14:02'),
    });
    expect(right({ type: 'market', ...options })).toEqual({
      market: 'SOL-PERP',
      side: 'buy',
      type: 'market',
      size: '1.5',
    });
    expect(right({ type: 'market', marketTimeInForce: 'FOK' }).timeInForce).toBe('FOK');
  });

  test('carries a bracket of the exits that were typed, with a limit where there is one', () => {
    expect(
      right({
        bracketed: true,
        takeProfit: { trigger: '160', limit: '' },
        stopLoss: { trigger: '140', limit: '139.5' },
      }).bracket,
    ).toEqual({ takeProfit: { triggerPrice: '160' }, stopLoss: { triggerPrice: '140', price: '139.5' } });
    expect(wrong({ bracketed: true })).toEqual(['takeProfit']);
    expect(wrong({ bracketed: true, stopLoss: { trigger: '', limit: '139' } })).toEqual(['stopLoss']);
  });

  test('carries conditions of every kind, but not beside a trigger of its own', () => {
    const of = newCondition(1, 'BTC-PERP');
    const conditions = [
      { ...of, value: '98,000.5' },
      { ...of, kind: 'funding', value: '-12', is: 'below' },
      { ...of, kind: 'health', value: '40' },
      { ...of, kind: 'time', at: '2026-03-14T14:02' },
    ] as const;
    expect(right({ conditions, match: 'any' }).conditions).toEqual({
      match: 'any',
      of: [
        { kind: 'price', market: 'BTC-PERP', source: 'oracle', is: 'above', price: '98000.5' },
        { kind: 'funding', market: 'BTC-PERP', is: 'below', apr: -12 },
        { kind: 'health', is: 'above', pct: 40 },
        { kind: 'time', at: localMoment('2026-03-14T14:02') },
      ],
    });
    expect(right({ type: 'stopMarket', conditions }).conditions).toBeUndefined();
    expect(wrong({ conditions: [of] })).toEqual(['conditions']);
    expect(wrong({ conditions: [{ ...of, kind: 'health', value: '101' }] })).toEqual(['conditions']);
  });

  test.each([
    [{ size: '' }, 'size'],
    [{ size: '0' }, 'size'],
    [{ size: '-1' }, 'size'],
    [{ type: 'limit', price: 'ten' }, 'price'],
    [{ type: 'stopLimit', trigger: '' }, 'trigger'],
    [{ type: 'oracleOffset', offset: '' }, 'offset'],
    [{ type: 'limit', timeInForce: 'GTD', validUntil: '' }, 'validUntil'],
    [{ clientOrderId: 'with a space' }, 'clientOrderId'],
  ] as const)('with %j is wrong at its %s', (change, field) => {
    expect(wrong(change)).toEqual([field]);
  });

  test('an amount is sent as it is meant, however it is grouped', () => {
    expect(right({ size: '1,234.5' }).size).toBe('1234.5');
  });

  test('a price of the book goes where the type has a price', () => {
    expect(withPrice(draft({ type: 'limit' }), '151').price).toBe('151');
    expect(withPrice(draft({ type: 'stopMarket' }), '151').trigger).toBe('151');
    expect(withPrice(draft({ type: 'market' }), '151')).toMatchObject({ type: 'limit', price: '151' });
  });
});

test.each([
  ['stopMarket', 'sell', 'below'],
  ['stopLimit', 'buy', 'above'],
  ['takeProfitMarket', 'sell', 'above'],
  ['takeProfitLimit', 'buy', 'below'],
] as const)('a %s that %ss waits for an oracle %s its trigger', (type, side, beyond) => {
  expect(triggerIs(type, side)).toBe(beyond);
});

describe('the button', () => {
  test.each([
    [{}, 'Buy 1.5 SOL-PERP at market'],
    [{ side: 'sell', type: 'limit', reduceOnly: true }, 'Sell 1.5 SOL-PERP at $150.25, reduce-only'],
    [{ side: 'sell', type: 'stopMarket' }, 'Sell 1.5 SOL-PERP at market once the oracle is below $149'],
    [{ type: 'oracleOffset' }, 'Buy 1.5 SOL-PERP $0.05 below the oracle'],
    [{ marketTimeInForce: 'FOK' }, 'Buy 1.5 SOL-PERP at market, FOK'],
    [{ type: 'limit', postOnly: 'slide' }, 'Buy 1.5 SOL-PERP at $150.25, post-only'],
    [
      { bracketed: true, stopLoss: { trigger: '140', limit: '' } },
      'Buy 1.5 SOL-PERP at market, with a stop-loss',
    ],
  ] as const)('of %j says "%s"', (change, words) => {
    expect(ticketWords(right(change))).toBe(words);
  });

  test('says what came of it', () => {
    expect(placedWords({ ...ORDER, state: 'filled', averagePrice: '150.1' }, false)).toBe(
      'Bought 1.5 SOL-PERP at $150.1.',
    );
    expect(placedWords({ ...ORDER, filled: '0.5', averagePrice: '150.1' }, false)).toBe(
      'Bought 0.5 of 1.5 SOL-PERP at $150.1; the rest is in the book.',
    );
    expect(placedWords(ORDER, true)).toMatch(/nothing new was placed/);
  });
});

describe('a refusal', () => {
  const refusal = (code: ErrorCode, details: Record<string, string> = {}) => ({ code, details });

  test.each([
    ['INVALID_SIZE', 'market', 'size'],
    ['INVALID_PRICE', 'limit', 'price'],
    ['INVALID_PRICE', 'oracleOffset', 'offset'],
    ['PRICE_OUT_OF_BAND', 'stopMarket', 'trigger'],
    ['POST_ONLY_WOULD_CROSS', 'limit', 'price'],
    ['INVALID_TRIGGER', 'stopLimit', 'trigger'],
    ['INVALID_TRIGGER', 'limit', 'conditions'],
    ['INSUFFICIENT_COLLATERAL', 'limit', 'size'],
    ['TOO_MANY_ORDERS', 'limit', null],
    ['HALTED', 'market', null],
  ] as const)('%s of a %s order stands at: %s', (code, type, field) => {
    expect(refusalField(refusal(code), type)).toBe(field);
  });

  test.each([
    ['triggerPrice', 'trigger'],
    ['bracket.stopLoss.triggerPrice', 'stopLoss'],
    ['bracket.takeProfit.price', 'takeProfitLimit'],
    ['conditions.of.1.price', 'conditions'],
    ['validUntil', 'validUntil'],
  ])('that names %s stands there, whatever its code', (named, field) => {
    expect(refusalField(refusal('INVALID_PRICE', { field: named }), 'limit')).toBe(field);
  });

  test('of any code has a place, or is said of the order as a whole', () => {
    for (const code of Object.keys(ERROR_CODES) as ErrorCode[])
      for (const type of orderType.options) {
        const field = refusalField(refusal(code), type);
        const { price, trigger, offset } = TYPE_PARTS[type];
        const there: Partial<Record<string, boolean>> = { price, trigger, offset };
        expect(field === null || (there[field] ?? true), `${code} of ${type}`).toBe(true);
      }
  });

  test('offers the nearest value that would do, where it knows one', () => {
    expect(nearestOf(refusal('INVALID_SIZE', { nearest: '1.5' }))).toBe('1.5');
    expect(nearestOf(refusal('INVALID_SIZE'))).toBeNull();
  });
});

describe('a change of an order', () => {
  test('sends only what differs, as the contract wants it', () => {
    const change = { size: ORDER.size, price: '149.90' };
    const payload = modification(ORDER, change);
    expect(payload).toEqual({ orderId: 'first', price: '149.90' });
    expect(ORDER_COMMANDS.MODIFY_ORDER.payload.safeParse(payload).success).toBe(true);
  });

  test('that changes nothing is none, and one that is no amount is said in words', () => {
    expect(modification(ORDER, { size: ORDER.size })).toBeNull();
    expect(modification(ORDER, { size: '0' })).toBe('Enter more than zero.');
  });

  test('of a market type leaves the limit to the venue', () => {
    const stop = { ...ORDER, type: 'stopMarket', triggerPrice: '140' } as const;
    expect(modification(stop, { size: '1.5', price: '1', triggerPrice: '141' })).toEqual({
      orderId: 'first',
      triggerPrice: '141',
    });
  });

  test('leaves alone what was not typed over, though it has changed meanwhile', () => {
    const slid = { ...ORDER, price: '150.2' };
    expect(modification(slid, { size: '2' })).toEqual({ orderId: 'first', size: '2' });
    expect(modification(slid, {})).toBeNull();
  });

  test('of one that follows the oracle moves its offset, to below it too', () => {
    const follower = { ...ORDER, type: 'oracleOffset' as const, offset: '0.05' };
    expect(changeable(follower)).toEqual(['size', 'offset']);
    expect(modification(follower, { offset: '-0.1' })).toEqual({ orderId: 'first', offset: '-0.1' });
  });

  test('of an exit leaves its size to its entry', () => {
    expect(changeable({ ...ORDER, type: 'stopMarket', triggerPrice: '140', parentId: 'm1' })).toEqual([
      'triggerPrice',
    ]);
  });

  test('that is refused is refused for the part that the refusal is about', () => {
    const refusal = (code: ErrorCode) => ({ code, message: '', details: { nearest: '1' } });
    expect(refusedPart(ORDER, refusal('INSUFFICIENT_COLLATERAL'))).toBe('size');
    expect(refusedPart(ORDER, refusal('INVALID_PRICE'))).toBe('price');
    expect(refusedPart({ ...ORDER, type: 'stopMarket', triggerPrice: '1' }, refusal('INVALID_TRIGGER'))).toBe(
      'triggerPrice',
    );
    expect(refusedPart(ORDER, refusal('HALTED'))).toBeNull();
  });
});

test('a moment in a field is the same moment when it is read', () => {
  const at = Date.UTC(2026, 2, 14, 14, 2);
  expect(localMoment(momentField(at))).toBe(at);
  expect(localMoment('')).toBeNull();
  expect(localMoment('soon')).toBeNull();
});

test('a CSV quotes what needs it, and nothing in it is a formula', () => {
  expect(
    csvOf(
      ['a', 'b'],
      [
        ['x,"y"', null],
        ['=1+1', '-0.5'],
      ],
    ),
  ).toBe('a,b\r\n"x,""y""",\r\n\'=1+1,-0.5\r\n');
});
