import { useMemo } from 'react';
import { ticketOf, type TicketReading } from './ticketOf.ts';
import { useTicket } from './ticketStore.ts';

/** The draft as it would be sent, or what is wrong with it; null until there is a market. */
export function useTicketReading(): TicketReading | null {
  const draft = useTicket((state) => state.draft);
  const market = useTicket((state) => state.market);
  return useMemo(() => (market === null ? null : ticketOf(draft, market)), [draft, market]);
}
