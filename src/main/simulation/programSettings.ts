import { AppError } from '../../shared/contract/appError.ts';
import type { SettingsView } from '../../shared/contract/commands/appCommands.ts';
import { refuseUnknown, type Overrides, type SettingGroup } from '../../shared/settings/group.ts';
import { LIVE_SETTINGS } from '../engine/liveSettings.ts';
import { SENDING_SETTINGS } from '../venues/solana/transactions/sendingSettings.ts';
import { WALLET_SETTINGS } from '../custody/walletSettings.ts';
import { LOG_LEVEL_SETTING } from '../platform/logger.ts';
import type { StoredSettings } from '../storage/settingsRepository.ts';
import { ORDERED_SETTINGS, SETTING_GROUPS, readSettings } from './settings.ts';

/** What belongs to the program as a whole, and to no run. */
export const PROGRAM_SETTINGS = { logLevel: LOG_LEVEL_SETTING } as const satisfies SettingGroup;

/** Every setting that the program has, by part. */
export const ALL_SETTING_GROUPS: Readonly<Record<string, SettingGroup>> = {
  ...SETTING_GROUPS,
  'Live trading': LIVE_SETTINGS,
  Transactions: SENDING_SETTINGS,
  Wallet: WALLET_SETTINGS,
  Program: PROGRAM_SETTINGS,
};

/** Settings that no run on paper goes by. */
const BEYOND_RUNS = { ...LIVE_SETTINGS, ...SENDING_SETTINGS, ...WALLET_SETTINGS, ...PROGRAM_SETTINGS };

/** Of all that the user changed, what a run goes by. */
export function runOverrides(overrides: Overrides): Overrides {
  const own = Object.values(BEYOND_RUNS).map(({ name }) => name);
  return Object.fromEntries(Object.entries(overrides).filter(([name]) => !own.some((one) => one === name)));
}

/** Changes by name; null takes the default. */
export type SettingChanges = Readonly<Record<string, string | null>>;

/**
 * The overrides after a change, in the order of their names; a value that is the default is none.
 * Throws INVALID_SETTING where the result would not do.
 */
export function changed(overrides: Overrides, changes: SettingChanges): Overrides {
  const groups = Object.values(ALL_SETTING_GROUPS);
  const after: Record<string, string> = { ...overrides };
  for (const [name, text] of Object.entries(changes)) {
    if (text === null) Reflect.deleteProperty(after, name);
    else after[name] = text;
  }
  refuseUnknown(groups, { ...after, ...Object.fromEntries(Object.keys(changes).map((name) => [name, ''])) });
  const settings = groups.flatMap((group) => Object.values(group));
  for (const setting of settings) {
    const text = after[setting.name];
    if (text === undefined) continue;
    setting.parse(text);
    if (text === setting.fallback) Reflect.deleteProperty(after, setting.name);
  }
  readSettings(runOverrides(after));
  return Object.fromEntries(Object.entries(after).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Throws SETTINGS_CONFLICT where somebody else has changed them since. */
export function refuseOutdated(stored: StoredSettings, revision: number): void {
  if (stored.revision === revision) return;
  throw new AppError(
    'SETTINGS_CONFLICT',
    'The settings were changed elsewhere in the meantime. Nothing was changed; look at them again.',
    { yours: revision, current: stored.revision },
  );
}

/** Settings as a form shows them. */
export function settingsView({ revision, overrides }: StoredSettings): SettingsView {
  return {
    revision,
    groups: Object.entries(ALL_SETTING_GROUPS).map(([name, group]) => ({
      name,
      settings: Object.values(group).map((setting) => ({
        name: setting.name,
        unit: setting.unit,
        meaning: setting.meaning,
        range: setting.range,
        input: setting.input,
        fallback: setting.fallback,
        value: overrides[setting.name] ?? setting.fallback,
      })),
    })),
    order: ORDERED_SETTINGS.map(({ name, other }) => ({ name, other })),
  };
}
