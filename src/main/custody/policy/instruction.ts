import type { Address } from '../address.ts';
import type { Message } from './message.ts';
import { refuse } from './refusal.ts';

/** An instruction with the addresses that it is about. */
export interface Instruction {
  readonly program: Address;
  readonly accounts: readonly Address[];
  readonly data: Uint8Array;
}

/** Throws a Refusal, `lookupTable`, where a message names a table, even one that no instruction uses. */
export function instructionsOf({ keys, instructions, lookups }: Message): readonly Instruction[] {
  const at = (index: number): Address =>
    keys[index] ?? refuse('lookupTable', 'An account stands behind a lookup table.');
  if (lookups.length > 0)
    refuse('lookupTable', 'Accounts stand behind a lookup table, where it can not be known which they are.');
  return instructions.map(({ program, accounts, data }) => ({
    program: at(program),
    accounts: accounts.map(at),
    data,
  }));
}

/** The accounts of an instruction that takes just so many. Throws a Refusal, `account`. */
export function exactly<Count extends keyof Accounts>(
  count: Count,
  { accounts }: Instruction,
): Accounts[Count] {
  if (accounts.length !== count)
    refuse('account', `An instruction has ${accounts.length} accounts instead of ${count}.`);
  return accounts as Accounts[Count];
}

interface Accounts {
  readonly 1: readonly [Address];
  readonly 2: readonly [Address, Address];
  readonly 3: readonly [Address, Address, Address];
  readonly 4: readonly [Address, Address, Address, Address];
  readonly 6: readonly [Address, Address, Address, Address, Address, Address];
}
