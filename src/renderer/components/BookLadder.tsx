import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconUserFilled } from '@tabler/icons-react';
import { memo } from 'react';
import { Figure } from './Figure.tsx';
import type { LadderRow } from './ladder.ts';
import styles from './BookLadder.module.css';

export interface BookLadderProps {
  readonly side: 'asks' | 'bids';
  /** Best first. Asks are drawn upwards from the middle. */
  readonly rows: readonly LadderRow[];
  /** Rows to keep room for, so that nothing moves when a level goes. */
  readonly room: number;
  readonly priceDecimals: number;
  readonly sizeDecimals: number;
  readonly onPick: (price: string) => void;
}

/** One side of a book: prices to pick, sizes, and how much one would meet on the way there. */
export function BookLadder({ side, rows, room, ...row }: BookLadderProps) {
  const isAsks = side === 'asks';
  const shown = isAsks ? rows.toReversed() : rows;
  const empty = Array.from({ length: Math.max(0, room - rows.length) }, (_, at) => (
    <li key={`empty ${at}`} className={styles.row} aria-hidden />
  ));
  return (
    <ul
      className={styles.side}
      data-side={side}
      aria-label={isAsks ? 'Asks, to buy from' : 'Bids, to sell to'}
    >
      {isAsks ? empty : null}
      {shown.map((level) => (
        <Row
          key={level.price}
          {...row}
          price={level.price}
          size={level.size}
          share={Math.round(level.share * 1_000) / 10}
          own={level.own}
        />
      ))}
      {isAsks ? null : empty}
    </ul>
  );
}

interface RowProps extends Pick<BookLadderProps, 'priceDecimals' | 'sizeDecimals' | 'onPick'> {
  readonly price: string;
  readonly size: string;
  /** Of the bar, in percent. */
  readonly share: number;
  readonly own: boolean;
}

/** Drawn again only when something of it has changed: a book ticks in a few of its lines. */
const Row = memo(function Row({ price, size, share, own, priceDecimals, sizeDecimals, onPick }: RowProps) {
  return (
    <li className={styles.row}>
      {/* A whole book of stops would keep the keyboard from the ticket; its price field takes what is typed. */}
      <UnstyledButton
        className={styles.level ?? ''}
        tabIndex={-1}
        title="Take this price into the ticket"
        onClick={() => onPick(price)}
      >
        <span className={styles.bar} style={{ width: `${share}%` }} />
        <span className={styles.price}>
          {own ? (
            <span className={styles.own} title="An order of yours rests here">
              <IconUserFilled size={10} aria-hidden />
              <VisuallyHidden>yours, </VisuallyHidden>
            </span>
          ) : null}
          <Figure amount={price} unit="" decimals={priceDecimals} signed={false} />
        </span>
        <Figure amount={size} unit="" decimals={sizeDecimals} signed={false} />
      </UnstyledButton>
    </li>
  );
});
