import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SettingsView } from '../../../shared/contract/commands/appCommands.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { queryClient } from '../../api/queries.ts';
import { useLive } from '../../live/liveStore.ts';
import { sayDone } from '../../shell/notices.ts';
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
  const { data: latest, error: readError } = useQuery({
    queryKey: KEY,
    queryFn: () => api.send('GET_SETTINGS', {}),
  });
  const [base, setBase] = useState<SettingsView | undefined>(latest);
  const [drafts, setDrafts] = useState<Drafts>({});
  const [saving, setSaving] = useState(false);
  const [saveError, setSaveError] = useState<ErrorReply | null>(null);
  const clean = Object.keys(drafts).length === 0;

  useEffect(() => {
    if (latest !== undefined && revision !== null && revision > latest.revision)
      void queryClient.invalidateQueries({ queryKey: KEY });
  }, [latest, revision]);
  // Who changes nothing simply sees the newest; drafts are never pulled from under one's hands.
  useEffect(() => {
    if (latest === undefined || base === latest) return;
    if (base === undefined || clean || differencesOf(base, latest, drafts).length === 0) setBase(latest);
  }, [base, clean, drafts, latest]);

  const settingOf = (name: string) =>
    base?.groups.flatMap(({ settings }) => settings).find((setting) => setting.name === name);
  const save = async (): Promise<void> => {
    if (base === undefined) return;
    setSaving(true);
    setSaveError(null);
    try {
      const saved = await api.send('UPDATE_SETTINGS', {
        revision: base.revision,
        changes: changesOf(base, drafts),
      });
      setDrafts({});
      setBase(saved);
      queryClient.setQueryData(KEY, saved);
      sayDone('The settings are saved. They hold from the next decision on.');
    } catch (error) {
      setSaveError(replyOf(error));
      await queryClient.invalidateQueries({ queryKey: KEY });
    } finally {
      setSaving(false);
    }
  };
  return {
    view: base,
    readError,
    drafts,
    problems: base === undefined ? {} : problemsOf(base, drafts),
    differences: base === undefined || latest === undefined ? NONE : differencesOf(base, latest, drafts),
    saving,
    saveError,
    edit(name, text) {
      const setting = settingOf(name);
      if (setting !== undefined) setDrafts((before) => withDraft(before, setting, text));
    },
    discard() {
      setDrafts({});
      setSaveError(null);
    },
    save: () => void save(),
    takeOver() {
      if (latest === undefined) return;
      setDrafts(rebased(latest, drafts));
      setBase(latest);
      setSaveError(null);
    },
  };
}
