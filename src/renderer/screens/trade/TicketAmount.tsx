import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { DecimalInput } from '../../components/DecimalInput.tsx';
import { grouped, isDecimal } from '../../components/decimalText.ts';
import { nearestFor, refusalOf, type FieldNotes } from './fieldRefusal.ts';
import type { TicketField } from './ticketOf.ts';
import { useTicket } from './ticketStore.ts';
import styles from './Ticket.module.css';

interface TicketAmountProps {
  readonly field: TicketField;
  readonly label: string;
  readonly unit: string;
  readonly value: string;
  readonly notes: FieldNotes;
  readonly onChange: (text: string) => void;
  readonly action?: ReactNode;
}

/** An amount of the ticket. What is wrong with it, and what would be right, stands beside it. */
export function TicketAmount({ field, label, unit, value, notes, onChange, action }: TicketAmountProps) {
  const placed = useTicket((state) => state.placed);
  const nearest = nearestFor(notes, field);
  return (
    <div className={styles.amount}>
      <DecimalInput
        label={label}
        unit={unit}
        value={value}
        entry={placed}
        onChange={onChange}
        check={() => notes.problems[field] ?? refusalOf(notes, field)}
        action={action}
      />
      {nearest === null || !isDecimal(nearest) ? null : (
        <Button
          className={styles.nearest ?? ''}
          size="compact-xs"
          variant="light"
          onClick={() => onChange(nearest)}
        >
          Use {grouped(nearest)}
        </Button>
      )}
    </div>
  );
}
