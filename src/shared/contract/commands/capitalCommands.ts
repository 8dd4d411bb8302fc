import { z } from 'zod';
import { command } from '../command.ts';
import { decimal, positiveDecimal } from '../decimal.ts';
import { orderView } from '../orders.ts';
import { subAccountNumber } from '../subAccount.ts';
import { vaultView } from './vaultCommands.ts';

const asset = z.enum(['SOL', 'USDC']);
const subAccount = subAccountNumber.optional();
const market = z.string().min(1).max(40);
const transfer = z.strictObject({ asset, amount: positiveDecimal, subAccount });

export const CAPITAL_COMMANDS = {
  DRIFT_DEPOSIT: command({
    about: 'Puts capital into the vault. On paper it comes from nowhere; the rules are the same.',
    payload: transfer,
    reply: z.strictObject({ vault: vaultView }),
    kind: 'act',
  }),
  DRIFT_WITHDRAW: command({
    about: 'Takes capital out of the vault, as far as margin and health allow.',
    payload: transfer,
    reply: z.strictObject({ vault: vaultView }),
    kind: 'act',
  }),
  DRIFT_OPEN_POSITION: command({
    about: 'Opens a position by hand, with a market order in the sub-account that is traded by hand.',
    payload: z.strictObject({ market, direction: z.enum(['long', 'short']), size: positiveDecimal }),
    reply: z.strictObject({ order: orderView }),
    kind: 'act',
  }),
  DRIFT_CLOSE_POSITION: command({
    about:
      'Closes a position that was opened by hand, or "ALL" of them, reduce-only; with `sellSpot` the SOL too.',
    payload: z.strictObject({ market, sellSpot: z.boolean().optional() }),
    reply: z.strictObject({ orders: z.array(orderView) }),
    kind: 'act',
  }),
  DRIFT_SETTLE_PNL: command({
    about: 'Settles the unsettled PnL of a market that is traded by hand into collateral.',
    payload: z.strictObject({ market }),
    reply: z.strictObject({ settled: decimal }),
    kind: 'act',
  }),
} as const;
