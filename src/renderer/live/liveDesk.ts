import type { ConfirmationView, StandingView } from '../../shared/contract/confirmation.ts';
import type { DifferencesView } from '../../shared/contract/difference.ts';
import type { EngineEventMessage, EngineStatusData } from '../../shared/contract/engineStatus.ts';
import type { ErrorReply } from '../../shared/contract/errorReply.ts';
import type { HealthAlertView } from '../../shared/contract/healthAlert.ts';

/** How a question ended. */
export interface SettledConfirmation {
  readonly confirmation: ConfirmationView;
  readonly answer: 'confirmed' | 'declined' | 'used' | 'expired';
}

/** What live trading asks of its user, and what keeps it from trading. */
export interface LiveDesk {
  /** Trades that wait for an answer, oldest first. */
  readonly open: readonly ConfirmationView[];
  /** The question that ended last; null before any did. */
  readonly settled: SettledConfirmation | null;
  /** Undefined while it is not known; null where there is none. */
  readonly standing: StandingView | null | undefined;
  /** Null where books and chain agree, as far as was heard. */
  readonly found: DifferencesView | null;
  /** The latest alert; null where health was never low, or is fine again. */
  readonly alert: HealthAlertView | null;
  /** Since when the venue can't be reached, Unix ms; null while it can. */
  readonly lostAt: number | null;
  /** Why the latest sync failed for good; null where it did not. */
  readonly syncFailure: ErrorReply | null;
  /** Why the questions and grants could not be read; null where they were, or are being read. */
  readonly unread: ErrorReply | null;
}

export const EMPTY_DESK: LiveDesk = {
  open: [],
  settled: null,
  standing: undefined,
  found: null,
  alert: null,
  lostAt: null,
  syncFailure: null,
  unread: null,
};

/** States in which nothing is watched: what was said of the account before no longer holds. */
const OFF = new Set<EngineStatusData['state']>(['stopped', 'error']);
/** States in which the account is in sync, whatever it was before. */
const IN_SYNC = new Set<EngineStatusData['state']>(['running', 'waiting']);

/** What a status leaves of what was known. The same desk where nothing of it has ended. */
export function deskAfter(desk: LiveDesk, { mode, state, readOnly }: EngineStatusData): LiveDesk {
  if (mode !== 'live' || OFF.has(state))
    return desk === EMPTY_DESK ? desk : { ...EMPTY_DESK, settled: desk.settled };
  const isInSync = IN_SYNC.has(state) || readOnly === 'monitoring';
  const found = isInSync || readOnly === 'syncFailed' ? null : desk.found;
  const syncFailure = readOnly === 'syncFailed' || state === 'recovering' ? desk.syncFailure : null;
  const lostAt = isInSync || readOnly === 'differences' ? null : desk.lostAt;
  const isSame = found === desk.found && syncFailure === desk.syncFailure && lostAt === desk.lostAt;
  return isSame ? desk : { ...desk, found, syncFailure, lostAt };
}

/** What an event makes of the desk. The same desk where the event is about something else. */
export function withLiveEvent(desk: LiveDesk, event: EngineEventMessage): LiveDesk {
  switch (event.kind) {
    case 'confirmationAsked':
      return { ...desk, open: withQuestion(desk.open, event.confirmation) };
    case 'confirmationSettled':
      return settledIn(desk, event.confirmationId, event.answer);
    case 'standingConfirmation':
      return { ...desk, standing: event.standing };
    case 'health':
      return { ...desk, alert: event.alert.level === 'over' ? null : event.alert };
    case 'connectionLost':
      return { ...desk, lostAt: event.at };
    case 'syncFailed':
      return { ...desk, syncFailure: event.error };
    case 'syncRecovered':
      return { ...desk, lostAt: null, syncFailure: null, found: null };
    case 'differencesFound':
      return { ...desk, found: event.found };
    default:
      return desk;
  }
}

/** What GET_CONFIRMATIONS answered: all there is. */
export function withConfirmations(
  desk: LiveDesk,
  {
    open,
    standing,
  }: { readonly open: readonly ConfirmationView[]; readonly standing: readonly StandingView[] },
): LiveDesk {
  return {
    ...desk,
    open: open.filter(({ answer }) => answer === 'none'),
    standing: standing[0] ?? null,
    unread: null,
  };
}

/** A question is over, by an answer or by the clock. */
export function settledIn(
  desk: LiveDesk,
  confirmationId: string,
  answer: SettledConfirmation['answer'],
): LiveDesk {
  const confirmation = desk.open.find((one) => one.confirmationId === confirmationId);
  if (confirmation === undefined) return desk;
  const open = desk.open.filter((one) => one !== confirmation);
  return { ...desk, open, settled: { confirmation, answer } };
}

/** A question that the program no longer has: why is told by whoever has asked it. */
export const withdrawnIn = (desk: LiveDesk, confirmationId: string): LiveDesk => ({
  ...desk,
  open: desk.open.filter((one) => one.confirmationId !== confirmationId),
});

const withQuestion = (
  open: readonly ConfirmationView[],
  asked: ConfirmationView,
): readonly ConfirmationView[] => [
  ...open.filter(({ confirmationId }) => confirmationId !== asked.confirmationId),
  asked,
];
