import { readMessage } from '../../../custody/policy/message.ts';
import { messageIn } from './draft.ts';
import type { Intent } from './intent.ts';

/** What of a transaction a log shows (R3.10): addresses, and never a key that signs. */
export interface TransactionDetails {
  readonly programs: readonly string[];
  readonly accounts: readonly string[];
}

/** Of a transaction that wasn't signed. */
export function detailsOf({ instructions }: Pick<Intent, 'instructions'>): TransactionDetails {
  const accounts = instructions.flatMap(({ keys }) => keys.map(({ pubkey }) => pubkey.toBase58()));
  return {
    programs: unique(instructions.map(({ programId }) => programId.toBase58())),
    accounts: unique(accounts),
  };
}

/** Of signed bytes, as they stand in the journal. A line of the log is no reason to fail: none of what can't be read. */
export function detailsIn(wire: Uint8Array): TransactionDetails {
  try {
    const { keys, instructions } = readMessage(messageIn(wire));
    const programs = unique(instructions.map(({ program }) => keys[program] ?? ''));
    return { programs, accounts: keys.filter((key) => !programs.includes(key)) };
  } catch {
    return { programs: [], accounts: [] };
  }
}

const unique = (addresses: readonly string[]): readonly string[] => [...new Set(addresses)];
