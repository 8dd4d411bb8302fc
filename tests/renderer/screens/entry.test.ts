import { describe, expect, test } from 'vitest';
import {
  hasGap,
  newestFirst,
  pageOf,
  pageRequest,
  withLive,
} from '../../../src/renderer/screens/events/eventPage.ts';
import { lineText } from '../../../src/renderer/screens/events/lineText.ts';
import { capitalProblem, seedProblem } from '../../../src/renderer/screens/firstRun/startChoices.ts';
import { bytesWords } from '../../../src/renderer/screens/settings/bytesWords.ts';
import { accountWords } from '../../../src/renderer/screens/vault/ledgerWords.ts';
import { amountWords, transferProblem } from '../../../src/renderer/screens/vault/transferProblem.ts';
import { COMMANDS } from '../../../src/shared/contract/commands.ts';
import { entry } from '../samples.ts';

describe('a capital', () => {
  test.each(['100', '10000', '1000000', '1234.567891'])('of $%s is taken', (text) => {
    expect(capitalProblem(text)).toBeNull();
  });
  test.each(['99.999999', '1000000.000001', '', '-5', '1e4', 'ten', '100.1234567'])(
    'of "%s" is refused in words',
    (text) => {
      expect(capitalProblem(text)).toMatch(/^[A-Z].*/);
    },
  );
});

test.each(['-1', '1.5', '', '9007199254740992', 'x'])('a seed of "%s" is refused', (text) => {
  expect(seedProblem(text)).not.toBeNull();
});

describe('a transfer', () => {
  test('is of more than zero, in digits that the asset has', () => {
    expect(transferProblem('USDC', '0.000001')).toBeNull();
    expect(transferProblem('USDC', '0.0000001')).toContain('6 decimals');
    expect(transferProblem('SOL', '0.000000001')).toBeNull();
    expect(transferProblem('SOL', '0')).toContain('more than zero');
    expect(transferProblem('SOL', '-1')).toContain('more than zero');
    expect(transferProblem('SOL', '')).not.toBeNull();
  });

  test('is read as it was written, and refused where it may mean two things', () => {
    expect(transferProblem('USDC', '1,500.00')).toBeNull();
    expect(transferProblem('USDC', '12,5')).toBeNull();
    expect(transferProblem('USDC', '1,500')).toContain('write 1500 or 1.500');
    expect(capitalProblem('$25,000.00')).toBeNull();
    expect(capitalProblem('10,000')).toContain('write 10000 or 10.000');
  });

  test.each([
    ['USDC', '1500', '1,500.00 USDC'],
    ['USDC', '1,500.5', '1,500.50 USDC'],
    ['USDC', '0.000001', '0.000001 USDC'],
    ['SOL', '2', '2 SOL'],
    ['SOL', '1.234567891', '1.234567891 SOL'],
  ] as const)('of %s "%s" stands on the button as %s', (asset, text, words) => {
    expect(amountWords(asset, text).replace('\u00a0', ' ')).toBe(words);
  });
});

describe('a page of events', () => {
  const all = { types: [], search: '' };
  test.each([
    [{ kind: 'latest' } as const, all],
    [{ kind: 'before', seq: 9 } as const, { types: ['FILL'], search: ` ${'x'.repeat(200)} ` }],
    [{ kind: 'after', seq: 9 } as const, all],
  ])('%j is asked for as the contract wants it', (place, filter) => {
    expect(COMMANDS.GET_EVENTS.payload.safeParse(pageRequest(place, filter)).success).toBe(true);
  });

  test('is shown newest first, whichever way it was turned to', () => {
    expect(newestFirst({ kind: 'after', seq: 1 }, [entry(2), entry(3)]).map(({ seq }) => seq)).toEqual([
      3, 2,
    ]);
    expect(newestFirst({ kind: 'latest' }, [entry(3), entry(2)]).map(({ seq }) => seq)).toEqual([3, 2]);
  });

  test('grows by what comes in, if the filter lets it', () => {
    const ring = [entry(5, 'FILL'), entry(4), entry(3)];
    const page = [entry(3), entry(2)];
    expect(withLive(page, ring, all).map(({ seq }) => seq)).toEqual([5, 4, 3, 2]);
    expect(withLive(page, ring, { types: ['FILL'], search: '' }).map(({ seq }) => seq)).toEqual([5, 3, 2]);
    expect(withLive(page, [entry(3)], all)).toBe(page);
  });

  test('keeps the order and the ways out of the place that it was read for', () => {
    const reply = { events: [entry(2), entry(3)], more: false };
    expect(pageOf({ kind: 'after', seq: 1 }, reply, 9)).toMatchObject({
      entries: [entry(3), entry(2)],
      hasOlder: true,
      hasNewer: false,
      upTo: 9,
    });
    expect(pageOf({ kind: 'before', seq: 4 }, { ...reply, more: true }, 0)).toMatchObject({
      hasOlder: true,
      hasNewer: true,
    });
  });

  test('is read again where lines between it and the ring may be missing, also those that fit its filter', () => {
    const page = pageOf({ kind: 'latest' }, { events: [entry(3, 'FILL')], more: true }, 5);
    expect(hasGap(page, [entry(7), entry(6), entry(5)])).toBe(false);
    expect(hasGap(page, [entry(9), entry(8), entry(6)])).toBe(true);
    expect(hasGap(page, [])).toBe(false);
  });

  test('gives a line as it is hashed: keys sorted, no spaces', () => {
    const line = lineText({ seq: 1, t: 2, type: 'X', data: { b: '1', a: { d: 1, c: true } } });
    expect(line).toBe('{"data":{"a":{"c":true,"d":1},"b":"1"},"seq":1,"t":2,"type":"X"}');
  });
});

test('sizes and accounts have words', () => {
  expect([0, 1023, 1536, 5 * 1024 ** 2].map(bytesWords)).toEqual([
    '0 bytes',
    '1023 bytes',
    '1.5 KiB',
    '5.0 MiB',
  ]);
  expect(accountWords('quote:SOL-PERP')).toBe('Unsettled SOL-PERP');
  expect(accountWords('perp:SOL-PERP')).toBe('Position');
  expect(accountWords('fees')).toBe('Fees');
});
