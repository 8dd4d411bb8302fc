import type { ValuesOf } from '../../shared/settings/group.ts';
import {
  choiceSetting,
  numberSetting,
  percentSetting,
  solSetting,
  usdSetting,
} from '../../shared/settings/setting.ts';

/** How the delta-neutral engine behaves. */
export const ENGINE_SETTINGS = {
  deltaTolerance: percentSetting({
    name: 'engine.deltaTolerancePct',
    fallback: '1',
    min: '0.01',
    max: '50',
    meaning: 'Delta drift over which the hedge is corrected, in percent of the spot that is hedged.',
  }),
  urgentDrift: percentSetting({
    name: 'engine.urgentDriftPct',
    fallback: '5',
    min: '0.1',
    max: '100',
    meaning: 'Delta drift over which the cooldown does not count.',
  }),
  cooldownMs: numberSetting({
    name: 'engine.cooldownMs',
    unit: 'ms',
    fallback: '1800000',
    min: '0',
    max: '86400000',
    whole: true,
    meaning: 'Pause after a correction before the next.',
  }),
  minimumCorrection: solSetting({
    name: 'engine.minimumCorrectionSol',
    fallback: '0.005',
    min: '0.001',
    max: '1000',
    meaning: 'Smaller corrections are skipped.',
  }),
  policy: choiceSetting(
    {
      name: 'engine.policy',
      fallback: 'on',
      meaning: 'Whether the engine enters and leaves by itself, as funding pays or costs.',
    },
    ['on', 'off'],
  ),
  averageHours: numberSetting({
    name: 'engine.averageHours',
    unit: 'hours',
    fallback: '72',
    min: '1',
    max: '720',
    whole: true,
    meaning: 'Over how long funding is averaged before entering or leaving.',
  }),
  historyHours: numberSetting({
    name: 'engine.historyHours',
    unit: 'hours',
    fallback: '24',
    min: '1',
    max: '720',
    whole: true,
    meaning: 'How much funding history an entry needs at least.',
  }),
  spotShare: percentSetting({
    name: 'engine.spotSharePct',
    fallback: '50',
    min: '1',
    max: '95',
    meaning: 'How much of the capital an entry turns into spot SOL.',
  }),
  deleverageHealth: percentSetting({
    name: 'engine.deleverageHealthPct',
    fallback: '30',
    min: '1',
    max: '90',
    meaning: 'Under this health both legs are reduced.',
  }),
  restoredHealth: percentSetting({
    name: 'engine.restoredHealthPct',
    fallback: '60',
    min: '2',
    max: '99',
    meaning: 'Health up to which both legs are reduced.',
  }),
  unhedgedUsd: usdSetting({
    name: 'engine.unhedgedUsd',
    fallback: '500',
    min: '10',
    max: '1000000',
    meaning: 'The most that may stand unhedged between the two legs of an entry or exit.',
  }),
  unhedgedMs: numberSetting({
    name: 'engine.unhedgedMs',
    unit: 'ms',
    fallback: '20000',
    min: '10000',
    max: '600000',
    whole: true,
    meaning: 'The longest that a first leg may stand without its second before it is finished or undone.',
  }),
  retryMs: numberSetting({
    name: 'engine.retryMs',
    unit: 'ms',
    fallback: '300000',
    min: '0',
    max: '86400000',
    whole: true,
    meaning: 'Pause after an entry had to be undone before it is tried again.',
  }),
  settleAbove: usdSetting({
    name: 'engine.settleAboveUsd',
    fallback: '1',
    min: '0.01',
    max: '1000000',
    meaning: 'Live, unsettled PnL of a closed position is settled where it is more, either way.',
  }),
} as const;

/** `always` is not for the user: the comparison run that enters at once and never leaves sets it. */
export type EngineSettings = Omit<ValuesOf<typeof ENGINE_SETTINGS>, 'policy'> & {
  readonly policy: 'on' | 'off' | 'always';
};
