import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode } from '../../../src/shared/contract/errorCodes.ts';
import { ENGINE_STATES } from '../../../src/shared/contract/engineStatus.ts';
import { dollarWords, fractionWords, numberWords, sizeWords } from '../../../src/shared/words/amountWords.ts';
import { hourWords, spanWords } from '../../../src/shared/words/durationWords.ts';
import { ERROR_WORDS } from '../../../src/shared/words/errorWords.ts';
import { STATE_WORDS, interruptionWords } from '../../../src/shared/words/stateWords.ts';

describe('amounts in words', () => {
  test.each([
    ['1234.5', '$1,234.50'],
    ['-0.07', '−$0.07'],
    ['0.005', '$0.01'],
    ['0.0004', '$0.0004'],
    ['-0.0004', '−$0.0004'],
    ['0', '$0.00'],
    ['-1234567.891', '−$1,234,567.89'],
  ])('%s is %s', (decimal, words) => {
    expect(dollarWords(decimal)).toBe(words);
  });

  test('sizes keep their digits, fractions become percentages', () => {
    expect(sizeWords('0.500', 'SOL')).toBe('0.5 SOL');
    expect(sizeWords('1200', 'SOL')).toBe('1,200 SOL');
    expect(fractionWords('0.0001', 4)).toBe('0.0100 %');
    expect(fractionWords('-0.25', 0)).toBe('−25 %');
    expect(fractionWords('5', 0)).toBe('500 %');
  });

  test('rounding to the digits shown agrees with exact arithmetic', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 20n), (millionths) => {
        const text = millionths.toString().padStart(7, '0');
        const decimal = `${text.slice(0, -6)}.${text.slice(-6)}`;
        const cents = (millionths + 5_000n) / 10_000n;
        expect(BigInt(numberWords(decimal, 2).replaceAll(/[,.]/g, ''))).toBe(cents);
      }),
    );
  });

  test('what is no number is left as it is', () => {
    expect(dollarWords('∞')).toBe('$∞');
    expect(numberWords('', 2)).toBe('');
  });
});

describe('time in words', () => {
  test.each([
    [0, '0 s'],
    [999, '0 s'],
    [12_000, '12 s'],
    [3_600_000, '1 h'],
    [93_784_000, '1 d 2 h'],
    [59_999, '59 s'],
  ])('%d ms is %s', (ms, words) => {
    expect(spanWords(ms)).toBe(words);
  });

  test('an hour stands on the clock of the machine', () => {
    expect(hourWords(new Date(2026, 2, 14, 2, 4).getTime())).toBe('02:04');
  });
});

test('every state has a word and a meaning', () => {
  for (const state of ENGINE_STATES) {
    expect(STATE_WORDS[state].word).toMatch(/^[A-Z]/);
    expect(STATE_WORDS[state].meaning).toMatch(/^[A-Z].*\.$/);
  }
});

test('every error says what it means for the money, and what to do', () => {
  for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) {
    const { money, todo } = ERROR_WORDS[code];
    expect(money).toMatch(/^[A-Z].*\.$/);
    expect(todo).toMatch(/^[A-Z].*\.$/);
  }
});

test('a time that nobody watched is told with its hour, length and cause', () => {
  const from = new Date(2026, 2, 14, 2, 14).getTime();
  expect(interruptionWords({ cause: 'sleep', from, to: from + 11_100_000 })).toBe(
    'Not watched since 02:14, for 3 h 5 min: the computer slept. The engine has synced and goes on.',
  );
  expect(interruptionWords({ cause: 'clockJump', from, to: from })).toContain('clock jumped');
});
