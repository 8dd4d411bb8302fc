import { IconHistory } from '@tabler/icons-react';
import { replyOf } from '../../api/apiError.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { AVERAGE_COLUMNS, ID_COLUMNS, ORDER_COLUMNS, STATE_COLUMN } from './orderColumns.tsx';
import { orderNote } from './orderWords.ts';
import { Pager, usePages } from './Pager.tsx';
import { StreamFailure } from './StreamFailure.tsx';
import styles from './Tabs.module.css';
import { SaveRows, TradeTable } from './TradeTable.tsx';
import { useRead } from './useRead.ts';

const PAGE = 25;
const EVERY_MS = 3_000;
const SHOWN = [...ORDER_COLUMNS, ...AVERAGE_COLUMNS, STATE_COLUMN];

/** Every order that was placed by hand, newest first, and how it ended. */
export function HistoryTab() {
  const pages = usePages();
  const { cursor } = pages;
  const { data, error } = useRead(
    'GET_ORDER_HISTORY',
    { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
    cursor === undefined ? EVERY_MS : undefined,
  );
  if (data === undefined)
    return error === null ? (
      <div className={styles.inset}>
        <LoadingState label="Loading the order history" lines={5} />
      </div>
    ) : (
      <StreamFailure title="The order history could not be read" error={replyOf(error)} />
    );
  if (data.orders.length === 0 && pages.number === 1)
    return (
      <EmptyState Icon={IconHistory} title="No orders yet">
        Every order that you place is kept here, with how it ended.
      </EmptyState>
    );
  return (
    <>
      <div className={styles.tools}>
        <SaveRows name="orders" columns={[...SHOWN, ...ID_COLUMNS]} rows={data.orders} />
      </div>
      <TradeTable
        label="Order history"
        columns={SHOWN}
        rows={data.orders}
        keyOf={({ orderId }) => orderId}
        below={orderNote}
      />
      <Pager pages={pages} next={data.cursor} />
    </>
  );
}
