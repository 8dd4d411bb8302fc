import { ensureNever } from '../../shared/never.ts';
import type { EventEntry } from '../../shared/contract/eventEntry.ts';
import type {
  EngineEventMessage,
  EngineState,
  EngineStatusData,
} from '../../shared/contract/engineStatus.ts';
import type { FundingUpdateData } from '../../shared/contract/fundingUpdate.ts';
import { withEvents } from './eventRing.ts';
import { deskAfter, withLiveEvent } from './liveDesk.ts';
import type { LiveEngine, LiveState } from './liveState.ts';

/** What came in since the last animation frame, the latest update of each engine only. */
export interface Batch {
  readonly updates: readonly FundingUpdateData[];
  readonly statuses: readonly EngineStatusData[];
}

/** The state after a batch. What did not change keeps its identity, so that nothing is drawn for nothing. */
export function applyBatch(state: LiveState, { updates, statuses }: Batch, now: number): LiveState {
  let next: LiveState = { ...state, heardAt: now };
  for (const status of statuses) next = withStatus(next, status);
  for (const update of updates) next = withUpdate(next, update, now);
  // Lines from before a reset are of another vault.
  const reset = statuses.findLastIndex(({ event }) => event?.kind === 'vault');
  const entries = statuses.slice(reset + 1).flatMap(({ event }) => logEntryIn(event));
  return entries.length === 0 ? next : { ...next, events: withEvents(next.events, entries) };
}

/** Where an engine stands that nobody has started yet: SOS can be pressed before that too. */
const NOT_BEGUN: ReadonlySet<EngineState> = new Set(['stopped', 'halted']);

function withStatus(state: LiveState, { event, ...status }: EngineStatusData): LiveState {
  const before = state.engines[status.engine];
  const engine: LiveEngine = { funding: null, fundingAt: null, ...before, status };
  // An engine that was started, in whatever window, or on real money, has its first run behind it.
  const firstRun = state.firstRun && status.mode === 'paper' && NOT_BEGUN.has(status.state);
  const desk = deskAfter(state.desk, status);
  const next = { ...state, firstRun, desk, engines: { ...state.engines, [status.engine]: engine } };
  return event === undefined ? next : withEvent(next, event);
}

function withUpdate(state: LiveState, update: FundingUpdateData, now: number): LiveState {
  const before = state.engines[update.engine];
  // An engine is known by its status; an update before it waits for the snapshot.
  if (before === undefined) return state;
  const engine: LiveEngine = { ...before, funding: update, fundingAt: now };
  return { ...state, engines: { ...state.engines, [update.engine]: engine } };
}

function withEvent(state: LiveState, event: EngineEventMessage): LiveState {
  switch (event.kind) {
    case 'log':
    case 'byHand':
      return state;
    case 'confirmationAsked':
    case 'confirmationSettled':
    case 'standingConfirmation':
    case 'health':
    case 'connectionLost':
    case 'syncFailed':
    case 'syncRecovered':
    case 'differencesFound':
      return { ...state, desk: withLiveEvent(state.desk, event) };
    case 'progress': {
      const { operationId, command, done, total } = event;
      const { [operationId]: _ended, ...others } = state.operations;
      // Another window's work is only known by its progress; its own end is not told here.
      if (done >= total) return { ...state, operations: others };
      const operation = { operationId, command, progress: { done, total } };
      return { ...state, operations: { ...others, [operationId]: operation } };
    }
    case 'settings':
      return { ...state, settingsRevision: event.revision };
    case 'vault':
      return {
        ...state,
        firstRun: false,
        events: [],
        vaultEpoch: state.vaultEpoch + 1,
        interruption: null,
      };
    case 'wallets':
      return { ...state, walletsEpoch: state.walletsEpoch + 1 };
    case 'recovered':
      return { ...state, interruption: event.interruption };
    default:
      return ensureNever(event);
  }
}

const logEntryIn = (event: EngineEventMessage | undefined): readonly EventEntry[] =>
  event?.kind === 'log' ? [event.entry] : [];
