import { z } from 'zod';
import { command } from '../command.ts';
import { confirmationView, standingTerms, standingView } from '../confirmation.ts';
import { differencesView } from '../difference.ts';
import { engineName } from '../engineName.ts';
import { liveCheck } from '../liveCheck.ts';
import { orderView } from '../orders.ts';
import { subAccountNumber } from '../subAccount.ts';
import { walletAddress } from '../walletAddress.ts';
import { vaultView } from './vaultCommands.ts';

const confirmationId = z.string().min(1).max(64);

/** What live trading asks of its user: checks, confirmations, and what to make of differences. */
export const LIVE_COMMANDS = {
  CHECK_LIVE: command({
    about:
      'Looks at everything that going live depends on, and changes nothing. An engine goes live only with no check failed and none unknown.',
    payload: z.strictObject({
      engine: engineName,
      venue: z.string().min(1).max(40),
      subAccount: subAccountNumber,
      purpose: z.enum(['trading', 'monitoring']),
      /** Whose account; left out, the active wallet's. */
      owner: walletAddress.optional(),
      /** What the sub-account holds in the engine's markets is handed over to it. */
      handOver: z.boolean().optional(),
      /** What is about to be granted. */
      standing: standingTerms.optional(),
    }),
    reply: z.strictObject({
      checks: z.array(liveCheck),
      mayGoLive: z.boolean(),
      /** Unix ms. */
      checkedAt: z.number(),
    }),
    kind: 'read',
  }),
  CONFIRM_TRADE: command({
    about:
      'Confirms exactly the trade that was asked about, once, within 60 s of the question. It is then made.',
    payload: z.strictObject({ confirmationId }),
    reply: z.strictObject({
      confirmation: confirmationView,
      /** The order that was placed by hand; null for a trade of the engine, which its events tell of. */
      order: orderView.nullable(),
    }),
    kind: 'act',
  }),
  DECLINE_TRADE: command({
    about: 'Declines a trade that was asked about: it is not made.',
    payload: z.strictObject({ confirmationId }),
    reply: z.strictObject({ confirmation: confirmationView }),
    kind: 'act',
  }),
  GET_CONFIRMATIONS: command({
    about: 'The trades that wait for a confirmation, oldest first, and the standing confirmations.',
    payload: z.strictObject({}),
    reply: z.strictObject({ open: z.array(confirmationView), standing: z.array(standingView) }),
    kind: 'read',
  }),
  GRANT_STANDING_CONFIRMATION: command({
    about:
      'Lets an engine that is live trade without asking, up to so much a trade and so much in any 24 hours, until a date. It takes the place of the one before, and what was used of that stays used.',
    payload: z.strictObject({ engine: engineName, standing: standingTerms }),
    reply: z.strictObject({ standing: standingView }),
    kind: 'act',
  }),
  REVOKE_STANDING_CONFIRMATION: command({
    about: 'Ends a standing confirmation at once.',
    payload: z.strictObject({ engine: engineName }),
    reply: z.strictObject({ revoked: z.literal(true) }),
    kind: 'settle',
  }),
  GET_DIFFERENCES: command({
    about: 'What the books and the chain do not say alike as of the last sync; null where they agree.',
    payload: z.strictObject({ engine: engineName }),
    reply: z.strictObject({ differences: differencesView.nullable() }),
    kind: 'read',
  }),
  ACCEPT_DIFFERENCES: command({
    about:
      'Takes differences into the books as what they are, after a fresh sync: exactly those that are named, or none.',
    payload: z.strictObject({ engine: engineName, name: z.string().min(1).max(64) }),
    reply: z.strictObject({ vault: vaultView }),
    kind: 'act',
  }),
} as const;
