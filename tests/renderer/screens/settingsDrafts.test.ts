import { afterEach, describe, expect, test, vi } from 'vitest';
import type { SettingsView, SettingView } from '../../../src/shared/contract/commands/appCommands.ts';
import {
  dropDrafts,
  keepDrafts,
  useKeptDrafts,
} from '../../../src/renderer/screens/settings/settingsDrafts.ts';
import { changesOf, problemsOf, rebased } from '../../../src/renderer/screens/settings/settingsForm.ts';

const SIZE: SettingView = {
  name: 'engine.size',
  unit: '$',
  meaning: 'How much.',
  range: '1 to 100000',
  input: { kind: 'number', min: '1', max: '100000', decimals: 2 },
  fallback: '2000',
  value: '1000',
};
const VIEW: SettingsView = { revision: 3, groups: [{ name: 'Engine', settings: [SIZE] }], order: [] };

const page = new EventTarget();
vi.stubGlobal('window', page);
afterEach(dropDrafts);

/** Whether the browser would ask before it closes the page. */
const wouldAsk = (): boolean => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));

describe('drafts of settings', () => {
  test('are kept with what they were made on, and the page is not closed over them unasked', () => {
    expect(wouldAsk()).toBe(false);
    keepDrafts(VIEW, { [SIZE.name]: '5' });
    expect(useKeptDrafts.getState()).toEqual({ base: VIEW, drafts: { [SIZE.name]: '5' } });
    expect(wouldAsk()).toBe(true);
    keepDrafts(VIEW, { [SIZE.name]: '50' });
    dropDrafts();
    expect(wouldAsk()).toBe(false);
  });

  test('that are none hold nothing to an old revision', () => {
    keepDrafts(VIEW, { [SIZE.name]: '5' });
    keepDrafts(VIEW, {});
    expect(useKeptDrafts.getState()).toEqual({ base: null, drafts: {} });
    expect(wouldAsk()).toBe(false);
  });

  test('are taken for what they mean, however they are written', () => {
    const typed = (text: string) => ({ [SIZE.name]: text });
    expect(problemsOf(VIEW, typed('1,500.50'))).toEqual({});
    expect(changesOf(VIEW, typed('1,500.50'))).toEqual(typed('1500.50'));
    expect(changesOf(VIEW, typed('$2000'))).toEqual({ [SIZE.name]: null });
    expect(rebased(VIEW, typed(' 1000'))).toEqual({});
    expect(problemsOf(VIEW, typed('1,500'))[SIZE.name]).toContain('write 1500 or 1.500');
    expect(problemsOf(VIEW, typed('ten'))[SIZE.name]).toContain('It takes');
  });
});
