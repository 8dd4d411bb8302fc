import { create } from 'zustand';
import type { Resolution } from './candleSeries.ts';
import type { ErrorReply } from '../../../shared/contract/errorReply.ts';
import type { OrderTicket } from '../../../shared/contract/orders.ts';
import { tidied } from '../../components/decimalEntry.ts';
import { FIRST_DRAFT, withPrice, type TicketDraft } from './ticketDraft.ts';

/** What was refused, the very ticket that was, and when: wall time, Unix ms. */
export interface Refusal {
  readonly of: string;
  readonly error: ErrorReply;
  readonly at: number;
}

interface TicketState {
  /** The market that is looked at; null until the list is there. */
  readonly market: string | null;
  readonly resolution: Resolution;
  readonly draft: TicketDraft;
  /** Counts orders that were placed: the next one begins with empty fields. */
  readonly placed: number;
  readonly refusal: Refusal | null;
  /** Which vault the draft is about; null before the first was seen. */
  readonly vaultEpoch: number | null;
}

/** What the user is about to do. It outlives the screen: looking at the vault in between loses nothing. */
export const useTicket = create<TicketState>()(() => ({
  market: null,
  resolution: '1m',
  draft: FIRST_DRAFT,
  placed: 0,
  refusal: null,
  vaultEpoch: null,
}));

export const changeDraft = (change: Partial<TicketDraft>): void =>
  useTicket.setState(({ draft }) => ({ draft: { ...draft, ...change } }));

export const takePrice = (price: string): void =>
  useTicket.setState(({ draft }) => ({ draft: withPrice(draft, price) }));

export const chooseResolution = (resolution: Resolution): void => useTicket.setState({ resolution });

/** What of a draft means the same anywhere. */
const carriedOver = ({ side, type, reduceOnly }: TicketDraft): TicketDraft => ({
  ...FIRST_DRAFT,
  side,
  type,
  reduceOnly,
});

/** Prices of one vault's market mean nothing in another's, nor do moments on its clock. */
export const ticketOfVault = (vaultEpoch: number): void =>
  useTicket.setState(({ vaultEpoch: before, draft }) =>
    before === vaultEpoch
      ? {}
      : { vaultEpoch, ...(before === null ? {} : { draft: carriedOver(draft), refusal: null }) },
  );

/** Prices of one market mean nothing in another. */
export const chooseMarket = (market: string): void =>
  useTicket.setState(({ market: before, draft }) =>
    before === market
      ? {}
      : {
          market,
          draft: before === null ? draft : carriedOver(draft),
        },
  );

/** The order is placed: a second click places no second one. What was typed for another one meanwhile stays. */
export const ticketPlaced = ({ market, size }: OrderTicket): void =>
  useTicket.setState((state) =>
    state.market === market && tidied(state.draft.size) === size
      ? {
          placed: state.placed + 1,
          refusal: null,
          draft: { ...state.draft, size: '', clientOrderId: '' },
        }
      : {},
  );

export const ticketRefused = (refusal: Refusal): void => useTicket.setState({ refusal });
