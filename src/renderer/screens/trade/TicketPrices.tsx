import { Button } from '@mantine/core';
import type { FieldNotes } from './fieldRefusal.ts';
import { useMarketSpec } from './marketSpec.ts';
import { TicketAmount } from './TicketAmount.tsx';
import { TYPE_PARTS, triggerIs } from './ticketDraft.ts';
import { changeDraft, useTicket } from './ticketStore.ts';
import { useTrade } from './tradeStore.ts';

interface TicketPricesProps {
  readonly notes: FieldNotes;
}

/** Size, and whatever prices the type has. */
export function TicketPrices({ notes }: TicketPricesProps) {
  const draft = useTicket((state) => state.draft);
  const spec = useMarketSpec();
  const { price, trigger, offset } = TYPE_PARTS[draft.type];
  return (
    <>
      <TicketAmount
        field="size"
        label="Size"
        unit={spec?.asset ?? ''}
        value={draft.size}
        notes={notes}
        onChange={(size) => changeDraft({ size })}
      />
      {trigger ? (
        <TicketAmount
          field="trigger"
          label={`Trigger: oracle ${triggerIs(draft.type, draft.side)}`}
          unit="USD"
          value={draft.trigger}
          notes={notes}
          onChange={(text) => changeDraft({ trigger: text })}
        />
      ) : null}
      {price ? (
        <TicketAmount
          field="price"
          label="Limit price"
          unit="USD"
          value={draft.price}
          notes={notes}
          onChange={(text) => changeDraft({ price: text })}
          action={<BestPrices />}
        />
      ) : null}
      {offset ? (
        <TicketAmount
          field="offset"
          label="Offset from the oracle"
          unit="USD"
          value={draft.offset}
          notes={notes}
          onChange={(text) => changeDraft({ offset: text })}
        />
      ) : null}
    </>
  );
}

/** The keyboard's way to a price of the book. */
function BestPrices() {
  const take = (side: 'bids' | 'asks'): void => {
    const best = useTrade.getState().book?.[side][0]?.price;
    if (best !== undefined) changeDraft({ price: best });
  };
  const there = useTrade((state) => state.book !== null);
  return (
    <>
      <Button
        size="compact-xs"
        variant="light"
        px={5}
        disabled={!there}
        title="The best bid"
        onClick={() => take('bids')}
      >
        Bid
      </Button>
      <Button
        size="compact-xs"
        variant="light"
        px={5}
        disabled={!there}
        title="The best ask"
        onClick={() => take('asks')}
      >
        Ask
      </Button>
    </>
  );
}
