import { create } from 'zustand';
import type { SettingsView } from '../../../shared/contract/commands/appCommands.ts';
import type { Drafts } from './settingsForm.ts';

interface Kept {
  /** What the drafts were made on, with its revision; null while there are none. */
  readonly base: SettingsView | null;
  readonly drafts: Drafts;
}

const NOTHING: Kept = { base: null, drafts: {} };

/** What was typed on the settings screen and not saved. It outlives the screen: who looks elsewhere loses nothing. */
export const useKeptDrafts = create<Kept>()(() => NOTHING);

const areAny = ({ drafts }: Kept): boolean => Object.keys(drafts).length > 0;

/** @param base what they were made on */
export function keepDrafts(base: SettingsView, drafts: Drafts): void {
  const kept = { base, drafts };
  useKeptDrafts.setState(areAny(kept) ? kept : NOTHING);
}

export const dropDrafts = (): void => useKeptDrafts.setState(NOTHING);

/** Whether there are changes of settings that are not saved. */
export const useHasDrafts = (): boolean => useKeptDrafts(areAny);

/** The browser asks before it closes a page with drafts. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

useKeptDrafts.subscribe((kept, before) => {
  if (areAny(kept) === areAny(before)) return;
  if (areAny(kept)) window.addEventListener('beforeunload', askBeforeLeaving);
  else window.removeEventListener('beforeunload', askBeforeLeaving);
});
