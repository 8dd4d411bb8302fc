import { z } from 'zod';
import { command } from '../command.ts';
import { positiveDecimal } from '../decimal.ts';
import { notYet } from '../notYet.ts';

const subAccount = z.number().int().min(0).max(65_535);

export const ACCOUNT_COMMANDS = {
  CREATE_SUBACCOUNT: command({
    about: 'Creates a sub-account.',
    payload: z.strictObject({ name: z.string().min(1).max(32) }),
    reply: notYet,
    kind: 'act',
  }),
  LIST_SUBACCOUNTS: command({
    about: 'Lists the sub-accounts.',
    payload: z.strictObject({}),
    reply: notYet,
    kind: 'read',
  }),
  TRANSFER: command({
    about: 'Moves collateral between sub-accounts.',
    payload: z.strictObject({
      asset: z.enum(['SOL', 'USDC']),
      amount: positiveDecimal,
      from: subAccount,
      to: subAccount,
    }),
    reply: notYet,
    kind: 'act',
  }),
  SET_MARGIN_MODE: command({
    about: 'Cross or isolated margin.',
    payload: z.strictObject({ market: z.string().min(1).max(40), mode: z.enum(['cross', 'isolated']) }),
    reply: notYet,
    kind: 'act',
  }),
  GET_MARGIN_REQUIREMENTS: command({
    about: 'Initial and maintenance margin by market.',
    payload: z.strictObject({ subAccount: subAccount.optional() }),
    reply: notYet,
    kind: 'read',
  }),
  GET_INSURANCE_FUND: command({
    about: "The venue's insurance fund.",
    payload: z.strictObject({}),
    reply: notYet,
    kind: 'read',
  }),
} as const;
