import { Input, NativeSelect, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import styles from './ChoiceInput.module.css';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface ChoiceInputProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** What the choice decides, in a sentence. */
  readonly description?: string;
  /** Why the choice can't stand, in words. */
  readonly error?: string | null;
  readonly disabled?: boolean;
}

/** Up to this many choices stand side by side; more go into a list. */
const SIDE_BY_SIDE = 4;

/** One of a few. Arrow keys move between them. */
export function ChoiceInput<Value extends string>(props: ChoiceInputProps<Value>) {
  const { label, choices, value, onChange, description, error, disabled = false } = props;
  const heading = useId();
  const pick = (picked: string) => {
    const choice = choices.find((one) => one.value === picked);
    if (choice !== undefined) onChange(choice.value);
  };
  if (choices.length > SIDE_BY_SIDE)
    return (
      <NativeSelect
        label={label}
        description={description}
        error={error}
        disabled={disabled}
        data={choices.map((choice) => ({ ...choice }))}
        value={value}
        onChange={(event) => pick(event.currentTarget.value)}
      />
    );
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      labelProps={{ id: heading }}
      description={description}
      error={error}
    >
      <div className={description === undefined ? undefined : styles.described}>
        <SegmentedControl
          aria-labelledby={heading}
          data={choices.map((choice) => ({ ...choice }))}
          value={value}
          onChange={pick}
          disabled={disabled}
        />
      </div>
    </Input.Wrapper>
  );
}
