import type { Icon } from '@tabler/icons-react';
import type { Role } from '../theme/palette.ts';
import styles from './Tag.module.css';

export interface TagProps {
  readonly word: string;
  readonly Icon: Icon;
  /** Without a role it is neutral. */
  readonly role?: Role | undefined;
}

/** A word with its icon on a quiet tint: a state, a kind of event, a side. */
export function Tag({ word, Icon, role }: TagProps) {
  return (
    <span className={styles.tag} data-role={role}>
      <Icon size={13} stroke={2} aria-hidden />
      {word}
    </span>
  );
}
