import { Kbd } from '@mantine/core';
import { Fragment } from 'react';
import styles from './HotkeyHint.module.css';

export interface HotkeyHintProps {
  /** The keys as written on them: `['Ctrl', 'K']`. */
  readonly keys: readonly string[];
  /** Pressed one after the other, not together. */
  readonly inTurn?: boolean;
}

/** A hotkey, quietly: for menus, buttons and the palette. */
export function HotkeyHint({ keys, inTurn = false }: HotkeyHintProps) {
  return (
    <span className={styles.hint}>
      {keys.map((key, at) => (
        <Fragment key={key}>
          {at === 0 ? null : <span className={styles.between}>{inTurn ? 'then' : '+'}</span>}
          <Kbd className={styles.key}>{key}</Kbd>
        </Fragment>
      ))}
    </span>
  );
}
