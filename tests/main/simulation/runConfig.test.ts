import { describe, expect, it } from 'vitest';

import { AppError } from '../../../src/shared/contract/appError.ts';
import { refuseMismatch, type RunConfig } from '../../../src/main/simulation/runConfig.ts';

const file = (path: string, sha256: string) => ({ path, sha256 });

const KEPT: RunConfig = {
  seed: 7,
  startMs: Date.UTC(2025, 0, 1),
  capital: '10000',
  overrides: { 'risk.horizonDays': '20', 'engine.policy': 'off' },
  market: { kind: 'simulated' },
  script: file('/a/script.json', 'aaaa1111'),
};
const recorded = (candles: string, funding: string, folder = '/a'): RunConfig => ({
  ...KEPT,
  market: {
    kind: 'recorded',
    candles: file(`${folder}/candles.csv`, candles),
    funding: file(`${folder}/funding.csv`, funding),
  },
});

function refusal(kept: RunConfig, asked: RunConfig): AppError | undefined {
  try {
    refuseMismatch(kept, asked);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

describe('a data folder that holds a run', () => {
  it.each<[string, RunConfig, RunConfig]>([
    ['the same run', KEPT, KEPT],
    [
      'the same settings in another order',
      KEPT,
      { ...KEPT, overrides: { 'engine.policy': 'off', 'risk.horizonDays': '20' } },
    ],
    ['the same script under another name', KEPT, { ...KEPT, script: file('/b/other.json', 'aaaa1111') }],
    [
      'the same recording under other names',
      recorded('cccc', 'ffff'),
      recorded('cccc', 'ffff', '/elsewhere'),
    ],
    [
      'a recording, which decides itself when it begins',
      recorded('cccc', 'ffff'),
      { ...recorded('cccc', 'ffff'), startMs: 5 },
    ],
    ['no script where there was none', { ...KEPT, script: null }, { ...KEPT, script: null }],
  ])('goes on with %s', (_what, kept, asked) => {
    expect(refusal(kept, asked)).toBeUndefined();
  });

  const settings = { 'engine.policy': 'on', 'risk.horizonDays': '20' };

  it.each<[string, RunConfig, RunConfig, string, string]>([
    ['seed', KEPT, { ...KEPT, seed: 8 }, '7', '8'],
    ['capital', KEPT, { ...KEPT, capital: '10001' }, '10000', '10001'],
    ['settings', KEPT, { ...KEPT, overrides: settings }, 'engine.policy=off', 'engine.policy=on'],
    ['settings', KEPT, { ...KEPT, overrides: {} }, 'risk.horizonDays=20', 'defaults'],
    ['market', KEPT, recorded('cccc', 'ffff'), 'simulated', 'candles.csv'],
    ['market', recorded('cccc', 'ffff'), recorded('cccd', 'ffff'), 'cccc', 'cccd'],
    ['market', recorded('cccc', 'ffff'), recorded('cccc', 'fffe'), 'ffff', 'fffe'],
    ['start', KEPT, { ...KEPT, startMs: Date.UTC(2025, 0, 2) }, '2025-01-01', '2025-01-02'],
    ['script', KEPT, { ...KEPT, script: file('/a/script.json', 'bbbb2222') }, 'aaaa1111', 'bbbb2222'],
    ['script', KEPT, { ...KEPT, script: null }, 'script.json', 'none'],
    ['script', { ...KEPT, script: null }, KEPT, 'none', 'script.json'],
  ])('refuses a run with another %s, and says which of both', (what, kept, asked, was, is) => {
    const error = refusal(kept, asked);

    expect(error?.code).toBe('RUN_MISMATCH');
    expect(error?.details['what']).toContain(what);
    expect(error?.details['kept']).toContain(was);
    expect(error?.details['asked']).toContain(is);
    expect(error?.message).toContain(what);
    expect(error?.message).toContain(was);
    expect(error?.message).toContain(is);
  });
});
