import { describe, expect, it } from 'vitest';

import type { SettingGroup } from '../../../src/shared/settings/group.ts';
import { SETTING_GROUPS, neverExiting, readSettings } from '../../../src/main/simulation/settings.ts';

describe('settings that contradict each other', () => {
  it.each([
    // What must not be lower, what it is held against, what is refused, what is just allowed.
    ['engine.restoredHealthPct', 'engine.deleverageHealthPct', ['39.9999', '40'], ['40', '40']],
    ['engine.urgentDriftPct', 'engine.deltaTolerancePct', ['1.9', '2'], ['2', '2']],
    ['engine.averageHours', 'engine.historyHours', ['23', '24'], ['24', '24']],
    ['paper.initialMarginPct', 'paper.maintenanceMarginPct', ['4.9', '5'], ['5', '5']],
    ['risk.minHealthPct', 'risk.guardHealthPct', ['49', '50'], ['50', '50']],
  ] as const)('are refused, both named: %s under %s', (name, other, refused, allowed) => {
    expect(() => readSettings({ [name]: refused[0], [other]: refused[1] })).toThrow(
      expect.objectContaining({ code: 'INVALID_SETTING', details: { name, other } }),
    );
    expect(() => readSettings({ [name]: refused[0], [other]: refused[1] })).toThrow(
      new RegExp(`${name}.*${other}`),
    );
    expect(() => readSettings({ [name]: allowed[0], [other]: allowed[1] })).not.toThrow();
  });

  it('are not what the defaults are', () => {
    expect(() => readSettings({})).not.toThrow();
  });
});

describe('the settings of a run', () => {
  it('are refused under a name that nobody knows, and the nearest is proposed', () => {
    expect(() => readSettings({ 'engine.cooldown': '5' })).toThrow(/engine\.cooldownMs/);
    expect(() => readSettings({ 'engine.zzz': '5' })).toThrow(
      expect.objectContaining({ code: 'INVALID_SETTING' }),
    );
  });

  it('have each a name of its own', () => {
    const groups: readonly SettingGroup[] = Object.values(SETTING_GROUPS);
    const names = groups.flatMap((group) => Object.values(group).map(({ name }) => name));

    expect(new Set(names).size).toBe(names.length);
  });

  it('reach the part that they are named after', () => {
    const settings = readSettings({
      'engine.historyHours': '30',
      'risk.horizonDays': '31',
      'paper.latencyMs': '32',
      'simulation.startPrice': '33',
      'recorded.depthSharePct': '34',
    });

    expect(settings.engine.historyHours).toBe(30);
    expect(settings.risk.horizonDays).toBe(31);
    expect(settings.paper.latencyMs).toBe(32);
    expect(settings.simulation.startPrice).toBe(33);
    expect(settings.recorded.depthShare).toBe(340_000_000_000n);
  });

  it('[R11.1] of the run that never exits differ in entering and in nothing else', () => {
    const settings = readSettings({ 'engine.policy': 'off' });
    const { engine, risk } = neverExiting(settings);

    expect(engine).toEqual({ ...settings.engine, policy: 'always' });
    expect(risk).toEqual({ ...settings.risk, profitGate: 'none' });
  });
});
