import { describe, expect, it } from 'vitest';

import { ENGINE_SETTINGS } from '../../../src/main/engine/engineSettings.ts';
import { readGroup } from '../../../src/shared/settings/group.ts';

const percent = (of: number): bigint => BigInt(Math.round(of * 1e10));

/** Name, default, and the ends of what it takes: from the requirements, in bold there where they name one. */
const TABLE = [
  ['[R5.2]', 'deltaTolerance', 'engine.deltaTolerancePct', percent(1), '0.01', '50'],
  ['[R5.3]', 'urgentDrift', 'engine.urgentDriftPct', percent(5), '0.1', '100'],
  ['[R5.3]', 'cooldownMs', 'engine.cooldownMs', 30 * 60_000, '0', '86400000'],
  ['[R5.6]', 'minimumCorrection', 'engine.minimumCorrectionSol', 5_000_000n, '0.001', '1000'],
  ['[R11.1]', 'averageHours', 'engine.averageHours', 72, '1', '720'],
  ['[R11.1]', 'historyHours', 'engine.historyHours', 24, '1', '720'],
  ['', 'spotShare', 'engine.spotSharePct', percent(50), '1', '95'],
  ['[R11.2]', 'deleverageHealth', 'engine.deleverageHealthPct', percent(30), '1', '90'],
  ['[R11.2]', 'restoredHealth', 'engine.restoredHealthPct', percent(60), '2', '99'],
  ['[R11.3]', 'unhedgedUsd', 'engine.unhedgedUsd', 500_000_000n, '10', '1000000'],
  ['[R11.3]', 'unhedgedMs', 'engine.unhedgedMs', 20_000, '10000', '600000'],
  ['', 'retryMs', 'engine.retryMs', 300_000, '0', '86400000'],
  ['[R4.10]', 'settleAbove', 'engine.settleAboveUsd', 1_000_000n, '0.01', '1000000'],
] as const;

const read = (name: string, text: string): Readonly<Record<string, unknown>> =>
  readGroup(ENGINE_SETTINGS, { [name]: text });

/** The next number beyond a limit, in its own last place. */
const beyond = (limit: string, by: 1 | -1): string => {
  const decimals = limit.split('.')[1]?.length ?? 0;
  return (Number(limit) + by * 10 ** -decimals).toFixed(decimals);
};

describe('a setting of the engine', () => {
  it.each(TABLE)('%s %s is %s, with its default and its limits', (_, key, name, fallback, min, max) => {
    expect(readGroup(ENGINE_SETTINGS, {})[key]).toBe(fallback);
    expect(read(name, min)[key]).not.toBeUndefined();
    expect(read(name, max)[key]).not.toEqual(read(name, min)[key]);
    for (const refused of [beyond(min, -1), beyond(max, 1), 'x', '']) {
      expect(() => read(name, refused)).toThrow(expect.objectContaining({ code: 'INVALID_SETTING' }));
    }
  });

  it.each(
    TABLE.filter(([, , , fallback]) => typeof fallback === 'number').map(([, , name, , min]) => [name, min]),
  )('%s is a whole number', (name, min) => {
    expect(() => read(name, `${Number(min) + 1}.5`)).toThrow(/whole/);
  });

  it('[R11.1] policy is on or off, on by default, and nothing else', () => {
    expect(readGroup(ENGINE_SETTINGS, {}).policy).toBe('on');
    expect(read('engine.policy', 'off')['policy']).toBe('off');
    expect(() => read('engine.policy', 'always')).toThrow(/on or off/);
  });

  it('is each in the table above, and says what it means and in which unit', () => {
    expect(Object.keys(ENGINE_SETTINGS).toSorted()).toEqual(
      [...TABLE.map(([, key]) => key), 'policy'].toSorted(),
    );
    const units = Object.entries(ENGINE_SETTINGS).map(([key, { unit, meaning }]) => {
      expect(meaning).toMatch(/^[A-Z].{10,}\.$/);
      return [key, unit];
    });

    expect(Object.fromEntries(units)).toEqual({
      deltaTolerance: '%',
      urgentDrift: '%',
      cooldownMs: 'ms',
      minimumCorrection: 'SOL',
      policy: '',
      averageHours: 'hours',
      historyHours: 'hours',
      spotShare: '%',
      deleverageHealth: '%',
      restoredHealth: '%',
      unhedgedUsd: 'USD',
      settleAbove: 'USD',
      unhedgedMs: 'ms',
      retryMs: 'ms',
    });
  });
});
