import { z } from 'zod';
import { command } from '../command.ts';
import { standingTerms } from '../confirmation.ts';
import { engineName, tradingMode } from '../engineName.ts';
import { engineStatusData } from '../engineStatus.ts';
import { fundingUpdateData } from '../fundingUpdate.ts';
import { MAX_SPEED } from '../clockSpeed.ts';
import { subAccountNumber } from '../subAccount.ts';
import { walletAddress } from '../walletAddress.ts';

/** How an engine goes live. */
const goingLive = z.discriminatedUnion('purpose', [
  z.strictObject({
    purpose: z.literal('trading'),
    /** Typed by the user, after the checks were read. */
    typed: z.literal('LIVE'),
    /** What the engine may trade without asking; null for nothing. */
    standing: standingTerms.nullable(),
    /** What the sub-account holds in the engine's markets is handed over to it. */
    handOver: z.boolean().optional(),
  }),
  z.strictObject({
    purpose: z.literal('monitoring'),
    /** Whose account is watched; left out, the active wallet's. */
    owner: walletAddress.optional(),
  }),
]);

const status = z.strictObject({ status: engineStatusData });

/** Everything that a client has to know to show an engine from scratch. */
export const statusSnapshot = z.strictObject({
  protocol: z.number().int(),
  appVersion: z.string(),
  /** Another one than before: the program was restarted, and `seq` began anew. */
  instanceId: z.string(),
  /** The last number that this connection was sent. */
  seq: z.number().int(),
  /** Whether nobody has chosen a market and capital yet. */
  firstRun: z.boolean(),
  settingsRevision: z.number().int(),
  engines: z.array(z.strictObject({ status: engineStatusData, funding: fundingUpdateData.nullable() })),
});
export type StatusSnapshot = z.infer<typeof statusSnapshot>;

export const ENGINE_COMMANDS = {
  START_ENGINE: command({
    about:
      'Starts an engine. Live needs `live`: to trade, the word LIVE as it was typed and what is granted; to only watch, nothing more.',
    payload: z
      .strictObject({
        engine: engineName,
        mode: tradingMode,
        venue: z.string().max(40).optional(),
        subAccount: subAccountNumber.optional(),
        live: goingLive.optional(),
      })
      .refine(({ mode, live }) => (mode === 'live') === (live !== undefined), {
        message: 'goes with the mode "live", and only with it',
        path: ['live'],
      }),
    reply: status,
    kind: 'act',
  }),
  STOP_ENGINE: command({
    about:
      'Stops an engine gracefully: what is in flight completes or is recorded as unknown. Positions stay.',
    payload: z.strictObject({ engine: engineName }),
    reply: status,
    kind: 'act',
  }),
  RESTART_ENGINE: command({
    about: 'Stops an engine, reads its state back from the disk, and starts it.',
    payload: z.strictObject({ engine: engineName }),
    reply: status,
    kind: 'act',
  }),
  UPDATE_CONFIG: command({
    about: 'Changes settings of one engine, by name; null takes the default. All of them or none.',
    payload: z.strictObject({
      engine: engineName,
      config: z.record(z.string().max(80), z.string().max(2_000).nullable()),
    }),
    reply: z.strictObject({ revision: z.number().int() }),
    kind: 'act',
  }),
  GET_STATUS: command({
    about: 'A whole snapshot, from which a client that missed something goes on.',
    payload: z.strictObject({}),
    reply: statusSnapshot,
    kind: 'read',
  }),
  REQUEST_SYNC: command({
    about: 'Takes in what the venue says, for every engine, and compares it with the vault.',
    payload: z.strictObject({}),
    reply: z.strictObject({ syncedAt: z.number(), vaults: z.number().int() }),
    kind: 'read',
  }),
  SOS: command({
    about:
      'Stops all trading and cancels all orders, at once; with `flatten` closes both legs. Lasts until released.',
    payload: z.strictObject({ flatten: z.boolean() }),
    reply: z.strictObject({
      halted: z.literal(true),
      /** Whether nothing is held any more; null where it was not asked for. */
      flat: z.boolean().nullable(),
    }),
    kind: 'settle',
  }),
  RELEASE_SOS: command({
    about: 'Ends an SOS: the engine goes on as it stood before.',
    payload: z.strictObject({}),
    reply: z.strictObject({ halted: z.literal(false) }),
    kind: 'act',
  }),
  SET_CLOCK: command({
    about:
      'Paper only: how many times faster than life the market runs, "pause", or "nextFunding" (on to the next full hour).',
    payload: z.strictObject({
      speed: z.union([z.number().int().min(1).max(MAX_SPEED), z.enum(['pause', 'nextFunding'])]),
    }),
    reply: z.strictObject({ speed: z.number(), paused: z.boolean(), rushing: z.boolean() }),
    kind: 'act',
  }),
} as const;
