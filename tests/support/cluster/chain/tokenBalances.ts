import type { TokenBalance } from './ledger.ts';
import type { Machine } from './machine.ts';
import { holdingOf, mintOf } from './tokenAccount.ts';

/** What those accounts of a transaction hold that are token accounts. */
export function tokenBalances(machine: Machine, addresses: readonly string[]): TokenBalance[] {
  return addresses.flatMap((address, accountIndex) => {
    const holding = holdingOf(machine.read(address));
    if (!holding) return [];
    const { mint, owner, amount } = holding;
    return [{ accountIndex, mint, owner, amount, decimals: mintOf(machine.read(mint))?.decimals ?? 0 }];
  });
}
