import { IconReceipt } from '@tabler/icons-react';
import type { FillView } from '../../../shared/contract/orders.ts';
import { replyOf } from '../../api/apiError.ts';
import { machineTime } from '../../components/clockText.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Figure } from '../../components/Figure.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { Money } from '../../components/Money.tsx';
import { moment, placesOf } from './orderColumns.tsx';
import { Pager, usePages } from './Pager.tsx';
import { SideTag } from './SideTag.tsx';
import { StreamFailure } from './StreamFailure.tsx';
import styles from './Tabs.module.css';
import { SaveRows, TradeTable, type Column } from './TradeTable.tsx';
import { useRead } from './useRead.ts';

const PAGE = 25;
const EVERY_MS = 3_000;

const COLUMNS: readonly Column<FillView>[] = [
  { name: 'Time', cell: ({ t }) => moment(t), csv: ({ t }) => machineTime(t) },
  { name: 'Market', cell: ({ market }) => <strong>{market}</strong>, csv: ({ market }) => market },
  { name: 'Side', cell: ({ side }) => <SideTag side={side} />, csv: ({ side }) => side },
  {
    name: 'Size',
    numeric: true,
    cell: ({ size }) => <Figure amount={size} unit="" decimals={placesOf(size)} signed={false} />,
    csv: ({ size }) => size,
  },
  {
    name: 'Price',
    numeric: true,
    cell: ({ price }) => <Money usd={price} decimals={placesOf(price)} />,
    csv: ({ price }) => price,
  },
  { name: 'Fee', numeric: true, cell: ({ fee }) => <Money usd={fee} decimals={4} />, csv: ({ fee }) => fee },
  {
    name: 'Liquidity',
    cell: ({ liquidity }) => (liquidity === 'maker' ? 'Maker' : 'Taker'),
    csv: ({ liquidity }) => liquidity,
  },
  {
    name: 'Order',
    cell: ({ orderId }) => <span className={styles.time}>{orderId}</span>,
    csv: ({ orderId }) => orderId,
  },
];

/** What was traded by hand, newest first. */
export function FillsTab() {
  const pages = usePages();
  const { cursor } = pages;
  const { data, error } = useRead(
    'GET_FILLS',
    { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
    cursor === undefined ? EVERY_MS : undefined,
  );
  if (data === undefined)
    return error === null ? (
      <div className={styles.inset}>
        <LoadingState label="Loading the fills" lines={5} />
      </div>
    ) : (
      <StreamFailure title="The fills could not be read" error={replyOf(error)} />
    );
  if (data.fills.length === 0 && pages.number === 1)
    return (
      <EmptyState Icon={IconReceipt} title="No fills yet">
        Every trade of yours is kept here, with its price and its fee.
      </EmptyState>
    );
  return (
    <>
      <div className={styles.tools}>
        <SaveRows name="fills" columns={COLUMNS} rows={data.fills} />
      </div>
      <TradeTable label="Fills" columns={COLUMNS} rows={data.fills} keyOf={({ id }) => id} />
      <Pager pages={pages} next={data.cursor} />
    </>
  );
}
