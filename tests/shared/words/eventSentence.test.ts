import { describe, expect, test } from 'vitest';
import type { EventEntry, LogData } from '../../../src/shared/contract/eventEntry.ts';
import { numbersOf } from '../../../src/shared/words/eventNumbers.ts';
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
    ['OPENING', { equity: '10000.5' }, 'The vault opens with $10,000.50.'],
    ['VALUATION', { equity: '9999.995' }, 'The vault is worth $10,000.00.'],
    [
      'BLOCKED',
      { code: 'UNPROFITABLE', because: 'Expected funding does not pay for an entry.' },
      'Blocked: Expected funding does not pay for an entry.',
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
      { name: 'fails', text: 'both' },
    ]);
  });

  test('within numbers are named by their way', () => {
    expect(numbersOf(entryOf('VALUATION', { oracle: { SOL: '150' } }))).toEqual([
      { name: 'oracle.SOL', text: '150' },
    ]);
  });
});
