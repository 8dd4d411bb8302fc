import { AppError } from '../contract/appError.ts';
import type { Setting } from './setting.ts';

/** Settings that one part of the program understands, by the name that its code uses. */
export type SettingGroup = Readonly<Record<string, Setting<unknown>>>;

/** The values of a group, typed by its settings. */
export type ValuesOf<Group extends SettingGroup> = {
  readonly [Key in keyof Group]: Group[Key] extends Setting<infer T> ? T : never;
};

/** What the user changed: texts by dotted name. */
export type Overrides = Readonly<Record<string, string>>;

/** A group's values: the user's where there is one, the default elsewhere. Throws INVALID_SETTING. */
export function readGroup<Group extends SettingGroup>(group: Group, overrides: Overrides): ValuesOf<Group> {
  const entries = Object.entries(group).map(([key, setting]): [string, unknown] => [
    key,
    setting.parse(overrides[setting.name] ?? setting.fallback),
  ]);
  return Object.fromEntries(entries) as ValuesOf<Group>;
}

/** Refuses a name that no group knows, and proposes the nearest. */
export function refuseUnknown(groups: readonly SettingGroup[], overrides: Overrides): void {
  const known = groups.flatMap((group) => Object.values(group).map((setting) => setting.name));
  for (const name of Object.keys(overrides)) {
    if (known.includes(name)) continue;
    const key = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    const near = known.find((one) => one.toLowerCase().includes(key));
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    throw new AppError('INVALID_SETTING', `There is no setting ${name}.${hint}`, { name });
  }
}
