import { Button } from '@mantine/core';
import { useState } from 'react';
import styles from './Tabs.module.css';

/** Where one is in pages of which each names the next. */
export interface Pages {
  /** Undefined for the newest page. */
  readonly cursor: string | undefined;
  readonly number: number;
  readonly older: (cursor: string) => void;
  readonly newer: () => void;
}

export function usePages(): Pages {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  return {
    cursor: cursors.at(-1),
    number: cursors.length + 1,
    older: (cursor) => setCursors((before) => [...before, cursor]),
    newer: () => setCursors((before) => before.slice(0, -1)),
  };
}

interface PagerProps {
  readonly pages: Pages;
  /** Of the page after this one; null where this is the oldest. */
  readonly next: string | null;
}

export function Pager({ pages, next }: PagerProps) {
  if (pages.number === 1 && next === null) return null;
  return (
    <div className={styles.pager}>
      <Button size="compact-sm" variant="default" disabled={pages.number === 1} onClick={pages.newer}>
        Newer
      </Button>
      <span>Page {pages.number}</span>
      <Button
        size="compact-sm"
        variant="default"
        disabled={next === null}
        onClick={() => {
          if (next !== null) pages.older(next);
        }}
      >
        Older
      </Button>
    </div>
  );
}
