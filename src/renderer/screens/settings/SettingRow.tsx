import { Button, NativeSelect, TextInput } from '@mantine/core';
import { memo, useId } from 'react';
import type { SettingView } from '../../../shared/contract/commands/appCommands.ts';
import { tidied } from '../../components/decimalEntry.ts';
import { labelOf } from './settingLabel.ts';
import { allowedWords, grouped, lengthWords } from './settingWords.ts';
import styles from './Settings.module.css';

interface SettingRowProps {
  readonly setting: SettingView;
  /** What was typed and not saved. */
  readonly draft: string | undefined;
  readonly problem: string | undefined;
  readonly onEdit: (name: string, text: string) => void;
}

/** One setting: what it means, what it may be, what it is. */
export const SettingRow = memo(SettingRowBody);

function SettingRowBody({ setting, draft, problem, onEdit }: SettingRowProps) {
  const label = useId();
  const about = useId();
  const { name, unit, meaning, input, fallback, value } = setting;
  const text = draft ?? value;
  const meant = input.kind === 'number' ? tidied(text) : text;
  const shared = {
    'aria-labelledby': label,
    'aria-describedby': about,
    value: text,
    error: problem,
  };
  return (
    <div
      className={styles.row}
      data-changed={draft !== undefined || undefined}
      // Addresses are read whole, and compared.
      data-wide={input.kind === 'addresses' || undefined}
    >
      <div className={styles.words}>
        <span className={styles.label}>
          <span id={label}>{labelOf(name)}</span>
          {draft === undefined ? null : <span className={styles.changed}>changed</span>}
        </span>
        <span id={about} className={styles.meaning}>
          {meaning} <span className={styles.range}>Takes {allowedWords(setting)}.</span>
        </span>
        <code className={styles.name}>{name}</code>
      </div>
      <div className={styles.entry}>
        {input.kind === 'choice' ? (
          <NativeSelect
            {...shared}
            data={input.choices}
            onChange={(event) => onEdit(name, event.currentTarget.value)}
          />
        ) : input.kind === 'addresses' ? (
          <TextInput
            {...shared}
            inputMode="url"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => onEdit(name, event.currentTarget.value)}
          />
        ) : (
          <TextInput
            {...shared}
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            classNames={{ input: styles.number ?? '', section: styles.unit ?? '' }}
            // One width for all units: numbers end, and units begin, at one line down the screen.
            rightSection={<span>{unit}</span>}
            rightSectionWidth={64}
            rightSectionPointerEvents="none"
            onChange={(event) => onEdit(name, event.currentTarget.value)}
            // Not while it is typed: "1,5" may be on its way to "1,500".
            onBlur={() => {
              if (meant !== text) onEdit(name, meant);
            }}
          />
        )}
        <div className={styles.below}>
          {unit === 'ms' && problem === undefined && Number(meant) >= 1_000 ? (
            <span>{lengthWords(meant)}</span>
          ) : null}
          {meant === fallback ? (
            <span className={styles.standard}>default</span>
          ) : (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={`Set ${labelOf(name)} to its default, ${grouped(fallback)}`}
              onClick={() => onEdit(name, fallback)}
            >
              Default: {grouped(fallback)}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
