import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { ERROR_WORDS } from '../../../shared/words/errorWords.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { useConnectionKind } from '../../live/liveStore.ts';
import { sayDone, toldBeside } from '../../shell/notices.ts';
import {
  changeable,
  modification,
  partText,
  refusedPart,
  type OrderChange,
  type OrderPart,
} from './orderChange.ts';
import { nearestOf } from './refusalField.ts';
import styles from './Tabs.module.css';
import { changedWords } from './ticketWords.ts';

const LABELS: Readonly<Record<OrderPart, string>> = {
  size: 'Size',
  price: 'Limit price',
  triggerPrice: 'Trigger',
  offset: 'Offset from the oracle',
};

interface ModifyOrderProps {
  readonly order: OrderView;
  readonly onClose: () => void;
}

/** Changes an order where it stands in the list. */
export function ModifyOrder({ order, onClose }: ModifyOrderProps) {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const [change, setChange] = useState<OrderChange>({});
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ErrorReply | null>(null);
  const payload = modification(order, change);
  const set = (part: OrderPart, text: string): void => {
    setRefusal(null);
    setChange((before) => ({ ...before, [part]: text }));
  };
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (payload === null || typeof payload === 'string' || busy || !connected) return;
    setBusy(true);
    try {
      const { order: after } = await api.send('MODIFY_ORDER', payload);
      sayDone(changedWords(after));
      onClose();
    } catch (error) {
      const told = replyOf(error);
      toldBeside(told.message);
      setRefusal(told);
      setBusy(false);
    }
  };
  const nearest = refusal === null ? null : nearestOf(refusal);
  const parts = changeable(order);
  const nearestPart = refusal === null ? null : refusedPart(order, refusal);
  return (
    <form
      className={styles.modify}
      aria-label={`Change the ${order.side} order for ${order.size} ${order.market}`}
      onSubmit={(event) => void save(event)}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      {parts.map((part) => (
        <TextInput
          key={part}
          label={LABELS[part]}
          inputMode="decimal"
          autoComplete="off"
          value={partText(order, change, part)}
          onChange={(event) => set(part, event.currentTarget.value)}
        />
      ))}
      <Button
        type="submit"
        loading={busy}
        disabled={!connected || payload === null || typeof payload === 'string'}
      >
        Change it
      </Button>
      <Button variant="default" onClick={onClose}>
        Leave it
      </Button>
      {typeof payload === 'string' ? <p className={styles.problem}>{payload}</p> : null}
      {refusal === null ? null : (
        <p className={styles.problem} role="alert">
          {refusal.message} {ERROR_WORDS[refusal.code].todo}{' '}
          {nearest !== null && nearestPart !== null ? (
            <Button size="compact-xs" variant="light" onClick={() => set(nearestPart, nearest)}>
              Use {nearest}
            </Button>
          ) : null}
        </p>
      )}
    </form>
  );
}
