import { describe, expect, test } from 'vitest';
import type { EventEntry, LogData } from '../../../src/shared/contract/eventEntry.ts';
import { numbersOf } from '../../../src/shared/words/eventNumbers.ts';
import { fillsSentence, isWholeFill } from '../../../src/shared/words/fillsSentence.ts';
import { sentenceOf } from '../../../src/shared/words/eventSentence.ts';

const entryOf = (type: string, data: LogData): EventEntry => ({ seq: 1, t: 0, type, data });
const said = (type: string, data: LogData): string => sentenceOf(entryOf(type, data));

describe('a line of the event log as a sentence', () => {
  test.each<[string, LogData, string]>([
    [
      'FILL',
      { side: 'buy', size: '2.984', market: 'SOL', price: '150.15', fee: '0.448', liquidity: 'taker' },
      'Bought 2.984 SOL at $150.15, fee $0.45.',
    ],
    [
      'FILL',
      { side: 'sell', size: '12000', market: 'SOL-PERP', price: '149.88', fee: '-0.02' },
      'Sold 12,000 SOL-PERP at $149.88, rebate $0.02.',
    ],
    [
      'FUNDING',
      { market: 'SOL-PERP', amount: '-0.014889', rate: '-0.000003', size: '-33', price: '150' },
      'Paid $0.01 funding on SOL-PERP at −0.0003 % an hour.',
    ],
    [
      'FUNDING',
      { market: 'SOL-PERP', amount: '1.5', rate: '0.0003', size: '-33', price: '150' },
      'Earned $1.50 funding on SOL-PERP at 0.0300 % an hour.',
    ],
    ['INTEREST', { asset: 'SOL', amount: '0.00015', oracle: '150' }, 'Earned 0.00015 SOL interest on SOL.'],
    ['INTEREST', { asset: 'USDC', amount: '-2', oracle: '1' }, 'Paid $2.00 interest on USDC.'],
    ['COST', { kind: 'gas', asset: 'SOL', amount: '0.00001' }, 'Paid 0.00001 SOL for gas.'],
    [
      'COST',
      { kind: 'liquidation', asset: 'USDC', amount: '25' },
      'Paid $25.00 as the penalty of a liquidation.',
    ],
    ['TRANSFER', { asset: 'USDC', amount: '500', oracle: '1' }, 'You deposited $500.00.'],
    ['TRANSFER', { asset: 'SOL', amount: '-1.5', oracle: '150' }, 'You withdrew 1.5 SOL.'],
    [
      'SETTLEMENT',
      { market: 'SOL-PERP', amount: '-3' },
      'Settled a loss of $3.00 of SOL-PERP into collateral; equity is unchanged.',
    ],
    [
      'ADJUSTMENT',
      { account: 'cash', amount: '-5.25', oracle: '1' },
      'You accepted what nothing explains: $5.25 less in cash.',
    ],
    [
      'ADJUSTMENT',
      { account: 'spot', amount: '0.5', oracle: '150' },
      'You accepted what nothing explains: 0.5 SOL more in the sub-account.',
    ],
    [
      'ADJUSTMENT',
      { account: 'wallet', amount: '-0.01', oracle: '150' },
      'You accepted what nothing explains: 0.01 SOL less in the wallet.',
    ],
    [
      'ADJUSTMENT',
      { account: 'position', market: 'SOL-PERP', amount: '-2', oracle: '150' },
      'You accepted what nothing explains: 2 SOL-PERP less held.',
    ],
    [
      'ADJUSTMENT',
      { account: 'quote', market: 'SOL-PERP', amount: '3', oracle: '1' },
      'You accepted what nothing explains: $3.00 more owed for SOL-PERP.',
    ],
    ['OPENING', { equity: '10000.5' }, 'The vault opens with $10,000.50.'],
    ['VALUATION', { equity: '9999.995' }, 'The vault is worth $10,000.00.'],
    [
      'BLOCKED',
      { code: 'UNPROFITABLE', because: 'Expected funding does not pay for an entry.' },
      'Expected funding does not pay for an entry.',
    ],
    [
      'BLOCKED',
      {
        code: 'UNPROFITABLE',
        because: 'Expected funding does not pay for an entry.',
        cost: '1999.3152',
        expectedByAverage: '200',
        expectedByCurrent: '174.931',
      },
      'Expected funding does not pay for an entry (expected $174.93, cost $1,999.32).',
    ],
    [
      'BLOCKED',
      {
        code: 'UNPROFITABLE',
        purpose: 'correct',
        because: 'Expected funding does not pay for this trade.',
        cost: '2',
        expectedRevenue: '-0.5',
      },
      'A correction of the hedge was blocked: Expected funding does not pay for this trade (expected −$0.50, cost $2.00).',
    ],
    [
      'BLOCKED',
      {
        code: 'HEALTH_TOO_LOW',
        because: 'Health would fall to 40.0 %.',
        minHealth: '0.5',
        healthAfterPct: 40,
      },
      'Health would fall to 40.0 % (at least 50 % is kept).',
    ],
    [
      'BLOCKED',
      { code: 'STALE_PRICE', purpose: 'correct', because: 'The oracle of SOL is too old.' },
      'A correction of the hedge was blocked: The oracle of SOL is too old.',
    ],
    [
      'BLOCKED',
      { code: 'HEALTH_TOO_LOW', action: 'withdraw', because: 'Health would fall to 70.0 %.' },
      'A withdrawal was blocked: Health would fall to 70.0 %.',
    ],
    [
      'ALERT',
      { code: 'HALTED', because: 'SOS: the engine is halted until it is released.' },
      'SOS: the engine is halted until it is released.',
    ],
    [
      'DECISION',
      { action: 'skip', because: 'The hedge is off by 0.001 SOL, less than is worth correcting.' },
      'No correction: The hedge is off by 0.001 SOL, less than is worth correcting.',
    ],
    ['DECISION', { action: 'hedged', because: 'The hedge is in place.' }, 'The hedge is in place.'],
    [
      'DECISION',
      {
        action: 'trade',
        because: '',
        purpose: 'enter',
        market1: 'SOL',
        side1: 'buy',
        size1: '2.984',
        market2: 'SOL-PERP',
        side2: 'sell',
        size2: '2.984',
        cost: '1.2099',
      },
      'Opening both legs: buy 2.984 SOL, sell 2.984 SOL-PERP. Expected cost $1.21.',
    ],
    ['SOMETHING_NEW', { because: 'It was new.' }, 'It was new.'],
    ['SOMETHING_NEW', {}, 'SOMETHING_NEW'],
  ])('%s %j', (type, data, sentence) => {
    expect(said(type, data)).toBe(sentence);
  });
});

test('fills of one market and side are summed up exactly', () => {
  const fill = (size: string, price: string, fee: string): LogData => ({
    market: 'SOL-PERP',
    side: 'sell',
    size,
    price,
    fee,
  });
  const fills = [fill('33.2', '149.88', '5'), fill('0.1', '149.883', '0.01')];
  expect(fillsSentence(fills, false)).toBe('Sold 33.3 SOL-PERP in 2 fills, average $149.88, fees $5.01.');
  expect(fillsSentence([fill('0.1', '1', '-0.1'), fill('0.2', '1', '-0.2')], true)).toBe(
    'Sold 0.3 SOL-PERP in its last 2 fills, average $1.00, rebates $0.30.',
  );
  expect(isWholeFill(fill('1', '2', ''))).toBe(false);
  expect(isWholeFill(fill('1', '2.0000000001', '0'))).toBe(false);
});

describe('the numbers behind a line', () => {
  test('have names and units, what decided first, and nothing twice', () => {
    const numbers = numbersOf(
      entryOf('BLOCKED', {
        because: 'No.',
        code: 'UNPROFITABLE',
        breakEvenMs: -1,
        averageAprPct: 3.2,
        cost: '12.345678',
        fails: 'both',
      }),
    );
    expect(numbers).toEqual([
      { name: 'Expected cost', text: '$12.35' },
      { name: 'Average funding', text: '3.2 % a year' },
      { name: 'Break-even after', text: 'never, at this rate' },
      { name: 'Does not pay by', text: 'either rate' },
    ]);
  });

  test('of a trade begin with its legs, each in one row with its unit and limit', () => {
    const numbers = numbersOf(
      entryOf('DECISION', {
        action: 'trade',
        because: '',
        purpose: 'enter',
        market1: 'SOL',
        side1: 'buy',
        size1: '2.984',
        limit1: '150.75',
        market2: 'SOL-PERP',
        side2: 'sell',
        size2: '2.984',
        limit2: '149.282',
        cost: '1.2099',
      }),
    );
    expect(numbers).toEqual([
      { name: 'First leg', text: 'buy 2.984 SOL, limit $150.75' },
      { name: 'Second leg', text: 'sell 2.984 SOL-PERP, limit $149.28' },
      { name: 'Expected cost', text: '$1.21' },
      { name: 'Purpose', text: 'enter' },
    ]);
  });

  test('of a trade of one leg name no second, and no limit where none is written', () => {
    expect(numbersOf(entryOf('BLOCKED', { market1: 'SOL-PERP', side1: 'sell', size1: '12' }))).toEqual([
      { name: 'Order', text: 'sell 12 SOL-PERP' },
    ]);
  });

  test.each<[LogData, string, string]>([
    [{ market: 'SOL-PERP', size: '-33.3' }, 'Size', '−33.3 SOL-PERP'],
    [{ asset: 'SOL', amount: '0.00001' }, 'Amount', '0.00001 SOL'],
    [{ asset: 'USDC', amount: '1234.5' }, 'Amount', '$1,234.50'],
    [{ direction: 'up' }, 'Direction', 'a larger short'],
  ])('%j have the unit of what they are of', (data, name, text) => {
    expect(numbersOf(entryOf('FILL', data))).toContainEqual({ name, text });
  });

  test('of each market or asset are named after it; what has no name keeps its own', () => {
    const data = { oracle: { SOL: '150' }, perp: { 'SOL-PERP': '-33.3' }, odd: { one: '7' } };
    expect(numbersOf(entryOf('VALUATION', data))).toEqual([
      { name: 'Oracle of SOL', text: '$150.00' },
      { name: 'Position in SOL-PERP', text: '−33.3 SOL-PERP' },
      { name: 'odd.one', text: '7' },
    ]);
  });
});
