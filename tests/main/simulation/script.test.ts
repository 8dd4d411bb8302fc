import { describe, expect, it } from 'vitest';

import { parseScript } from '../../../src/main/simulation/script.ts';
import { FAULTS } from '../../../src/main/venues/paper/faults.ts';
import { parseBase, parseUsd } from '../../../src/shared/money/decimal.ts';

const parse = (script: unknown) => parseScript(JSON.stringify(script), 'script.json');

const refusal = (text: string): unknown => {
  try {
    parseScript(text, 'script.json');
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('a script', () => {
  it('is a list of actions, in the order of their moments, and of the file where those are the same', () => {
    const actions = parse([
      { at: 500, action: 'kill' },
      { at: 0, action: 'deposit', asset: 'SOL', amount: '1.5' },
      { at: 500, action: 'fault', fault: 'timeout', orders: 3 },
      { at: 60_000, action: 'withdraw', asset: 'USDC', amount: 250.25 },
      { at: 500, action: 'fault', fault: 'reject' },
    ]);

    expect(actions).toEqual([
      { at: 0, index: 1, action: 'deposit', moved: { asset: 'SOL', amount: parseBase('1.5') } },
      { at: 500, index: 0, action: 'kill' },
      { at: 500, index: 2, action: 'fault', fault: 'timeout', orders: 3 },
      { at: 500, index: 4, action: 'fault', fault: 'reject', orders: 1 },
      { at: 60_000, index: 3, action: 'withdraw', moved: { asset: 'USDC', amount: parseUsd('250.25') } },
    ]);
  });

  it('may be empty', () => {
    expect(parse([])).toEqual([]);
  });

  it.each(FAULTS)('knows the fault %s', (fault) => {
    expect(parse([{ at: 1, action: 'fault', fault, orders: 10_000 }])).toMatchObject([{ fault }]);
  });

  it.each([
    ['a moment before the start', { at: -1, action: 'kill' }, 'at'],
    ['no moment', { action: 'kill' }, 'at'],
    ['a moment in words', { at: '5', action: 'kill' }, 'at'],
    ['an unknown action', { at: 0, action: 'explode' }, 'action'],
    ['an unknown fault', { at: 0, action: 'fault', fault: 'fire' }, 'fault'],
    ['a fault of no order', { at: 0, action: 'fault', fault: 'reject', orders: 0 }, 'orders'],
    ['a fault of half an order', { at: 0, action: 'fault', fault: 'reject', orders: 1.5 }, 'orders'],
    ['a fault of too many orders', { at: 0, action: 'fault', fault: 'reject', orders: 10_001 }, 'orders'],
    ['an unknown asset', { at: 0, action: 'deposit', asset: 'BTC', amount: '1' }, 'asset'],
    ['no amount', { at: 0, action: 'deposit', asset: 'SOL' }, 'amount'],
    ['an amount that is no number', { at: 0, action: 'deposit', asset: 'SOL', amount: '1e3' }, '1e3'],
    ['a fraction of a millionth', { at: 0, action: 'deposit', asset: 'USDC', amount: '0.0000001' }, '6'],
    ['a fraction of a billionth', { at: 0, action: 'deposit', asset: 'SOL', amount: '0.0000000001' }, '9'],
    ['a field that it does not know', { at: 0, action: 'kill', when: 'now' }, 'when'],
    ['no action at all', 5, ''],
  ])('with %s is refused, naming the entry and what is wrong', (_what, entry, named) => {
    const error = refusal(JSON.stringify([{ at: 0, action: 'kill' }, entry]));

    expect(error).toMatchObject({ code: 'INVALID_SCRIPT', details: { file: 'script.json' } });
    expect(String(error)).toContain('script.json');
    expect(String(error)).toContain('entry 2');
    expect(String(error)).toContain(named);
  });

  it.each([
    ['{"at": 0, "action": "kill"}', 'list'],
    ['null', 'list'],
    ['[{"at": 0, "action": "kill"}', 'JSON'],
    ['', 'JSON'],
  ])('that is %s is refused', (text, named) => {
    const error = refusal(text);

    expect(error).toMatchObject({ code: 'INVALID_SCRIPT' });
    expect(String(error)).toContain(named);
  });
});
