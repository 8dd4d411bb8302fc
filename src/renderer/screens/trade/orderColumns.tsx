import type { OrderView } from '../../../shared/contract/orders.ts';
import { dayAndTime, machineTime } from '../../components/clockText.ts';
import { Figure } from '../../components/Figure.tsx';
import { kindWords, ORDER_STATE_WORDS } from './orderWords.ts';
import { SideTag } from './SideTag.tsx';
import styles from './Tabs.module.css';
import type { Column } from './TradeTable.tsx';

/** Digits of an amount of whatever market: all that it has, and at least two. */
export const placesOf = (text: string | null): number => Math.max(2, (text ?? '').split('.')[1]?.length ?? 0);

const plain = (amount: string | null) => (
  <Figure amount={amount} unit="" decimals={placesOf(amount)} signed={false} />
);

export const moment = (t: number) => (
  <time className={styles.time} dateTime={machineTime(t)}>
    {dayAndTime(t)}
  </time>
);

const MARKET_TYPES: ReadonlySet<OrderView['type']> = new Set(['market', 'stopMarket', 'takeProfitMarket']);

/** Of market types the limit is the venue's guard, and nothing that the trader asked for. */
const limitOf = ({ type, price }: OrderView): string | null => (MARKET_TYPES.has(type) ? null : price);

/** What every list of orders shows. */
export const ORDER_COLUMNS: readonly Column<OrderView>[] = [
  {
    name: 'Placed',
    cell: ({ createdAt }) => moment(createdAt),
    csv: ({ createdAt }) => machineTime(createdAt),
  },
  { name: 'Market', cell: ({ market }) => <strong>{market}</strong>, csv: ({ market }) => market },
  { name: 'Side', cell: ({ side }) => <SideTag side={side} />, csv: ({ side }) => side },
  { name: 'Type', wraps: true, cell: kindWords, csv: kindWords },
  { name: 'Size', numeric: true, cell: ({ size }) => plain(size), csv: ({ size }) => size },
  { name: 'Filled', numeric: true, cell: ({ filled }) => plain(filled), csv: ({ filled }) => filled },
  { name: 'Price', numeric: true, cell: (order) => plain(limitOf(order)), csv: limitOf },
  {
    name: 'Trigger',
    numeric: true,
    cell: ({ triggerPrice }) => plain(triggerPrice),
    csv: ({ triggerPrice }) => triggerPrice,
  },
];

export const AHEAD_COLUMN: Column<OrderView> = {
  name: 'Ahead',
  numeric: true,
  cell: ({ ahead }) => plain(ahead),
  csv: ({ ahead }) => ahead,
};

export const STATE_COLUMN: Column<OrderView> = {
  name: 'State',
  wraps: true,
  cell: ({ state }) => ORDER_STATE_WORDS[state],
  csv: ({ state }) => state,
};

export const AVERAGE_COLUMNS: readonly Column<OrderView>[] = [
  {
    name: 'Average',
    numeric: true,
    cell: ({ averagePrice }) => plain(averagePrice),
    csv: ({ averagePrice }) => averagePrice,
  },
  { name: 'Fee', numeric: true, cell: ({ fee }) => plain(fee), csv: ({ fee }) => fee },
];

/** Only in the file. */
export const ID_COLUMNS: readonly Column<OrderView>[] = [
  { name: 'Order', cell: ({ orderId }) => orderId, csv: ({ orderId }) => orderId },
  {
    name: 'Client order id',
    cell: ({ clientOrderId }) => clientOrderId,
    csv: ({ clientOrderId }) => clientOrderId,
  },
  { name: 'Code', cell: ({ code }) => code, csv: ({ code }) => code },
  { name: 'Reason', cell: ({ reason }) => reason, csv: ({ reason }) => reason },
];
