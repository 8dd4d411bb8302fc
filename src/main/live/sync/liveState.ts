import type { ErrorCode } from '../../../shared/contract/errorCodes.ts';

/** Why something did not work, as a trader is told. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Why a live engine has to look at its account again before it may trade. */
export type RecoveryCause = 'start' | 'connection' | 'sync' | 'sleep' | 'clockJump';

/** What a live engine may do. It trades in `running` and in nothing else. */
export type Standing =
  | { readonly kind: 'stopped' }
  /** Since `since` (Unix ms) its account is not known for certain: no live trade is made (R9.10, R11.5). */
  | { readonly kind: 'recovering'; readonly cause: RecoveryCause; readonly since: number }
  | { readonly kind: 'running' }
  /** Watches, and may trade: no key, a sync that keeps failing (R7.8), or differences that nobody has accepted. */
  | {
      readonly kind: 'readOnly';
      readonly reason: 'monitoring' | 'syncFailed' | 'differences';
      readonly since: number;
    }
  /** A critical error has stopped it (R9.7). */
  | { readonly kind: 'error'; readonly failure: Failure };

/** What is under way, or when the next thing is due. Times in Unix ms. */
export type Task =
  | { readonly kind: 'none' }
  | { readonly kind: 'connectAt'; readonly t: number }
  /** Counts as failed when it has not ended by `until`. */
  | { readonly kind: 'connecting'; readonly until: number }
  | { readonly kind: 'syncAt'; readonly t: number; readonly failed: number }
  /** `failed`: how often in a row it has failed before. */
  | { readonly kind: 'syncing'; readonly until: number; readonly failed: number };

/** Where a live engine stands. Plain data; nothing of it outlives the process, for every start recovers first. */
export interface LiveState {
  readonly standing: Standing;
  readonly task: Task;
  /** Number of the last attempt. What an earlier one found out is no longer true of now, and is not listened to. */
  readonly attempt: number;
  /** Watches and never trades: started without trading permission (R2.1). */
  readonly monitoring: boolean;
  /** Name of the differences that were told last; null where there are none. */
  readonly differences: string | null;
  /** Why it could not connect, as it was told last; null where it could. */
  readonly unreachable: ErrorCode | null;
}

export const STOPPED: LiveState = {
  standing: { kind: 'stopped' },
  task: { kind: 'none' },
  attempt: 0,
  monitoring: false,
  differences: null,
  unreachable: null,
};

/** What happens to a live engine. A result names the attempt that it is of. */
export type LiveEvent =
  | { readonly type: 'start'; readonly monitoring: boolean }
  | { readonly type: 'stop' }
  /** The time of {@link wakeAt} has come. Coming early or twice does no harm. */
  | { readonly type: 'wake' }
  | { readonly type: 'connected'; readonly attempt: number }
  | { readonly type: 'connectFailed'; readonly attempt: number; readonly failure: Failure }
  | { readonly type: 'connectionLost' }
  /** The account was read and compared. `differences` names what does not agree; null where all does. */
  | { readonly type: 'synced'; readonly attempt: number; readonly differences: string | null }
  | { readonly type: 'syncFailed'; readonly attempt: number; readonly failure: Failure }
  /** The user asks for a sync, or has accepted differences: the account is read again at once. */
  | { readonly type: 'syncAsked' }
  /** The computer slept, or its clock jumped. `from`: when it was last watched. */
  | { readonly type: 'interrupted'; readonly cause: 'sleep' | 'clockJump'; readonly from: number }
  /** Found out elsewhere: the wallet was removed, the sub-account is gone. */
  | { readonly type: 'critical'; readonly failure: Failure };

/** What a live engine tells once. */
export type LiveNote =
  | { readonly kind: 'connectionLost' }
  /** The sync has failed with all of its retries, or there is no connection to sync over: trading is off until it succeeds. */
  | { readonly kind: 'syncFailed'; readonly failure: Failure }
  | { readonly kind: 'differencesFound'; readonly differences: string }
  /** It goes on: synced, and in agreement. `from` and `to` in Unix ms. */
  | {
      readonly kind: 'recovered';
      readonly cause: RecoveryCause | 'differences';
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'stoppedByError'; readonly failure: Failure };

/** What is to be done next, in order. */
export type LiveEffect =
  | { readonly do: 'connect'; readonly attempt: number }
  /** Journal, open orders, positions and balances against the chain; answered by `synced` or `syncFailed`. */
  | { readonly do: 'sync'; readonly attempt: number }
  | { readonly do: 'disconnect' }
  | { readonly do: 'tell'; readonly note: LiveNote };

/** Whether a live trade may be made (R9.10, R7.8). What is in flight is not touched by it. */
export const mayTrade = ({ standing }: LiveState): boolean => standing.kind === 'running';

/** When `wake` is due, Unix ms; null where nothing waits. */
export function wakeAt({ task }: LiveState): number | null {
  switch (task.kind) {
    case 'none':
      return null;
    case 'connectAt':
    case 'syncAt':
      return task.t;
    case 'connecting':
    case 'syncing':
      return task.until;
  }
}
