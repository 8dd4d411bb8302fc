import { Kbd } from '@mantine/core';
import { Fragment } from 'react';
import styles from './HotkeyHint.module.css';

export interface HotkeyHintProps {
  /** The keys that are pressed together, as written on them: `['Ctrl', 'K']`. */
  readonly keys: readonly string[];
}

/** A hotkey, quietly: for menus, buttons and the palette. */
export function HotkeyHint({ keys }: HotkeyHintProps) {
  return (
    <span className={styles.hint}>
      {keys.map((key, at) => (
        <Fragment key={key}>
          {at === 0 ? null : <span className={styles.plus}>+</span>}
          <Kbd className={styles.key}>{key}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}
