import { describe, expect, test } from 'vitest';
import { SCREENS, screenIn, searchFor } from '../../../src/renderer/shell/screenName.ts';
import { clockWords } from '../../../src/renderer/shell/clockWords.ts';
import { commandWords } from '../../../src/renderer/shell/commandWords.ts';

describe('the screen in the address', () => {
  test.each(SCREENS)('%s is found again after a reload', (screen) => {
    expect(screenIn(searchFor(screen, '?screen=events&scheme=light'))).toBe(screen);
    expect(searchFor(screen, '?scheme=light')).toContain('scheme=light');
  });

  test('is the dashboard where it names none that exists', () => {
    expect(screenIn('')).toBe('dashboard');
    expect(screenIn('?screen=backtest')).toBe('dashboard');
  });
});

test.each([
  [null, ''],
  [{ speed: 60, paused: false, rushing: false }, '60×'],
  [{ speed: 3_600, paused: false, rushing: false }, '3,600×'],
  [{ speed: 60, paused: true, rushing: false }, 'paused'],
  [{ speed: 60, paused: true, rushing: true }, 'on to the next funding'],
] as const)('the clock %j is "%s"', (clock, words) => {
  expect(clockWords(clock)).toBe(words);
});

test.each([
  ['GET_EQUITY_CURVE', 'Equity curve'],
  ['STOP_ENGINE', 'Stop engine'],
  ['DRIFT_DEPOSIT', 'Deposit'],
  ['SOS', 'SOS'],
])('%s is "%s"', (command, words) => {
  expect(commandWords(command)).toBe(words);
});
