import { vaults } from './001-vaults.ts';
import { program } from './002-program.ts';
import { orders } from './003-orders.ts';
import { marketData } from './004-market-data.ts';
import { wallets } from './005-wallets.ts';
import { transactions } from './006-transactions.ts';
import { confirmations } from './007-confirmations.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order; the last one's version is what this program knows. */
export const MIGRATIONS: readonly Migration[] = [
  vaults,
  program,
  orders,
  marketData,
  wallets,
  transactions,
  confirmations,
];
