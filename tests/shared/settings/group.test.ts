import { describe, expect, it } from 'vitest';

import { parseRate } from '../../../src/shared/money/decimal.ts';
import { readGroup, refuseUnknown } from '../../../src/shared/settings/group.ts';
import { choiceSetting, numberSetting, percentSetting } from '../../../src/shared/settings/setting.ts';

const RISK = {
  tolerance: percentSetting({
    name: 'risk.slippageTolerancePct',
    fallback: '0.5',
    min: '0.1',
    max: '5',
    meaning: 'How far the limit lies from the mark.',
  }),
  profitGate: choiceSetting(
    { name: 'risk.profitGate', fallback: 'openings', meaning: 'Which trades have to pay.' },
    ['openings', 'all'],
  ),
};
const ENGINE = {
  cooldownMs: numberSetting({
    name: 'engine.cooldownMs',
    unit: 'ms',
    fallback: '1800000',
    min: '0',
    max: '86400000',
    meaning: 'Pause after a correction.',
  }),
};

describe('a group of settings', () => {
  it('has its defaults where the user changed nothing', () => {
    expect(readGroup(RISK, {})).toEqual({ tolerance: parseRate('0.005'), profitGate: 'openings' });
  });

  it('has what the user changed, under the name that the code uses, and the defaults elsewhere', () => {
    const changed = { 'risk.profitGate': 'all', 'engine.cooldownMs': '60000' };
    expect(readGroup(RISK, changed)).toEqual({ tolerance: parseRate('0.005'), profitGate: 'all' });
    expect(readGroup(ENGINE, changed)).toEqual({ cooldownMs: 60_000 });
  });

  it('refuses a changed value that does not fit, and never falls back to the default in silence', () => {
    for (const text of ['', 'NaN', '5.1', '0']) {
      expect(() => readGroup(RISK, { 'risk.slippageTolerancePct': text })).toThrow(
        expect.objectContaining({ code: 'INVALID_SETTING' }),
      );
    }
  });

  it('refuses a name that no group knows, and proposes the nearest', () => {
    const unknown = (name: string) => () =>
      refuseUnknown([RISK, ENGINE], { 'risk.profitGate': 'all', [name]: '1' });
    expect(unknown('risk.cooldownMs')).toThrow(
      expect.objectContaining({
        code: 'INVALID_SETTING',
        message: 'There is no setting risk.cooldownMs. Did you mean engine.cooldownMs?',
        details: { name: 'risk.cooldownMs' },
      }),
    );
    expect(unknown('SLIPPAGE')).toThrow(
      'There is no setting SLIPPAGE. Did you mean risk.slippageTolerancePct?',
    );
    expect(unknown('risk.nothingLikeIt')).toThrow(
      expect.objectContaining({ message: 'There is no setting risk.nothingLikeIt.' }),
    );
  });

  it('lets every name of any group pass, whatever its value', () => {
    expect(() => {
      refuseUnknown([RISK, ENGINE], { 'risk.slippageTolerancePct': 'NaN', 'engine.cooldownMs': '1' });
      refuseUnknown([RISK, ENGINE], {});
    }).not.toThrow();
  });
});
