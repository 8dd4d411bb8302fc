import type { z } from 'zod';
import { ACCOUNT_COMMANDS } from './commands/accountCommands.ts';
import { APP_COMMANDS } from './commands/appCommands.ts';
import { CAPITAL_COMMANDS } from './commands/capitalCommands.ts';
import { ENGINE_COMMANDS } from './commands/engineCommands.ts';
import { LIVE_COMMANDS } from './commands/liveCommands.ts';
import { MARKET_COMMANDS } from './commands/marketCommands.ts';
import { OPERATION_COMMANDS } from './commands/operationCommands.ts';
import { ORDER_COMMANDS } from './commands/orderCommands.ts';
import { PORTFOLIO_COMMANDS } from './commands/portfolioCommands.ts';
import { STRATEGY_COMMANDS } from './commands/strategyCommands.ts';
import { VAULT_COMMANDS } from './commands/vaultCommands.ts';
import { WALLET_COMMANDS } from './commands/walletCommands.ts';

/** The groups of the command set, as docs/commands.md lists them. */
export const COMMAND_GROUPS = {
  Engine: ENGINE_COMMANDS,
  'Live trading': LIVE_COMMANDS,
  Operations: OPERATION_COMMANDS,
  Vaults: VAULT_COMMANDS,
  'Capital and positions': CAPITAL_COMMANDS,
  Orders: ORDER_COMMANDS,
  Market: MARKET_COMMANDS,
  Portfolio: PORTFOLIO_COMMANDS,
  Account: ACCOUNT_COMMANDS,
  Strategy: STRATEGY_COMMANDS,
  Wallet: WALLET_COMMANDS,
  App: APP_COMMANDS,
} as const;

/** The whole command set. A command that has no handler does not compile. */
export const COMMANDS = {
  ...ENGINE_COMMANDS,
  ...LIVE_COMMANDS,
  ...OPERATION_COMMANDS,
  ...VAULT_COMMANDS,
  ...CAPITAL_COMMANDS,
  ...ORDER_COMMANDS,
  ...MARKET_COMMANDS,
  ...PORTFOLIO_COMMANDS,
  ...ACCOUNT_COMMANDS,
  ...STRATEGY_COMMANDS,
  ...WALLET_COMMANDS,
  ...APP_COMMANDS,
} as const;

export type CommandName = keyof typeof COMMANDS;
export type PayloadOf<Name extends CommandName> = z.infer<(typeof COMMANDS)[Name]['payload']>;
export type ReplyOf<Name extends CommandName> = z.infer<(typeof COMMANDS)[Name]['reply']>;

export const isCommandName = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);
