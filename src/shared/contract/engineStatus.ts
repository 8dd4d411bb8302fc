import { z } from 'zod';
import { confirmationView, standingView } from './confirmation.ts';
import { differencesView } from './difference.ts';
import { engineName, tradingMode } from './engineName.ts';
import { errorReply } from './errorReply.ts';
import { eventEntry } from './eventEntry.ts';
import { healthAlertView } from './healthAlert.ts';

export const ENGINE_STATES = [
  'stopped',
  'starting',
  'running',
  'waiting',
  'recovering',
  'readOnly',
  'stopping',
  'error',
  'halted',
] as const;

/**
 * Where an engine stands. `running` works or holds its hedge; `waiting` is up, but holds nothing until funding pays or an
 * outcome is known; `halted` is SOS, until it is released.
 */
export const engineState = z.enum(ENGINE_STATES);
export type EngineState = z.infer<typeof engineState>;

/** Why the engine looked away: the computer slept, or its clock jumped. */
export const interruption = z.strictObject({
  cause: z.enum(['sleep', 'clockJump']),
  /** Wall time, Unix ms: when it was last watched, and since when it is again. */
  from: z.number(),
  to: z.number(),
});
export type Interruption = z.infer<typeof interruption>;

/** What happened, once. Nothing of it is ever left out for a slow client. */
export const engineEvent = z.discriminatedUnion('kind', [
  /** A new line of the event log: trades, decisions, blocked trades, alerts. */
  z.strictObject({ kind: z.literal('log'), entry: eventEntry }),
  /** A trade by hand that was blocked, or an alert about one: a line of that vault's own event log. */
  z.strictObject({ kind: z.literal('byHand'), entry: eventEntry }),
  /** How far an operation is. */
  z.strictObject({
    kind: z.literal('progress'),
    operationId: z.string(),
    command: z.string(),
    done: z.number(),
    total: z.number(),
  }),
  /** The settings have changed: a window that shows an older revision says so. */
  z.strictObject({ kind: z.literal('settings'), revision: z.number().int() }),
  /**
   * The vault was begun anew, restored from a backup, or is another one (`mode`: paper or live): what was read of it
   * before no longer holds.
   */
  z.strictObject({ kind: z.literal('vault'), reason: z.enum(['reset', 'restored', 'mode']) }),
  /** Wallets were added, changed or removed, or the active one was locked or unlocked. */
  z.strictObject({ kind: z.literal('wallets') }),
  /** The engine was not watched for a while, has synced, and goes on (R9.9, R11.5). */
  z.strictObject({ kind: z.literal('recovered'), interruption }),
  /** A live trade waits for its user's confirmation, until `expiresAt`. */
  z.strictObject({ kind: z.literal('confirmationAsked'), confirmation: confirmationView }),
  /** It waits no more. */
  z.strictObject({
    kind: z.literal('confirmationSettled'),
    confirmationId: z.string(),
    answer: z.enum(['confirmed', 'declined', 'used', 'expired']),
  }),
  /** A standing confirmation was granted, used or revoked; null once there is none. */
  z.strictObject({ kind: z.literal('standingConfirmation'), standing: standingView.nullable() }),
  /** Health of a live account has crossed a limit, either way. */
  z.strictObject({ kind: z.literal('health'), alert: healthAlertView }),
  /** The venue can't be reached: it is tried again every 10 s, and nothing trades (R9.5). */
  z.strictObject({ kind: z.literal('connectionLost'), at: z.number() }),
  /** A sync has failed with all of its retries: trading is disabled until one succeeds (R7.8). */
  z.strictObject({ kind: z.literal('syncFailed'), error: errorReply }),
  /** A live engine has synced, agrees, and goes on (R9.9). Unix ms: since when it did not, and when it was over. */
  z.strictObject({
    kind: z.literal('syncRecovered'),
    cause: z.enum(['start', 'connection', 'sync', 'sleep', 'clockJump', 'differences']),
    from: z.number(),
    to: z.number(),
  }),
  /** Books and chain differ: nothing trades until the user accepts exactly these, or they are gone. */
  z.strictObject({ kind: z.literal('differencesFound'), found: differencesView }),
]);
export type EngineEventMessage = z.infer<typeof engineEvent>;

/** The state of one engine. Times in Unix ms of the wall. */
export const engineStatusData = z.strictObject({
  engine: engineName,
  venue: z.string(),
  subAccount: z.number().int(),
  state: engineState,
  mode: tradingMode,
  /** Since when it runs; null while it doesn't. */
  startedAt: z.number().nullable(),
  uptimeMs: z.number(),
  /** How long the venue took to answer last; null before it was asked. */
  latencyMs: z.number().nullable(),
  error: errorReply.optional(),
  /** Why an engine in `readOnly` does not trade. */
  readOnly: z.enum(['monitoring', 'syncFailed', 'differences']).optional(),
  event: engineEvent.optional(),
});
export type EngineStatusData = z.infer<typeof engineStatusData>;
