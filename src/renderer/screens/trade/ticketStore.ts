import { create } from 'zustand';
import type { Resolution } from './candleSeries.ts';
import { FIRST_DRAFT, withPrice, type TicketDraft } from './ticketDraft.ts';

interface TicketState {
  /** The market that is looked at; null until the list is there. */
  readonly market: string | null;
  readonly resolution: Resolution;
  readonly draft: TicketDraft;
  /** Counts orders that were placed: the next one begins with empty fields. */
  readonly placed: number;
}

/** What the user is about to do. It outlives the screen: looking at the vault in between loses nothing. */
export const useTicket = create<TicketState>()(() => ({
  market: null,
  resolution: '1m',
  draft: FIRST_DRAFT,
  placed: 0,
}));

export const changeDraft = (change: Partial<TicketDraft>): void =>
  useTicket.setState(({ draft }) => ({ draft: { ...draft, ...change } }));

export const takePrice = (price: string): void =>
  useTicket.setState(({ draft }) => ({ draft: withPrice(draft, price) }));

export const chooseResolution = (resolution: Resolution): void => useTicket.setState({ resolution });

/** Prices of one market mean nothing in another. */
export const chooseMarket = (market: string): void =>
  useTicket.setState(({ market: before, draft }) =>
    before === market
      ? {}
      : {
          market,
          draft:
            before === null
              ? draft
              : { ...FIRST_DRAFT, side: draft.side, type: draft.type, reduceOnly: draft.reduceOnly },
        },
  );

/** The order is placed: a second click places no second one. */
export const ticketPlaced = (): void =>
  useTicket.setState(({ draft, placed }) => ({
    placed: placed + 1,
    draft: { ...draft, size: '', clientOrderId: '' },
  }));
