import { z } from 'zod';
import { command } from '../command.ts';
import { notYet } from '../notYet.ts';

const address = z.string().min(32).max(44);

/** No command carries a secret: wallets are made, imported and unlocked in a window of their own, or on the terminal. */
export const WALLET_COMMANDS = {
  GET_WALLETS: command({
    about: 'The addresses of the wallets, and which one is active.',
    payload: z.strictObject({}),
    reply: notYet,
    kind: 'read',
  }),
  SELECT_WALLET: command({
    about: 'Makes a wallet the active one.',
    payload: z.strictObject({ address }),
    reply: notYet,
    kind: 'act',
  }),
  REMOVE_WALLET: command({
    about: 'Forgets a wallet.',
    payload: z.strictObject({ address }),
    reply: notYet,
    kind: 'act',
  }),
  LOCK_WALLET: command({
    about: 'Locks the active wallet.',
    payload: z.strictObject({}),
    reply: notYet,
    kind: 'settle',
  }),
} as const;
