import { describe, expect, test } from 'vitest';
import type { SettingsView, SettingView } from '../../../src/shared/contract/commands/appCommands.ts';
import {
  changesOf,
  differencesOf,
  foundIn,
  problemsOf,
  rebased,
  withDraft,
} from '../../../src/renderer/screens/settings/settingsForm.ts';
import {
  allowedWords,
  grouped,
  lengthWords,
  unsavedWords,
} from '../../../src/renderer/screens/settings/settingWords.ts';
import { labelOf } from '../../../src/renderer/screens/settings/settingLabel.ts';

const setting = (name: string, value: string, decimals = 2): SettingView => ({
  name,
  unit: '%',
  meaning: `What ${name} means.`,
  range: '1 to 50',
  input: { kind: 'number', min: '1', max: '50', decimals },
  fallback: '5',
  value,
});

const TOLERANCE = setting('engine.deltaTolerancePct', '5');
const URGENT = setting('engine.urgentDriftPct', '10');
const POLICY: SettingView = {
  ...setting('engine.policy', 'on'),
  unit: '',
  range: 'on or off',
  input: { kind: 'choice', choices: ['on', 'off'] },
  fallback: 'on',
};
const VIEW: SettingsView = {
  revision: 1,
  groups: [
    { name: 'Engine', settings: [TOLERANCE, POLICY] },
    { name: 'Risk', settings: [URGENT] },
  ],
  order: [{ name: URGENT.name, other: TOLERANCE.name }],
};
const changed = (name: string, value: string): SettingsView => ({
  ...VIEW,
  revision: 2,
  groups: VIEW.groups.map((group) => ({
    ...group,
    settings: group.settings.map((one) => (one.name === name ? { ...one, value } : one)),
  })),
});

describe('a setting that is typed', () => {
  test('is a change until it is what it was', () => {
    const drafts = withDraft({}, TOLERANCE, '6');
    expect(drafts).toEqual({ [TOLERANCE.name]: '6' });
    expect(withDraft(drafts, TOLERANCE, '5')).toEqual({});
  });

  test.each(['0.99', '50.01', '', 'abc', '1e1', '1.234', '-2'])('"%s" is refused with its range', (text) => {
    expect(problemsOf(VIEW, { [TOLERANCE.name]: text })[TOLERANCE.name]).toBe('It takes 1 to 50 %.');
  });

  test('on the bound of its range is taken', () => {
    expect(problemsOf(VIEW, { [TOLERANCE.name]: '1' })).toEqual({});
    expect(problemsOf(VIEW, { [URGENT.name]: '50' })).toEqual({});
  });

  test('that contradicts another is refused beside the one that was changed', () => {
    expect(problemsOf(VIEW, { [URGENT.name]: '4' })[URGENT.name]).toContain('“Delta tolerance”');
    expect(problemsOf(VIEW, { [TOLERANCE.name]: '11' })[TOLERANCE.name]).toContain('“Urgent drift”');
    expect(problemsOf(VIEW, { [TOLERANCE.name]: '11', [URGENT.name]: '12' })).toEqual({});
    expect(problemsOf(VIEW, { [URGENT.name]: '5' })).toEqual({});
  });

  test('says what it takes in words', () => {
    expect(allowedWords(TOLERANCE)).toBe('1 to 50 %');
    expect(allowedWords(setting('a.b', '1', 0))).toBe('a whole number, 1 to 50 %');
    expect(allowedWords(POLICY)).toBe('on or off');
    const cooldown = { ...setting('a.cooldownMs', '1', 0), unit: 'ms', range: '250 to 86400000' };
    expect(allowedWords(cooldown)).toBe('a whole number, 250 to 86,400,000 ms (250 ms to 1 d)');
  });
});

test('what is set to its default is sent as no value, so that it stays the default', () => {
  expect(changesOf(changed(TOLERANCE.name, '7'), { [TOLERANCE.name]: '5', [URGENT.name]: '20' })).toEqual({
    [TOLERANCE.name]: null,
    [URGENT.name]: '20',
  });
});

describe('settings that another window changed', () => {
  test('are shown with what they were, are, and would become', () => {
    const latest = changed(TOLERANCE.name, '7');
    expect(differencesOf(VIEW, latest, { [TOLERANCE.name]: '6' })).toEqual([
      { name: TOLERANCE.name, was: '5', theirs: '7', mine: '6' },
    ]);
    expect(differencesOf(VIEW, latest, {})[0]?.mine).toBeUndefined();
    expect(differencesOf(VIEW, VIEW, { [TOLERANCE.name]: '6' })).toEqual([]);
  });

  test('are taken over, and one’s own changes kept on top where they still differ', () => {
    const drafts = { [TOLERANCE.name]: '7', [URGENT.name]: '20' };
    expect(rebased(changed(TOLERANCE.name, '7'), drafts)).toEqual({ [URGENT.name]: '20' });
  });
});

test('a search finds settings by name, label and meaning, in all its words', () => {
  expect(foundIn(VIEW, '').flatMap(({ settings }) => settings)).toHaveLength(3);
  expect(foundIn(VIEW, 'delta TOLERANCE')).toEqual([{ name: 'Engine', settings: [TOLERANCE] }]);
  expect(foundIn(VIEW, 'means')).toHaveLength(2);
  expect(foundIn(VIEW, 'nothing')).toEqual([]);
});

test.each([
  ['engine.deltaTolerancePct', 'Delta tolerance'],
  ['paper.usdcDepositApr', 'USDC deposit APR'],
  ['engine.cooldownMs', 'Cooldown'],
  ['risk.gasReserveSol', 'Gas reserve'],
])('%s is called "%s"', (name, label) => {
  expect(labelOf(name)).toBe(label);
});

test.each([
  ['999', '999'],
  ['1000', '1,000'],
  ['0.001 to 1000000', '0.001 to 1,000,000'],
  ['12345.67891', '12,345.67891'],
  ['on or off', 'on or off'],
])('%s is written %s', (text, words) => {
  expect(grouped(text)).toBe(words);
});

test.each([
  ['0', '0 s'],
  ['250', '250 ms'],
  ['1800000', '30 min'],
])('%s ms are %s', (ms, words) => {
  expect(lengthWords(ms)).toBe(words);
});

test.each([
  [1, 0, 'One change is not saved yet.'],
  [1, 1, 'One change is not saved yet: it has to be corrected first.'],
  [3, 0, '3 changes are not saved yet.'],
  [3, 1, '3 changes are not saved yet: one of them has to be corrected first.'],
  [3, 2, '3 changes are not saved yet: 2 of them have to be corrected first.'],
  [3, 3, '3 changes are not saved yet: all 3 of them have to be corrected first.'],
])('%d changes of which %d are wrong', (count, wrong, words) => {
  expect(unsavedWords(count, wrong)).toBe(words);
});
