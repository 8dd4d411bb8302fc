import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { decimalProblem, tidied } from './decimalEntry.ts';
import styles from './DecimalInput.module.css';

export interface DecimalInputProps {
  readonly label: string;
  /** The unit behind the field: "SOL", "USD", "%". */
  readonly unit: string;
  /** What stands in the field, as typed. It may be no number (yet). */
  readonly value: string;
  /** Called with every change; pass the text on only where `check` finds nothing. */
  readonly onChange: (text: string) => void;
  /** What is wrong with the text in words, or null. Empty text is checked too. By default: it must be a decimal. */
  readonly check?: (text: string) => string | null;
  /** The range in words: "0.01 to 25.4 SOL". Stands under the label. */
  readonly range?: string;
  /** A button inside the field, such as "Max". */
  readonly action?: ReactNode;
  readonly disabled?: boolean;
  readonly required?: boolean;
}

/**
 * An amount, kept as the decimal text it is. Wrong text is said beside the field while typing, but not before anything
 * was typed. A comma of those who write one, and thousands' separators from a paste, are taken out.
 */
export function DecimalInput(props: DecimalInputProps) {
  const { label, unit, value, onChange, check = decimalProblem, range, action, disabled, required } = props;
  const [touched, setTouched] = useState(false);
  const problem = touched || value !== '' ? check(value) : null;
  return (
    <TextInput
      label={label}
      description={range}
      value={value}
      onChange={(event) => onChange(tidied(event.currentTarget.value))}
      onBlur={() => setTouched(true)}
      error={problem}
      disabled={disabled ?? false}
      required={required ?? false}
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      classNames={{ input: styles.input ?? '', section: styles.section ?? '' }}
      rightSectionWidth="auto"
      rightSectionPointerEvents="all"
      rightSection={
        <span className={styles.suffix}>
          {action}
          <span>{unit}</span>
        </span>
      }
    />
  );
}
