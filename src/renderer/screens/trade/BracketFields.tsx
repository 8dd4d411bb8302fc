import { Checkbox } from '@mantine/core';
import type { FieldNotes } from './fieldRefusal.ts';
import { TicketAmount } from './TicketAmount.tsx';
import type { LegDraft } from './ticketDraft.ts';
import { changeDraft, useTicket } from './ticketStore.ts';
import styles from './Ticket.module.css';

/** The exits that go with an entry: for what it has filled, and when one fills, the other is cancelled. */
export function BracketFields({ notes }: { readonly notes: FieldNotes }) {
  const bracketed = useTicket((state) => state.draft.bracketed);
  return (
    <div className={styles.group}>
      <Checkbox
        label="Bracket: exits that go with it"
        checked={bracketed}
        onChange={(event) => changeDraft({ bracketed: event.currentTarget.checked })}
      />
      {bracketed ? (
        <>
          <Leg leg="takeProfit" name="Take-profit" notes={notes} />
          <Leg leg="stopLoss" name="Stop-loss" notes={notes} />
        </>
      ) : null}
    </div>
  );
}

interface LegProps {
  readonly leg: 'takeProfit' | 'stopLoss';
  readonly name: string;
  readonly notes: FieldNotes;
}

function Leg({ leg, name, notes }: LegProps) {
  const draft = useTicket((state) => state.draft[leg]);
  const change = (part: Partial<LegDraft>): void => changeDraft({ [leg]: { ...draft, ...part } });
  return (
    <div className={styles.pair}>
      <TicketAmount
        field={leg}
        label={`${name} at`}
        unit="USD"
        value={draft.trigger}
        notes={notes}
        onChange={(trigger) => change({ trigger })}
      />
      <TicketAmount
        field={`${leg}Limit`}
        label="Limit, if any"
        unit="USD"
        value={draft.limit}
        notes={notes}
        onChange={(limit) => change({ limit })}
      />
    </div>
  );
}
