import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SettingsView } from '../../../shared/contract/commands/appCommands.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { queryClient } from '../../api/queries.ts';
import { useLive } from '../../live/liveStore.ts';
import { sayDone } from '../../shell/notices.ts';
import { dropDrafts, keepDrafts, useKeptDrafts } from './settingsDrafts.ts';
import {
  changesOf,
  differencesOf,
  problemsOf,
  rebased,
  withDraft,
  type Difference,
  type Drafts,
  type Problems,
} from './settingsForm.ts';

const KEY = ['GET_SETTINGS'] as const;
const NONE: readonly Difference[] = [];

export interface SettingsForm {
  /** What the drafts are made on; undefined while it is read. */
  readonly view: SettingsView | undefined;
  readonly readError: Error | null;
  readonly drafts: Drafts;
  readonly problems: Problems;
  /** What another window changed meanwhile; nothing is saved before the user has seen it. */
  readonly differences: readonly Difference[];
  readonly saving: boolean;
  readonly saveError: ErrorReply | null;
  readonly edit: (name: string, text: string) => void;
  readonly discard: () => void;
  readonly save: () => void;
  /** Goes on from the other window's settings with one's own changes on top. */
  readonly takeOver: () => void;
}

/** The settings as they hold and as they are being changed. */
export function useSettings(): SettingsForm {
  const api = useApi();
  const revision = useLive((state) => state.settingsRevision);
  const vaultEpoch = useLive((state) => state.vaultEpoch);
  const { data: latest, error: readError } = useQuery({
    // A backup that was restored brings its own settings.
    queryKey: [...KEY, vaultEpoch],
    queryFn: () => api.send('GET_SETTINGS', {}),
    placeholderData: keepPreviousData,
  });
  const { base, drafts } = useKeptDrafts();
  const [saving, setSaving] = useState(false);
  const [saveError, setSaveError] = useState<ErrorReply | null>(null);
  // Who changes nothing simply sees the newest; drafts are never pulled from under one's hands.
  const view = base ?? latest;

  useEffect(() => {
    // Not just what is higher: a backup may bring an earlier one.
    if (latest !== undefined && revision !== null && revision !== latest.revision)
      void queryClient.invalidateQueries({ queryKey: KEY });
  }, [latest, revision]);
  useEffect(() => {
    if (latest === undefined || base === null || base === latest) return;
    if (differencesOf(base, latest, drafts).length === 0) keepDrafts(latest, drafts);
  }, [base, drafts, latest]);

  // One function for good, so that only the row is drawn anew in which something is typed.
  const shown = useRef(view);
  useEffect(() => {
    shown.current = view;
  }, [view]);
  const edit = useCallback((name: string, text: string): void => {
    const on = shown.current;
    const setting = on?.groups
      .flatMap(({ settings }) => settings)
      .find((candidate) => candidate.name === name);
    if (on === undefined || setting === undefined) return;
    keepDrafts(on, withDraft(useKeptDrafts.getState().drafts, setting, text));
  }, []);
  const save = async (): Promise<void> => {
    if (view === undefined) return;
    setSaving(true);
    setSaveError(null);
    try {
      const changes = changesOf(view, drafts);
      const saved = await api.send('UPDATE_SETTINGS', { revision: view.revision, changes });
      queryClient.setQueryData([...KEY, vaultEpoch], saved);
      // What was typed meanwhile is not saved yet.
      keepDrafts(saved, rebased(saved, useKeptDrafts.getState().drafts));
      sayDone('The settings are saved. They hold from the next decision on.');
    } catch (error) {
      setSaveError(replyOf(error));
      await queryClient.invalidateQueries({ queryKey: KEY });
    } finally {
      setSaving(false);
    }
  };
  return {
    view,
    readError,
    drafts,
    problems: view === undefined ? {} : problemsOf(view, drafts),
    differences: base === null || latest === undefined ? NONE : differencesOf(base, latest, drafts),
    saving,
    saveError,
    edit,
    discard() {
      dropDrafts();
      setSaveError(null);
    },
    save: () => void save(),
    takeOver() {
      if (latest === undefined) return;
      keepDrafts(latest, rebased(latest, drafts));
      setSaveError(null);
    },
  };
}
