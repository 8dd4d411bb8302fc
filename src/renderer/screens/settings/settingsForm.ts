import type { SettingsView, SettingView } from '../../../shared/contract/commands/appCommands.ts';
import { parseDecimal } from '../../../shared/money/decimal.ts';
import { fits } from '../../../shared/settings/checkText.ts';
import { commaProblem, tidied } from '../../components/decimalEntry.ts';
import { labelOf } from './settingLabel.ts';
import { allowedWords, grouped } from './settingWords.ts';

/** What the user has typed and not saved, by the setting's name. */
export type Drafts = Readonly<Record<string, string>>;

/** Names with what is wrong with them, in words. */
export type Problems = Readonly<Record<string, string>>;

const settingsOf = ({ groups }: SettingsView): readonly SettingView[] =>
  groups.flatMap(({ settings }) => settings);

/** A text as the value that it means: how a number was written does not matter. */
const valueIn = ({ input }: SettingView, text: string): string =>
  input.kind === 'number' ? tidied(text) : text;

/** The drafts with one more; what is as it was saved is no draft. */
export function withDraft(drafts: Drafts, setting: SettingView, text: string): Drafts {
  const { [setting.name]: _before, ...others } = drafts;
  return text === setting.value ? others : { ...others, [setting.name]: text };
}

/** What keeps the drafts from being saved, beside each field that it is about. */
export function problemsOf(view: SettingsView, drafts: Drafts): Problems {
  const settings = new Map(settingsOf(view).map((setting) => [setting.name, setting]));
  const own = Object.entries(drafts).flatMap(([name, text]) => {
    const setting = settings.get(name);
    if (setting === undefined || fits(setting.input, valueIn(setting, text))) return [];
    const unclear = setting.input.kind === 'number' ? commaProblem(text) : null;
    return [[name, unclear ?? `It takes ${allowedWords(setting)}.`] as const];
  });
  const problems: Record<string, string> = Object.fromEntries(own);
  for (const { name, other } of view.order) {
    const [upper, lower] = [settings.get(name), settings.get(other)];
    if (upper === undefined || lower === undefined) continue;
    if (drafts[name] === undefined && drafts[other] === undefined) continue;
    const high = valueIn(upper, drafts[name] ?? upper.value);
    const low = valueIn(lower, drafts[other] ?? lower.value);
    if (!fits(upper.input, high) || !fits(lower.input, low) || !isLess(high, low)) continue;
    const blamed = drafts[name] === undefined ? other : name;
    problems[blamed] ??=
      blamed === name
        ? `It cannot be lower than “${labelOf(other)}”, which is ${grouped(low)}.`
        : `It cannot be higher than “${labelOf(name)}”, which is ${grouped(high)}.`;
  }
  return problems;
}

const DIGITS = 18;
const isLess = (a: string, b: string): boolean => parseDecimal(a, DIGITS) < parseDecimal(b, DIGITS);

/** What is sent: the default is asked for by null, so that it follows a later version's default. */
export function changesOf(view: SettingsView, drafts: Drafts): Record<string, string | null> {
  const settings = new Map(settingsOf(view).map((setting) => [setting.name, setting]));
  return Object.fromEntries(
    Object.entries(drafts).map(([name, text]) => {
      const setting = settings.get(name);
      const value = setting === undefined ? text : valueIn(setting, text);
      return [name, value === setting?.fallback ? null : value];
    }),
  );
}

/** A setting that was changed elsewhere while this window had it open. */
export interface Difference {
  readonly name: string;
  readonly was: string;
  readonly theirs: string;
  /** What this window would make of it; undefined where it has nothing to say. */
  readonly mine: string | undefined;
}

/** What differs between the settings that the drafts were made on and the ones that hold now. */
export function differencesOf(
  base: SettingsView,
  latest: SettingsView,
  drafts: Drafts,
): readonly Difference[] {
  const before = new Map(settingsOf(base).map(({ name, value }) => [name, value]));
  return settingsOf(latest).flatMap(({ name, value }) => {
    const was = before.get(name);
    return was === undefined || was === value ? [] : [{ name, was, theirs: value, mine: drafts[name] }];
  });
}

/** The drafts on top of newer settings: what is the same by now is no draft any more. */
export function rebased(latest: SettingsView, drafts: Drafts): Drafts {
  const settings = new Map(settingsOf(latest).map((setting) => [setting.name, setting]));
  return Object.fromEntries(
    Object.entries(drafts).filter(([name, text]) => {
      const setting = settings.get(name);
      return setting === undefined || setting.value !== valueIn(setting, text);
    }),
  );
}

/** The groups with the settings that a search finds by name, label or meaning. */
export function foundIn(view: SettingsView, search: string): SettingsView['groups'] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return view.groups;
  const fitsWords = ({ name, meaning, unit }: SettingView): boolean => {
    const text = `${name} ${labelOf(name)} ${meaning} ${unit}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return view.groups
    .map((group) => ({ ...group, settings: group.settings.filter(fitsWords) }))
    .filter(({ settings }) => settings.length > 0);
}
