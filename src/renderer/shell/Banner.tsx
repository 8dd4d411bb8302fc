import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Role } from '../theme/palette.ts';
import styles from './Banner.module.css';

interface BannerProps {
  readonly Icon: Icon;
  readonly role?: Role;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** One line over the whole width, in the flow, so that it covers nothing. */
export function Banner({ Icon, role, action, children }: BannerProps) {
  return (
    <div className={styles.banner} data-role={role}>
      <Icon className={styles.icon} size={17} aria-hidden />
      <div className={styles.text}>{children}</div>
      {action}
    </div>
  );
}
