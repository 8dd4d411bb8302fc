import { Skeleton, VisuallyHidden } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './StatTile.module.css';

export interface StatTileProps {
  readonly label: string;
  /** The number with its unit: a Money, Percent, Duration … */
  readonly value: ReactNode;
  /** A second, smaller line: a comparison, an age, a reason. */
  readonly hint?: ReactNode;
  /** `loading` keeps the tile's size; `stale` shows the last value, and says that it is old. */
  readonly state?: 'ready' | 'loading' | 'stale';
}

/** One number that a trader looks for, with its name above and what to make of it below. */
export function StatTile({ label, value, hint, state = 'ready' }: StatTileProps) {
  const loading = state === 'loading';
  return (
    <dl className={styles.tile} data-state={state}>
      <dt className={styles.label}>
        <span className={styles.name}>{label}</span>
        {state === 'stale' ? (
          <span className={styles.stale}>
            <IconClockPause size={12} aria-hidden />
            <span className={styles.old}>old</span>
          </span>
        ) : null}
      </dt>
      <dd className={styles.value}>{loading ? <Waiting width="62%" /> : value}</dd>
      {hint === undefined ? null : (
        <dd className={styles.hint}>{loading ? <Skeleton height={9} width="80%" mt={4} /> : hint}</dd>
      )}
    </dl>
  );
}

function Waiting({ width }: { readonly width: string }) {
  return (
    <>
      <VisuallyHidden>loading</VisuallyHidden>
      <Skeleton height={17} width={width} mt={5} />
    </>
  );
}
