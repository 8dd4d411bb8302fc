import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { OrderType } from '../../../shared/contract/orders.ts';
import { nearestOf, refusalField } from './refusalField.ts';
import type { Problems, TicketField } from './ticketOf.ts';

/** What a ticket's fields say of what was typed into them. */
export interface FieldNotes {
  /** What keeps the draft from being an order at all. */
  readonly problems: Problems;
  /** What the program would refuse, or has refused, and the field that it concerns. */
  readonly refusal: ErrorReply | null;
  readonly type: OrderType;
}

/** What the program says of one field; null where it says nothing of it. */
export function refusalOf({ refusal, type }: FieldNotes, field: TicketField): string | null {
  return refusal !== null && refusalField(refusal, type) === field ? refusal.message : null;
}

/** The nearest value of one field that the program would take. */
export function nearestFor(notes: FieldNotes, field: TicketField): string | null {
  return refusalOf(notes, field) === null || notes.refusal === null ? null : nearestOf(notes.refusal);
}
