import { TextInput } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { decimalProblem, tidied } from './decimalEntry.ts';
import styles from './DecimalInput.module.css';

export interface DecimalInputProps {
  readonly label: string;
  /** The unit behind the field: "SOL", "USD", "%". */
  readonly unit: string;
  /** What stands in the field, as typed. It may be no number (yet). */
  readonly value: string;
  /**
   * Called with every change, with the text exactly as it was typed. Send `tidied(text)`, and only where `check` finds
   * nothing.
   */
  readonly onChange: (text: string) => void;
  /** What is wrong with the text in words, or null. Empty text is checked too. By default: it must be a decimal. */
  readonly check?: (text: string) => string | null;
  /** The range in words: "0.01 to 25.4 SOL". Stands under the label. */
  readonly range?: string;
  /** A button inside the field, such as "Max". */
  readonly action?: ReactNode;
  readonly disabled?: boolean;
  readonly required?: boolean;
  /** What is wrong with an empty field is said too: it was asked for, and not filled in. */
  readonly asked?: boolean;
  /** Counts what was entered and taken: the next entry is a new one, and empty without blame. */
  readonly entry?: number;
}

/**
 * An amount, kept as the text it is. Wrong text is said beside the field while typing, but not before anything was typed.
 * Nothing is rewritten under one's hands; what is whole when the field is left loses its thousands' separators.
 */
export function DecimalInput(props: DecimalInputProps) {
  const { label, unit, value, onChange, check = decimalProblem, range, action, disabled, required } = props;
  const { asked = false, entry = 0 } = props;
  const typedIn = useRef<number | null>(null);
  /** The entry that was begun and left. */
  const [left, setLeft] = useState<number | null>(null);
  const problem = asked || left === entry || value !== '' ? check(value) : null;
  const change = (text: string): void => {
    typedIn.current = entry;
    onChange(text);
  };
  const leave = (): void => {
    setLeft(typedIn.current);
    if (tidied(value) !== value) onChange(tidied(value));
  };
  return (
    <TextInput
      // The line of what is wrong is kept free: where it appears on leaving the field, nothing moves from under a click.
      className={problem === null ? styles.calm : undefined}
      label={label}
      description={range}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={leave}
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
