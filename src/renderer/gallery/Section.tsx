import type { ReactNode } from 'react';
import styles from './Gallery.module.css';

/** A titled part of the gallery. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Examples side by side. @param least the least width of one, pixels */
export function Grid({ least = 220, children }: { readonly least?: number; readonly children: ReactNode }) {
  return (
    <div className={styles.grid} style={{ '--least': `${least}px` } as Record<string, string>}>
      {children}
    </div>
  );
}

/** One component in one state, with its name. */
export function Example({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.example}>
      <span className={styles.name}>{name}</span>
      <div>{children}</div>
    </div>
  );
}
