import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { type SubmitEvent, useEffect, useRef } from 'react';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { OrderTicket } from '../../../shared/contract/orders.ts';
import { ERROR_WORDS } from '../../../shared/words/errorWords.ts';
import { useApi } from '../../api/apiContext.ts';
import { replyOf } from '../../api/apiError.ts';
import { pageTimers } from '../../api/timers.ts';
import { forgetRead } from '../../api/queries.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { ModeBadge } from '../../components/ModeBadge.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useConnectionKind, useFunding, useStatus } from '../../live/liveStore.ts';
import { act, useUnderWay } from '../../shell/acts.ts';
import { sayDone, toldBeside } from '../../shell/notices.ts';
import { BracketFields } from './BracketFields.tsx';
import { ConditionFields } from './ConditionFields.tsx';
import { refusalOf, type FieldNotes } from './fieldRefusal.ts';
import { stillWords } from './marketStill.ts';
import { PreviewPanel } from './PreviewPanel.tsx';
import { refusalField } from './refusalField.ts';
import { TicketOptions } from './TicketOptions.tsx';
import { TicketPrices } from './TicketPrices.tsx';
import type { Problems } from './ticketOf.ts';
import { TYPE_MEANINGS, TYPE_PARTS, TYPE_WORDS } from './ticketDraft.ts';
import { changeDraft, ticketPlaced, ticketRefused, useTicket } from './ticketStore.ts';
import { placedWords, ticketWords } from './ticketWords.ts';
import { usePreview } from './usePreview.ts';
import { useTicketReading } from './useTicketReading.ts';
import styles from './Ticket.module.css';

const TYPES = Object.entries(TYPE_WORDS).map(([value, label]) => ({ value, label }));

/** One order at a time, also where the screen was left while one is under way. */
const PLACING = 'place an order';

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
  const busy = useUnderWay(PLACING);
  const refusal = useTicket((state) => state.refusal);
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const ticket = reading?.kind === 'right' ? reading.ticket : null;
  const { preview, error, isBehind, at } = usePreview(ticket);
  const refused = ticket !== null && refusal?.of === JSON.stringify(ticket) ? refusal : null;
  const isPast = refused !== null && !isBehind && preview?.refusals.length === 0 && at > refused.at;
  const notes: FieldNotes = {
    problems: reading?.kind === 'wrong' ? reading.problems : {},
    // What is found now is newer than what was said at the click.
    refusal: error ?? refused?.error ?? null,
    type,
  };
  const place = (meant: OrderTicket): void =>
    void act(PLACING, 'The order was not placed', async () => {
      try {
        const { order, repeated } = await api.send('PLACE_ORDER', meant);
        sayDone(placedWords(order, repeated));
        ticketPlaced(meant);
        await Promise.all([forgetRead('GET_FILLS'), forgetRead('GET_ORDER_HISTORY')]);
      } catch (thrown) {
        const told = replyOf(thrown);
        toldBeside(told.message);
        ticketRefused({ of: JSON.stringify(meant), error: told, at: pageTimers.now() });
        if (!isHere.current) throw thrown;
      }
    });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (ticket !== null && connected && !busy) place(ticket);
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
      <Refused error={notes.refusal} type={type} wasPlaced={refused !== null} isPast={isPast} />
      <Still />
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
        notes.refusal !== null && connected ? null : (
          <p className={styles.hint}>
            {connected
              ? (missing(notes.problems) ??
                'What it would cost, and how the account would stand after it, is shown here as soon as the ticket is whole.')
              : 'Nothing can be placed while the connection is lost.'}
          </p>
        )
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

/** Said before an order is placed: on a market that stands still it may wait for ever. */
function Still() {
  const state = useStatus((status) => status.state);
  const isPaused = useFunding(({ clock }) => clock?.paused === true) ?? false;
  const words = stillWords(state, isPaused);
  return words === null ? null : <p className={styles.hint}>{words}</p>;
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
  /** Nothing speaks against it any more. */
  readonly isPast: boolean;
}

/** What it means for the money and what to do; what happened stands at its field, where it has one. */
function Refused({ error, type, wasPlaced, isPast }: RefusedProps) {
  if (error === null) return null;
  const { money, todo } = ERROR_WORDS[error.code];
  return (
    <div className={styles.refused} role={wasPlaced ? 'alert' : undefined}>
      {refusalField(error, type) === null ? <p>{error.message}</p> : null}
      <p>
        {money} {todo}
      </p>
      {isPast ? <p>It was not placed. By now nothing speaks against it: you can send it again.</p> : null}
      <CopyButton text={`${error.code}: ${error.message}`} label={`Copy ${error.code}`} />
    </div>
  );
}
