import { TextInput } from '@mantine/core';
import { IconAdjustmentsOff, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { replyOf } from '../../api/apiError.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Failure } from '../../shell/Failure.tsx';
import { ThemeSwitch } from '../../shell/ThemeSwitch.tsx';
import screen from '../Screen.module.css';
import { ScreenHead } from '../ScreenHead.tsx';
import { BackupsPanel } from './BackupsPanel.tsx';
import { ConflictBanner } from './ConflictBanner.tsx';
import { SaveBar } from './SaveBar.tsx';
import { SettingRow } from './SettingRow.tsx';
import { foundIn } from './settingsForm.ts';
import { SystemPanel } from './SystemPanel.tsx';
import { useSettings } from './useSettings.ts';
import styles from './Settings.module.css';

/** Every setting with its unit, range and meaning; then backups, the program itself, and this window. */
export default function Settings() {
  const form = useSettings();
  const [search, setSearch] = useState('');
  const { view, readError, drafts, problems } = form;
  const groups = view === undefined ? [] : foundIn(view, search);
  return (
    <>
      <div className={screen.screen}>
        <ScreenHead
          title="Settings"
          about={view === undefined ? undefined : `revision ${view.revision}`}
          actions={
            <TextInput
              aria-label="Search the settings"
              placeholder="Search settings"
              leftSection={<IconSearch size={15} aria-hidden />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          }
        />
        <ConflictBanner form={form} />
        {readError === null ? null : (
          <Failure title="The settings could not be read" error={replyOf(readError)} />
        )}
        <div className={styles.columns}>
          <div className={styles.groups}>
            {view === undefined && readError === null ? (
              <LoadingState label="Loading the settings" lines={10} lineHeight={56} />
            ) : null}
            {view !== undefined && groups.length === 0 ? (
              <EmptyState Icon={IconAdjustmentsOff} title="No setting fits">
                No setting has these words in its name or meaning.
              </EmptyState>
            ) : null}
            {groups.map(({ name, settings }) => (
              <Panel key={name} title={name} flush>
                {settings.map((setting) => (
                  <SettingRow
                    key={setting.name}
                    setting={setting}
                    draft={drafts[setting.name]}
                    problem={problems[setting.name] ?? refusedBy(form.saveError, setting.name)}
                    onEdit={form.edit}
                  />
                ))}
              </Panel>
            ))}
          </div>
          <div className={styles.side}>
            <Panel title="Theme">
              <ThemeSwitch words />
            </Panel>
            <BackupsPanel />
            <SystemPanel />
          </div>
        </div>
      </div>
      <SaveBar form={form} />
    </>
  );
}

/** What the program said of a setting that the form found nothing wrong with. */
function refusedBy(error: ReturnType<typeof useSettings>['saveError'], name: string): string | undefined {
  return error?.code === 'INVALID_SETTING' && error.details['name'] === name ? error.message : undefined;
}
