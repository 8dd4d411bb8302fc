import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { OrderTicket } from '../../../shared/contract/orders.ts';
import { ERROR_WORDS } from '../../../shared/words/errorWords.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { forgetRead } from '../../api/queries.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { ModeBadge } from '../../components/ModeBadge.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useConnectionKind, useStatus } from '../../live/liveStore.ts';
import { sayDone } from '../../shell/notices.ts';
import { BracketFields } from './BracketFields.tsx';
import { ConditionFields } from './ConditionFields.tsx';
import { refusalOf, type FieldNotes } from './fieldRefusal.ts';
import { PreviewPanel } from './PreviewPanel.tsx';
import { refusalField } from './refusalField.ts';
import { TicketOptions } from './TicketOptions.tsx';
import { TicketPrices } from './TicketPrices.tsx';
import type { Problems } from './ticketOf.ts';
import { TYPE_MEANINGS, TYPE_PARTS, TYPE_WORDS } from './ticketDraft.ts';
import { changeDraft, ticketPlaced, useTicket } from './ticketStore.ts';
import { placedWords, ticketWords } from './ticketWords.ts';
import { usePreview } from './usePreview.ts';
import { useTicketReading } from './useTicketReading.ts';
import styles from './Ticket.module.css';

const TYPES = Object.entries(TYPE_WORDS).map(([value, label]) => ({ value, label }));

/** What was refused, and the very ticket that was. */
interface Refusal {
  readonly of: string;
  readonly error: ErrorReply;
}

/** An order by hand: what it is, what it would do, and the button that says so. */
export function Ticket() {
  const mode = useStatus((status) => status.mode) ?? 'paper';
  return (
    <Panel title="Order" actions={<ModeBadge mode={mode} />}>
      <TicketForm />
    </Panel>
  );
}

function TicketForm() {
  const api = useApi();
  const connected = useConnectionKind() === 'open';
  const { side, type } = useTicket((state) => state.draft);
  const reading = useTicketReading();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const ticket = reading?.kind === 'right' ? reading.ticket : null;
  const { preview, error, isBehind } = usePreview(ticket);
  const refused = ticket !== null && refusal?.of === JSON.stringify(ticket) ? refusal.error : null;
  const notes: FieldNotes = {
    problems: reading?.kind === 'wrong' ? reading.problems : {},
    refusal: refused ?? error,
    type,
  };
  const place = async (meant: OrderTicket): Promise<void> => {
    setBusy(true);
    try {
      const { order, repeated } = await api.send('PLACE_ORDER', meant);
      sayDone(placedWords(order, repeated));
      ticketPlaced();
      await Promise.all([forgetRead('GET_FILLS'), forgetRead('GET_ORDER_HISTORY')]);
    } catch (thrown) {
      setRefusal({ of: JSON.stringify(meant), error: replyOf(thrown) });
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (ticket !== null && !busy) void place(ticket);
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <SegmentedControl
        className={styles.side ?? ''}
        data-side={side}
        aria-label="Side"
        fullWidth
        color={side === 'buy' ? 'long' : 'short'}
        value={side}
        onChange={(value) => changeDraft({ side: value === 'sell' ? 'sell' : 'buy' })}
        data={[
          { value: 'buy', label: 'Buy' },
          { value: 'sell', label: 'Sell' },
        ]}
      />
      <NativeSelect
        label="Type"
        description={TYPE_MEANINGS[type]}
        value={type}
        data={TYPES}
        onChange={({ currentTarget: { value } }) => {
          const picked = TYPES.find((one) => one.value === value);
          if (picked !== undefined) changeDraft({ type: picked.value as typeof type });
        }}
      />
      <TicketPrices notes={notes} />
      <TicketOptions notes={notes} />
      <BracketFields notes={notes} />
      <More notes={notes} />
      <Refused error={notes.refusal} type={type} wasPlaced={refused !== null} />
      <Button
        type="submit"
        fullWidth
        className={styles.submit ?? ''}
        color={side === 'buy' ? 'long' : 'short'}
        loading={busy}
        disabled={!connected || ticket === null}
      >
        {ticket === null ? (side === 'buy' ? 'Buy' : 'Sell') : ticketWords(ticket)}
      </Button>
      {preview === null ? (
        <p className={styles.hint}>
          {connected
            ? (missing(notes.problems) ??
              'What it would cost, and how the account would stand after it, is shown here as soon as the ticket is whole.')
            : 'Nothing can be placed while the connection is lost.'}
        </p>
      ) : (
        <PreviewPanel preview={preview} isBehind={isBehind} />
      )}
    </form>
  );
}

/** What keeps a ticket from being one, where its field may be out of sight or has not been touched. */
function missing({ size, ...others }: Problems): string | null {
  const [first] = Object.values(others);
  return first === undefined || size !== undefined ? null : `Not whole yet. ${first}`;
}

/** What few orders need. */
function More({ notes }: { readonly notes: FieldNotes }) {
  const { type, conditions, clientOrderId } = useTicket((state) => state.draft);
  const used = (TYPE_PARTS[type].conditions ? conditions.length : 0) + (clientOrderId.trim() === '' ? 0 : 1);
  return (
    <details className={styles.more}>
      <summary>
        {TYPE_PARTS[type].conditions ? 'Conditions and more' : 'More'}
        {used === 0 ? null : ` (${used} in use)`}
      </summary>
      <div className={styles.moreBody}>
        {TYPE_PARTS[type].conditions ? <ConditionFields notes={notes} /> : null}
        <TextInput
          label="Client order id"
          description="The same id twice places one order."
          value={clientOrderId}
          autoComplete="off"
          spellCheck={false}
          error={notes.problems.clientOrderId ?? refusalOf(notes, 'clientOrderId')}
          onChange={(event) => changeDraft({ clientOrderId: event.currentTarget.value })}
        />
      </div>
    </details>
  );
}

interface RefusedProps {
  readonly error: ErrorReply | null;
  readonly type: OrderTicket['type'];
  /** It was refused when it was to be placed, and not only looked at ahead while typing. */
  readonly wasPlaced: boolean;
}

/** What it means for the money and what to do; what happened stands at its field, where it has one. */
function Refused({ error, type, wasPlaced }: RefusedProps) {
  if (error === null) return null;
  const { money, todo } = ERROR_WORDS[error.code];
  return (
    <div className={styles.refused} role={wasPlaced ? 'alert' : undefined}>
      {refusalField(error, type) === null ? <p>{error.message}</p> : null}
      <p>
        {money} {todo}
      </p>
      <CopyButton text={`${error.code}: ${error.message}`} label={`Copy ${error.code}`} />
    </div>
  );
}
