import type { Machine } from './machine.ts';
import { holdingOf, mintOf } from './tokenAccount.ts';

export interface TokenBalance {
  readonly accountIndex: number;
  readonly mint: string;
  readonly owner: string;
  readonly amount: bigint;
  readonly decimals: number;
}

/** What a transaction's accounts hold, by their index in it. */
export interface Balances {
  readonly lamports: readonly bigint[];
  readonly tokens: readonly TokenBalance[];
}

export function balancesOf(machine: Machine, addresses: readonly string[]): Balances {
  const accounts = addresses.map((address) => machine.read(address));
  return {
    lamports: accounts.map((account) => account?.lamports ?? 0n),
    tokens: accounts.flatMap((account, accountIndex) => {
      const holding = holdingOf(account);
      if (!holding) return [];
      const { mint, owner, amount } = holding;
      return [{ accountIndex, mint, owner, amount, decimals: mintOf(machine.read(mint))?.decimals ?? 0 }];
    }),
  };
}
