import { AppError } from '../../shared/contract/appError.ts';
import { readGroup, refuseUnknown, type Overrides, type SettingGroup } from '../../shared/settings/group.ts';
import { ENGINE_SETTINGS, type EngineSettings } from '../engine/engineSettings.ts';
import { RECORDED_SETTINGS, type RecordedSettings } from '../market/recordedSettings.ts';
import { SIMULATION_SETTINGS, type SimulationSettings } from '../market/simulationSettings.ts';
import { RISK_SETTINGS, type RiskSettings } from '../risk/riskSettings.ts';
import { PAPER_SETTINGS, type PaperSettings } from '../venues/paper/paperSettings.ts';

/** Every setting that a paper run takes, by part of the program. docs/settings.md is made from it. */
export const SETTING_GROUPS = {
  Engine: ENGINE_SETTINGS,
  Risk: RISK_SETTINGS,
  'Paper venue': PAPER_SETTINGS,
  'Simulated market': SIMULATION_SETTINGS,
  'Recorded market': RECORDED_SETTINGS,
} as const satisfies Readonly<Record<string, SettingGroup>>;

export interface RunSettings {
  readonly engine: EngineSettings;
  readonly risk: RiskSettings;
  readonly paper: PaperSettings;
  readonly simulation: SimulationSettings;
  readonly recorded: RecordedSettings;
}

/** The settings of a run: defaults and what the user changed. Throws INVALID_SETTING. */
export function readSettings(overrides: Overrides): RunSettings {
  refuseUnknown(Object.values(SETTING_GROUPS), overrides);
  const settings = {
    engine: readGroup(ENGINE_SETTINGS, overrides),
    risk: readGroup(RISK_SETTINGS, overrides),
    paper: readGroup(PAPER_SETTINGS, overrides),
    simulation: readGroup(SIMULATION_SETTINGS, overrides),
    recorded: readGroup(RECORDED_SETTINGS, overrides),
  };
  refuseContradictions(settings);
  return settings;
}

function refuseContradictions({ engine, risk, paper }: RunSettings): void {
  const rules: readonly (readonly [boolean, string, string])[] = [
    [
      engine.restoredHealth >= engine.deleverageHealth,
      'engine.restoredHealthPct',
      'engine.deleverageHealthPct',
    ],
    [engine.urgentDrift >= engine.deltaTolerance, 'engine.urgentDriftPct', 'engine.deltaTolerancePct'],
    [engine.averageHours >= engine.historyHours, 'engine.averageHours', 'engine.historyHours'],
    [paper.initialMargin >= paper.maintenanceMargin, 'paper.initialMarginPct', 'paper.maintenanceMarginPct'],
    [risk.minHealth >= risk.guardHealth, 'risk.minHealthPct', 'risk.guardHealthPct'],
  ];
  for (const [holds, name, other] of rules) {
    if (!holds)
      throw new AppError('INVALID_SETTING', `${name} cannot be lower than ${other}.`, { name, other });
  }
}

/** The settings of the run that enters at the first tick and never leaves. */
export function neverExiting({ engine, risk }: RunSettings): { engine: EngineSettings; risk: RiskSettings } {
  return { engine: { ...engine, policy: 'always' }, risk: { ...risk, profitGate: 'none' } };
}
