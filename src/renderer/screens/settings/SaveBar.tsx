import { Button } from '@mantine/core';
import { useConnectionKind } from '../../live/liveStore.ts';
import { Failure } from '../../shell/Failure.tsx';
import { unsavedWords } from './settingWords.ts';
import type { SettingsForm } from './useSettings.ts';
import styles from './Settings.module.css';

/** Stands at the bottom while something is changed and not saved. */
export function SaveBar({ form }: { readonly form: SettingsForm }) {
  const connected = useConnectionKind() === 'open';
  const { drafts, problems, differences, saving, saveError } = form;
  const count = Object.keys(drafts).length;
  const wrong = Object.keys(problems).length;
  if (count === 0 && saveError === null) return null;
  return (
    <div className={styles.save} role="region" aria-label="Changes that are not saved">
      <div className={styles.saveInner}>
        {saveError === null || saveError.code === 'SETTINGS_CONFLICT' ? null : (
          <Failure title="The settings were not saved" error={saveError} />
        )}
        <div className={styles.saveLine}>
          <span role="status">{unsavedWords(count, wrong)}</span>
          <Button variant="default" onClick={form.discard} disabled={saving}>
            Discard
          </Button>
          <Button
            onClick={form.save}
            loading={saving}
            disabled={!connected || count === 0 || wrong > 0 || differences.length > 0}
          >
            Save
          </Button>
        </div>
      </div>
    </div>
  );
}
