import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { ERROR_WORDS } from '../../../shared/words/errorWords.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { sayDone } from '../../shell/notices.ts';
import { changeable, changeOf, modification, type OrderChange } from './orderChange.ts';
import { nearestOf } from './refusalField.ts';
import styles from './Tabs.module.css';

const LABELS: Readonly<Record<keyof OrderChange, string>> = {
  size: 'Size',
  price: 'Limit price',
  triggerPrice: 'Trigger',
};

interface ModifyOrderProps {
  readonly order: OrderView;
  readonly onClose: () => void;
}

/** Changes an order where it stands in the list. */
export function ModifyOrder({ order, onClose }: ModifyOrderProps) {
  const api = useApi();
  const [change, setChange] = useState(() => changeOf(order));
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<ErrorReply | null>(null);
  const payload = modification(order, change);
  const set = (part: keyof OrderChange, text: string): void => {
    setRefusal(null);
    setChange((before) => ({ ...before, [part]: text }));
  };
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (payload === null || typeof payload === 'string' || busy) return;
    setBusy(true);
    try {
      await api.send('MODIFY_ORDER', payload);
      sayDone('The order is changed.');
      onClose();
    } catch (error) {
      setRefusal(replyOf(error));
      setBusy(false);
    }
  };
  const nearest = refusal === null ? null : nearestOf(refusal);
  const parts = changeable(order);
  const nearestPart =
    refusal?.code === 'INVALID_SIZE'
      ? 'size'
      : refusal?.code === 'INVALID_TRIGGER'
        ? 'triggerPrice'
        : 'price';
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
          value={change[part]}
          onChange={(event) => set(part, event.currentTarget.value)}
        />
      ))}
      <Button type="submit" loading={busy} disabled={payload === null || typeof payload === 'string'}>
        Change it
      </Button>
      <Button variant="default" onClick={onClose}>
        Leave it
      </Button>
      {typeof payload === 'string' ? <p className={styles.problem}>{payload}</p> : null}
      {refusal === null ? null : (
        <p className={styles.problem} role="alert">
          {refusal.message} {ERROR_WORDS[refusal.code].todo}{' '}
          {nearest !== null && parts.includes(nearestPart) ? (
            <Button size="compact-xs" variant="light" onClick={() => set(nearestPart, nearest)}>
              Use {nearest}
            </Button>
          ) : null}
        </p>
      )}
    </form>
  );
}
