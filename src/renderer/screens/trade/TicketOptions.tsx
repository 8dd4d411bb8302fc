import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { momentField } from './marketMoment.ts';
import type { FieldNotes } from './fieldRefusal.ts';
import { refusalOf } from './fieldRefusal.ts';
import { TYPE_PARTS, type PostOnlyChoice, type TicketDraft, type TimeInForce } from './ticketDraft.ts';
import { expires } from './ticketOf.ts';
import { changeDraft, useTicket } from './ticketStore.ts';
import { useTrade } from './tradeStore.ts';
import styles from './Ticket.module.css';

const HOUR_MS = 3_600_000;

const POST_ONLY: readonly { readonly value: PostOnlyChoice; readonly label: string }[] = [
  { value: 'off', label: 'Off' },
  { value: 'reject', label: 'Or reject' },
  { value: 'try', label: 'Or skip' },
  { value: 'slide', label: 'Or slide' },
];
const RESTING: readonly { readonly value: TimeInForce; readonly label: string }[] = [
  { value: 'GTC', label: 'GTC' },
  { value: 'GTD', label: 'GTD' },
  { value: 'IOC', label: 'IOC' },
  { value: 'FOK', label: 'FOK' },
];
const TAKING: readonly { readonly value: TicketDraft['marketTimeInForce']; readonly label: string }[] = [
  { value: 'IOC', label: 'IOC' },
  { value: 'FOK', label: 'FOK' },
];
const TIME_MEANINGS: Readonly<Record<TimeInForce, string>> = {
  GTC: 'It stands until it is cancelled.',
  GTD: 'It stands until a time.',
  IOC: 'What does not fill at once is cancelled.',
  FOK: 'It fills whole at once, or not at all.',
};
const POST_ONLY_MEANINGS: Readonly<Record<PostOnlyChoice, string>> = {
  off: '',
  reject: ' If it would take, it is rejected.',
  try: ' If it would take, it is quietly not placed.',
  slide: ' If it would take, its price is moved to where it rests.',
};

const chosen = <Value extends string>(
  choices: readonly { readonly value: Value }[],
  text: string,
): Value | undefined => choices.find(({ value }) => value === text)?.value;

/** How long it stands, whether it may take, and whether it may only reduce. */
export function TicketOptions({ notes }: { readonly notes: FieldNotes }) {
  const draft = useTicket((state) => state.draft);
  const { rests } = TYPE_PARTS[draft.type];
  return (
    <>
      {rests || draft.type === 'market' ? (
        <div className={styles.pair}>
          <NativeSelect
            label="Time in force"
            value={rests ? draft.timeInForce : draft.marketTimeInForce}
            data={(rests ? RESTING : TAKING).map((one) => ({ ...one }))}
            onChange={({ currentTarget: { value } }) => (rests ? chooseResting(value) : chooseTaking(value))}
          />
          {rests ? (
            <NativeSelect
              label="Post-only"
              value={draft.postOnly}
              data={POST_ONLY.map((one) => ({ ...one }))}
              onChange={({ currentTarget: { value } }) => {
                const postOnly = chosen(POST_ONLY, value);
                if (postOnly !== undefined) changeDraft({ postOnly });
              }}
            />
          ) : null}
          <p className={styles.hint}>
            {TIME_MEANINGS[rests ? draft.timeInForce : draft.marketTimeInForce]}
            {rests ? POST_ONLY_MEANINGS[draft.postOnly] : null}
          </p>
        </div>
      ) : null}
      {expires(draft) ? <ValidUntil notes={notes} /> : null}
      <Checkbox
        label="Reduce-only: never opens or flips a position"
        checked={draft.reduceOnly}
        onChange={(event) => changeDraft({ reduceOnly: event.currentTarget.checked })}
      />
    </>
  );
}

function chooseResting(text: string): void {
  const timeInForce = chosen(RESTING, text);
  if (timeInForce === undefined) return;
  const now = useTrade.getState().account?.timestamp;
  const { validUntil } = useTicket.getState().draft;
  const needsMoment = timeInForce === 'GTD' && validUntil === '' && now !== undefined;
  changeDraft({ timeInForce, ...(needsMoment ? { validUntil: momentField(now + HOUR_MS) } : {}) });
}

function chooseTaking(text: string): void {
  const marketTimeInForce = chosen(TAKING, text);
  if (marketTimeInForce !== undefined) changeDraft({ marketTimeInForce });
}

function ValidUntil({ notes }: { readonly notes: FieldNotes }) {
  const validUntil = useTicket((state) => state.draft.validUntil);
  const later = (ms: number): void => {
    const now = useTrade.getState().account?.timestamp;
    if (now !== undefined) changeDraft({ validUntil: momentField(now + ms) });
  };
  return (
    <div>
      <TextInput
        type="datetime-local"
        label="Until, on the market’s clock"
        value={validUntil}
        error={notes.problems.validUntil ?? refusalOf(notes, 'validUntil')}
        onChange={(event) => changeDraft({ validUntil: event.currentTarget.value })}
      />
      <div className={styles.quick}>
        {[1, 8, 24].map((hours) => (
          <Button key={hours} size="compact-xs" variant="light" onClick={() => later(hours * HOUR_MS)}>
            In {hours} h
          </Button>
        ))}
      </div>
    </div>
  );
}
