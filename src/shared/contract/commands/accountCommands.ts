import { z } from 'zod';
import { command } from '../command.ts';
import { positiveDecimal } from '../decimal.ts';
import { notYet } from '../notYet.ts';
import { subAccountNumber, subAccountView } from '../subAccount.ts';
import { walletAddress } from '../walletAddress.ts';

const subAccount = subAccountNumber;
const venue = z.string().min(1).max(40);

export const ACCOUNT_COMMANDS = {
  CREATE_SUBACCOUNT: command({
    about: "Creates a sub-account of the active wallet's owner, which takes SOL for its rent.",
    payload: z.strictObject({ name: z.string().min(1).max(32), venue: venue.optional() }),
    reply: z.strictObject({ subAccount: subAccountView }),
    kind: 'act',
  }),
  LIST_SUBACCOUNTS: command({
    about: "The sub-accounts of an owner, of the active wallet's where none is named.",
    payload: z.strictObject({ venue: venue.optional(), owner: walletAddress.optional() }),
    reply: z.strictObject({ subAccounts: z.array(subAccountView) }),
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
