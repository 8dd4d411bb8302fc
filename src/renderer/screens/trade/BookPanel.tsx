import { memo, useMemo } from 'react';
import { BookLadder } from '../../components/BookLadder.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Figure } from '../../components/Figure.tsx';
import { ladderOf } from '../../components/ladder.ts';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Panel } from '../../components/Panel.tsx';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useMarketDecimals, useMarketSpec } from './marketSpec.ts';
import { takePrice } from './ticketStore.ts';
import { StreamFailure } from './StreamFailure.tsx';
import { useTrade } from './tradeStore.ts';
import styles from './Trade.module.css';

interface BookPanelProps {
  /** Levels of a side. */
  readonly rows: number;
}

/** Asks above, bids below, and what lies between them. */
export function BookPanel({ rows }: BookPanelProps) {
  const spec = useMarketSpec();
  const failed = useTrade((state) => state.failed.book);
  const there = useTrade((state) => state.book !== null);
  const empty = useTrade((state) => state.book?.asks.length === 0 && state.book.bids.length === 0);
  return (
    <Panel title="Book" aside={spec === undefined ? undefined : `size in ${spec.asset}`} flush>
      {there ? (
        empty ? (
          <EmptyState Icon={IconPlugConnectedX} title="The book is empty">
            Nobody offers and nobody bids. An order of yours would be the first.
          </EmptyState>
        ) : (
          <Book rows={rows} />
        )
      ) : failed === undefined ? (
        <div className={styles.inset}>
          <LoadingState label="Loading the book" lines={rows * 2 + 1} lineHeight={18} />
        </div>
      ) : (
        <StreamFailure title="The book could not be read" error={failed} />
      )}
    </Panel>
  );
}

const Book = memo(function Book({ rows }: BookPanelProps) {
  const book = useTrade((state) => state.book);
  const orders = useTrade((state) => state.orders);
  const decimals = useMarketDecimals();
  const own = useMemo(
    () =>
      new Set(
        (orders ?? []).flatMap(({ market, price, state }) =>
          market === book?.market && price !== null && (state === 'open' || state === 'modifying')
            ? [price]
            : [],
        ),
      ),
    [orders, book?.market],
  );
  const { asks, bids } = useMemo(
    () => ladderOf(book ?? { asks: [], bids: [] }, rows, own),
    [book, rows, own],
  );
  if (book === null) return null;
  const looks = { room: rows, priceDecimals: decimals.price, sizeDecimals: decimals.size, onPick: takePrice };
  return (
    <div className={styles.book}>
      <p className={styles.columns2} aria-hidden>
        <span>Price</span>
        <span>Size</span>
      </p>
      <BookLadder side="asks" rows={asks} {...looks} />
      <p className={styles.middle}>
        <strong title="Between the best ask and the best bid">
          <Figure amount={book.mid} unit="" decimals={decimals.price + 1} signed={false} />
        </strong>
        <span>
          spread <Figure amount={book.spread} unit="" decimals={decimals.price} signed={false} />
          {book.spreadBp === null ? null : ` · ${book.spreadBp.toFixed(1)} bp`}
        </span>
      </p>
      <BookLadder side="bids" rows={bids} {...looks} />
    </div>
  );
});
