import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { labelOf } from './settingLabel.ts';
import type { SettingsForm } from './useSettings.ts';
import styles from './Settings.module.css';

/** Another window has changed settings while this one was about to. Neither overwrites the other unseen. */
export function ConflictBanner({ form }: { readonly form: SettingsForm }) {
  const { differences } = form;
  if (differences.length === 0) return null;
  return (
    <section className={styles.conflict} aria-label="Changed in another window">
      <IconArrowsDiff size={18} aria-hidden />
      <div className={styles.conflictWords}>
        <p role="status">
          <strong>The settings were changed in another window.</strong> Yours are not saved yet.
        </p>
        <ul>
          {differences.map(({ name, was, theirs, mine }) => (
            <li key={name}>
              {labelOf(name)}: it was {was}, the other window made it <strong>{theirs}</strong>
              {mine === undefined ? '' : `; you want ${mine}`}.
            </li>
          ))}
        </ul>
        <div className={styles.conflictActions}>
          <Button size="compact-sm" onClick={form.takeOver}>
            Take theirs, and keep my changes on top
          </Button>
          <Button size="compact-sm" variant="default" onClick={form.discard}>
            Discard my changes
          </Button>
        </div>
      </div>
    </section>
  );
}
