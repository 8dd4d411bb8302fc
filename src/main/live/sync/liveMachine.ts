import { ensureNever } from '../../../shared/never.ts';
import type { ErrorCode } from '../../../shared/contract/errorCodes.ts';
import {
  STOPPED,
  type Failure,
  type LiveEffect,
  type LiveEvent,
  type LiveNote,
  type LiveState,
  type RecoveryCause,
  type Standing,
  type Task,
} from './liveState.ts';

/** R9.5. */
const RECONNECT_EVERY_MS = 10_000;
/** R7.2: a changed collateral reaches the vault within 10 s. */
const SYNC_EVERY_MS = 10_000;
/** R7.7: three retries, each after twice the wait of the one before. */
const RETRY_AFTER_MS: readonly number[] = [1_000, 2_000, 4_000];
/** What has not answered by then has failed. */
const PATIENCE_MS = 30_000;

/** What no waiting mends: there is nothing to trade with, or nothing to trade for (R9.7). */
const CRITICAL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'WALLET_MISSING',
  'WALLET_UNKNOWN',
  'WALLET_WATCH_ONLY',
  'UNKNOWN_SUBACCOUNT',
]);

export interface LiveStep {
  readonly state: LiveState;
  readonly effects: readonly LiveEffect[];
}

/**
 * The states of a live engine. Nothing trades before a sync has succeeded that was begun after whatever cast doubt on the
 * account: the start, a lost connection, a failed sync, sleep, a clock that jumped.
 */
export function stepLive(state: LiveState, event: LiveEvent, now: number): LiveStep {
  if (event.type === 'start') return started(state, event.monitoring, now);
  // What an error has stopped can be put away: it is disconnected already.
  if (!isUp(state)) return event.type === 'stop' ? stay(stopped(state)) : stay(state);
  switch (event.type) {
    case 'stop':
      return { state: stopped(state), effects: [{ do: 'disconnect' }] };
    case 'wake':
      return woken(state, now);
    case 'connected':
      return state.task.kind === 'connecting' && event.attempt === state.attempt
        ? sync({ ...state, unreachable: null }, 0, now)
        : stay(state);
    case 'connectFailed':
      return state.task.kind === 'connecting' && event.attempt === state.attempt
        ? notConnected(state, event.failure, now)
        : stay(state);
    case 'connectionLost':
      return isConnected(state) ? disconnected(state, now) : stay(state);
    case 'synced':
      return state.task.kind === 'syncing' && event.attempt === state.attempt
        ? synced(state, event.differences, now)
        : stay(state);
    case 'syncFailed':
      return state.task.kind === 'syncing' && event.attempt === state.attempt
        ? notSynced(state, state.task.failed, event.failure, now)
        : stay(state);
    case 'syncAsked':
      return isConnected(state) ? sync(state, failuresOf(state.task), now) : stay(state);
    case 'interrupted':
      return interrupted(state, event.cause, event.from, now);
    case 'critical':
      return failed(state, event.failure);
    default:
      return ensureNever(event);
  }
}

const stay = (state: LiveState): LiveStep => ({ state, effects: [] });

/** Attempts are counted on, so that a late answer never fits the next start. */
const stopped = ({ attempt }: LiveState): LiveState => ({ ...STOPPED, attempt });

const isUp = ({ standing }: LiveState): boolean => standing.kind !== 'stopped' && standing.kind !== 'error';

const isConnected = ({ task }: LiveState): boolean => task.kind === 'syncing' || task.kind === 'syncAt';

const failuresOf = (task: Task): number =>
  task.kind === 'syncing' || task.kind === 'syncAt' ? task.failed : 0;

const tell = (note: LiveNote): LiveEffect => ({ do: 'tell', note });

function started(state: LiveState, monitoring: boolean, now: number): LiveStep {
  if (isUp(state)) return stay(state);
  const standing: Standing = { kind: 'recovering', cause: 'start', since: now };
  return connect({ ...state, standing, monitoring, differences: null }, now);
}

function connect(state: LiveState, now: number): LiveStep {
  const attempt = state.attempt + 1;
  return {
    state: { ...state, attempt, task: { kind: 'connecting', until: now + PATIENCE_MS } },
    effects: [{ do: 'connect', attempt }],
  };
}

function sync(state: LiveState, failures: number, now: number): LiveStep {
  const attempt = state.attempt + 1;
  return {
    state: { ...state, attempt, task: { kind: 'syncing', until: now + PATIENCE_MS, failed: failures } },
    effects: [{ do: 'sync', attempt }],
  };
}

function woken(state: LiveState, now: number): LiveStep {
  const { task } = state;
  switch (task.kind) {
    case 'none':
      return stay(state);
    case 'connectAt':
      return now >= task.t ? connect(state, now) : stay(state);
    case 'syncAt':
      return now >= task.t ? sync(state, task.failed, now) : stay(state);
    case 'connecting':
      return now >= task.until ? notConnected(state, NO_ANSWER, now) : stay(state);
    case 'syncing':
      return now >= task.until ? notSynced(state, task.failed, NO_ANSWER, now) : stay(state);
    default:
      return ensureNever(task);
  }
}

const NO_ANSWER: Failure = {
  code: 'VENUE_UNAVAILABLE',
  message: `The venue did not answer within ${PATIENCE_MS / 1_000} s.`,
};

function disconnected(state: LiveState, now: number): LiveStep {
  return {
    state: {
      ...state,
      standing: doubted(state.standing, 'connection', now),
      task: { kind: 'connectAt', t: now + RECONNECT_EVERY_MS },
    },
    effects: [tell({ kind: 'connectionLost' })],
  };
}

function notConnected(state: LiveState, failure: Failure, now: number): LiveStep {
  if (CRITICAL.has(failure.code)) return failed(state, failure);
  const isNews = state.unreachable !== failure.code;
  return {
    state: {
      ...state,
      unreachable: failure.code,
      task: { kind: 'connectAt', t: now + RECONNECT_EVERY_MS },
    },
    effects: isNews ? [tell({ kind: 'syncFailed', failure })] : [],
  };
}

function synced(state: LiveState, differences: string | null, now: number): LiveStep {
  const { standing, monitoring } = state;
  const next: LiveState = {
    ...state,
    differences,
    task: { kind: 'syncAt', t: now + SYNC_EVERY_MS, failed: 0 },
  };
  if (differences !== null) {
    const isNews = differences !== state.differences || standing.kind !== 'readOnly';
    return {
      state: { ...next, standing: readOnly(standing, 'differences', now) },
      effects: isNews ? [tell({ kind: 'differencesFound', differences })] : [],
    };
  }
  const trouble = troubleOf(standing);
  return {
    state: { ...next, standing: monitoring ? readOnly(standing, 'monitoring', now) : { kind: 'running' } },
    effects: trouble === undefined ? [] : [tell({ kind: 'recovered', ...trouble, to: now })],
  };
}

function notSynced(state: LiveState, failures: number, failure: Failure, now: number): LiveStep {
  if (CRITICAL.has(failure.code)) return failed(state, failure);
  const { standing } = state;
  const wait = RETRY_AFTER_MS[failures];
  if (wait !== undefined)
    return stay({
      ...state,
      standing: doubted(standing, 'sync', now),
      task: { kind: 'syncAt', t: now + wait, failed: failures + 1 },
    });
  const isNews = !(standing.kind === 'readOnly' && standing.reason === 'syncFailed');
  return {
    state: {
      ...state,
      standing: readOnly(standing, 'syncFailed', now),
      task: { kind: 'syncAt', t: now + SYNC_EVERY_MS, failed: failures },
    },
    effects: isNews ? [tell({ kind: 'syncFailed', failure })] : [],
  };
}

function interrupted(state: LiveState, cause: 'sleep' | 'clockJump', from: number, now: number): LiveStep {
  const standing = doubted(state.standing, cause, from);
  // What is under way was begun before: whatever it answers is of then. Timers are of then as well.
  if (isConnected(state)) return sync({ ...state, standing }, 0, now);
  return connect({ ...state, standing }, now);
}

function failed(state: LiveState, failure: Failure): LiveStep {
  return {
    state: { ...state, standing: { kind: 'error', failure }, task: { kind: 'none' } },
    effects: [{ do: 'disconnect' }, tell({ kind: 'stoppedByError', failure })],
  };
}

/** The account is not known for certain any more. A doubt that there was already keeps its cause and its beginning. */
function doubted(standing: Standing, cause: RecoveryCause, since: number): Standing {
  if (standing.kind === 'recovering') return standing;
  if (standing.kind === 'readOnly' && standing.reason === 'syncFailed' && cause === 'sync') return standing;
  return { kind: 'recovering', cause, since };
}

/** Without trading. What has lasted keeps its beginning. */
function readOnly(
  standing: Standing,
  reason: 'monitoring' | 'syncFailed' | 'differences',
  now: number,
): Standing {
  if (standing.kind === 'readOnly' && standing.reason === reason) return standing;
  const since = standing.kind === 'recovering' && reason === 'syncFailed' ? standing.since : now;
  return { kind: 'readOnly', reason, since };
}

/** What is over once a sync agrees; undefined where all was well before. */
function troubleOf(
  standing: Standing,
): { readonly cause: RecoveryCause | 'differences'; readonly from: number } | undefined {
  if (standing.kind === 'recovering') return { cause: standing.cause, from: standing.since };
  if (standing.kind !== 'readOnly' || standing.reason === 'monitoring') return undefined;
  return { cause: standing.reason === 'syncFailed' ? 'sync' : 'differences', from: standing.since };
}
