import { Button } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import type { ApiClient } from '../../api/apiClient.ts';
import { useApi } from '../../api/apiContext.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingState } from '../../components/LoadingState.tsx';
import { useConnectionKind } from '../../live/liveStore.ts';
import { act, useUnderWay } from '../../shell/acts.ts';
import { sayDone } from '../../shell/notices.ts';
import { ModifyOrder } from './ModifyOrder.tsx';
import { orderNote } from './orderWords.ts';
import { AHEAD_COLUMN, ID_COLUMNS, ORDER_COLUMNS, STATE_COLUMN } from './orderColumns.tsx';
import { StreamFailure } from './StreamFailure.tsx';
import styles from './Tabs.module.css';
import { useTicket } from './ticketStore.ts';
import { SaveRows, TradeTable, type Column } from './TradeTable.tsx';
import { useTrade } from './tradeStore.ts';

const SHOWN = [...ORDER_COLUMNS, AHEAD_COLUMN, STATE_COLUMN];

/** What rests or waits, with the ways to change and to cancel it. */
export function OrdersTab() {
  const api = useApi();
  const orders = useTrade((state) => state.orders);
  const failed = useTrade((state) => state.failed.account);
  const connected = useConnectionKind() === 'open';
  const [changing, setChanging] = useState<string | null>(null);
  const columns = useMemo(
    (): readonly Column<OrderView>[] => [
      ...SHOWN,
      {
        name: '',
        cell: (order) => (
          <OrderActions
            order={order}
            disabled={!connected}
            onChange={() => setChanging((before) => (before === order.orderId ? null : order.orderId))}
            onCancel={() => cancel(api, order)}
          />
        ),
      },
    ],
    [api, connected],
  );
  if (orders === null)
    return failed === undefined ? (
      <div className={styles.inset}>
        <LoadingState label="Loading the open orders" />
      </div>
    ) : (
      <StreamFailure title="The open orders could not be read" error={failed} />
    );
  if (orders.length === 0)
    return (
      <EmptyState Icon={IconListCheck} title="No open orders">
        What rests in the book, or waits for a trigger or a condition, is listed here.
      </EmptyState>
    );
  return (
    <>
      <div className={styles.tools}>
        <SaveRows name="open-orders" columns={[...SHOWN, ...ID_COLUMNS]} rows={orders} />
        <CancelAll disabled={!connected} />
      </div>
      <TradeTable
        label="Open orders"
        columns={columns}
        rows={orders}
        keyOf={({ orderId }) => orderId}
        below={(order) =>
          changing === order.orderId ? (
            <ModifyOrder order={order} onClose={() => setChanging(null)} />
          ) : (
            orderNote(order)
          )
        }
      />
    </>
  );
}

const cancel = (api: ApiClient, { orderId, market, side, size }: OrderView): void =>
  void act(`cancel ${orderId}`, 'The order was not cancelled', async () => {
    const { order } = await api.send('CANCEL_ORDER', { orderId });
    if (order.state === 'cancelled') sayDone(`The order to ${side} ${size} ${market} is cancelled.`);
  });

interface OrderActionsProps {
  readonly order: OrderView;
  readonly disabled: boolean;
  readonly onChange: () => void;
  readonly onCancel: () => void;
}

function OrderActions({ order, disabled, onChange, onCancel }: OrderActionsProps) {
  const cancelling = useUnderWay(`cancel ${order.orderId}`) || order.state === 'cancelling';
  const what = `${order.side} ${order.size} ${order.market}`;
  return (
    <span className={styles.actions}>
      <Button
        size="compact-xs"
        variant="default"
        disabled={disabled}
        aria-label={`Change: ${what}`}
        onClick={onChange}
      >
        Change
      </Button>
      <Button
        size="compact-xs"
        variant="default"
        disabled={disabled}
        loading={cancelling}
        aria-label={`Cancel: ${what}`}
        onClick={onCancel}
      >
        Cancel
      </Button>
    </span>
  );
}

function CancelAll({ disabled }: { readonly disabled: boolean }) {
  const api = useApi();
  const market = useTicket((state) => state.market);
  const orders = useTrade((state) => state.orders) ?? [];
  const busy = useUnderWay('cancel all');
  const others = orders.some((order) => order.market !== market);
  const here = orders.some((order) => order.market === market);
  const cancelAll = (of: { market?: string }): void =>
    void act('cancel all', 'The orders were not cancelled', async () => {
      const { cancelled, failed } = await api.send('CANCEL_ALL_ORDERS', of);
      const left = failed.length === 0 ? '' : ` ${failed.length} could not be: ${failed[0]?.message ?? ''}`;
      sayDone(`${cancelled.length} ${cancelled.length === 1 ? 'order is' : 'orders are'} cancelled.${left}`);
    });
  return (
    <>
      {market !== null && others && here ? (
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          disabled={disabled}
          onClick={() => cancelAll({ market })}
        >
          Cancel all of {market}
        </Button>
      ) : null}
      <Button
        size="compact-sm"
        variant="default"
        loading={busy}
        disabled={disabled}
        onClick={() => cancelAll({})}
      >
        Cancel all
      </Button>
    </>
  );
}
