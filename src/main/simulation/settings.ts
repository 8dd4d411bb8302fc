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

/** Settings of which the first cannot be lower than the second. */
export const ORDERED_SETTINGS: readonly {
  readonly name: string;
  readonly other: string;
  readonly holds: (settings: RunSettings) => boolean;
}[] = [
  {
    name: 'engine.restoredHealthPct',
    other: 'engine.deleverageHealthPct',
    holds: ({ engine }) => engine.restoredHealth >= engine.deleverageHealth,
  },
  {
    name: 'engine.urgentDriftPct',
    other: 'engine.deltaTolerancePct',
    holds: ({ engine }) => engine.urgentDrift >= engine.deltaTolerance,
  },
  {
    name: 'engine.averageHours',
    other: 'engine.historyHours',
    holds: ({ engine }) => engine.averageHours >= engine.historyHours,
  },
  {
    name: 'paper.initialMarginPct',
    other: 'paper.maintenanceMarginPct',
    holds: ({ paper }) => paper.initialMargin >= paper.maintenanceMargin,
  },
  {
    name: 'risk.minHealthPct',
    other: 'risk.guardHealthPct',
    holds: ({ risk }) => risk.minHealth >= risk.guardHealth,
  },
  {
    name: 'risk.warningHealthPct',
    other: 'risk.criticalHealthPct',
    holds: ({ risk }) => risk.warningHealth >= risk.criticalHealth,
  },
];

function refuseContradictions(settings: RunSettings): void {
  const broken = ORDERED_SETTINGS.find(({ holds }) => !holds(settings));
  if (broken === undefined) return;
  const { name, other } = broken;
  throw new AppError('INVALID_SETTING', `${name} cannot be lower than ${other}.`, { name, other });
}

/** The settings of the run that enters at the first tick and never leaves. */
export function neverExiting({ engine, risk }: RunSettings): { engine: EngineSettings; risk: RiskSettings } {
  return { engine: { ...engine, policy: 'always' }, risk: { ...risk, profitGate: 'none' } };
}
