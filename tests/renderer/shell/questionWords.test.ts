import { describe, expect, test } from 'vitest';
import { healthWords, lowHealthOf } from '../../../src/renderer/shell/healthWords.ts';
import { secondsLeft, settledWords, tradeWords } from '../../../src/renderer/shell/questionWords.ts';
import { exactText } from '../../../src/renderer/components/exactText.ts';
import { QUESTION } from '../liveSamples.ts';
import { FUNDING } from '../samples.ts';

test('a trade is named with every digit of its sizes, in the order in which it is sent', () => {
  expect(tradeWords(QUESTION)).toBe('buy 12.512345678 SOL, then sell 12.5 SOL-PERP, worth $3,751.20');
});

test.each([
  ['expired', /^Time is over: .* is not made\./],
  ['declined', /^Declined: .* It is not made\./],
  ['confirmed', /^Confirmed: .* Events tell what came of it\./],
  ['used', /^Confirmed and sent: /],
] as const)('a question that is %s says what that means', (answer, words) => {
  expect(settledWords({ confirmation: QUESTION, answer })).toMatch(words);
});

describe('the time that is left', () => {
  test.each([
    [1_000_000, 60],
    [1_059_001, 1],
    [1_060_000, 0],
    [2_000_000, 0],
  ])('at %d is %d s', (now, seconds) => {
    expect(secondsLeft(QUESTION, now)).toBe(seconds);
  });
});

test('an alert names where each position is liquidated', () => {
  const words = healthWords({
    positions: [
      { market: 'SOL-PERP', size: '-33.2', liquidationPrice: '183.2204', side: 'above' },
      { market: 'SOL', size: '30', liquidationPrice: null, side: null },
      { market: 'BTC-PERP', size: '1', liquidationPrice: '90000', side: null },
    ],
  });
  expect(words).toBe(
    '−33.2 SOL-PERP is liquidated above $183.22. 30 SOL has no liquidation price of its own. 1 BTC-PERP is liquidated at $90,000.00.',
  );
});

test.each([
  ['12.500000000', 'SOL', 0, '12.5\u00a0SOL'],
  ['150.964100000', '$', 2, '$150.9641'],
  ['149.4', '$', 2, '$149.40'],
  ['0.000000001', '', 0, '0.000000001'],
] as const)('%s is written to the last digit', (amount, unit, least, text) => {
  expect(exactText(amount, unit, least)).toBe(text);
});

describe('low health', () => {
  const short = {
    market: 'SOL-PERP',
    size: '-33.2',
    entryPrice: '150',
    markPrice: '150',
    liquidationPrice: '183.2',
    unrealizedPnl: '0',
    unsettledPnl: '0',
    settledPnl: '0',
    fundingEarned: '0',
  };
  const figures = (health: number) => ({ ...FUNDING, health, positions: [short] });

  test('is told of by the alert where one was heard', () => {
    const alert = { level: 'eased' as const, healthPct: 30, because: 'Low.', positions: [] };
    expect(lowHealthOf(alert, figures(90))).toEqual({ positions: [], isCritical: false });
    expect(lowHealthOf({ ...alert, level: 'critical' }, null)?.isCritical).toBe(true);
  });

  test.each([
    [50, null],
    [49.9, false],
    [20, false],
    [19.9, true],
  ])('of %d %% is seen in the figures by who came after the alert', (health, isCritical) => {
    const low = lowHealthOf(null, figures(health));
    expect(low?.isCritical ?? null).toBe(isCritical);
    expect(low === null ? null : healthWords(low)).toBe(
      isCritical === null ? null : '−33.2 SOL-PERP is liquidated above $183.20.',
    );
  });
});
