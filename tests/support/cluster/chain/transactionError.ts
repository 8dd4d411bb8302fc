import type { FailedTransactionMetadata } from 'litesvm';

/** An error of a transaction, as JSON-RPC spells it: `"BlockhashNotFound"`, `{ "InstructionError": [0, { "Custom": 1 }] }`. */
export type TransactionError =
  | string
  | { readonly InstructionError: readonly [number, string | { readonly Custom: number }] }
  | { readonly InsufficientFundsForRent: { readonly account_index: number } };

export const customError = (instruction: number, code: number): TransactionError => ({
  InstructionError: [instruction, { Custom: code }],
});

/**
 * The error in JSON-RPC's spelling. The binding gives numbers of an enum that isn't there at run time; the text that it
 * prints has the names.
 */
export function errorOf(failed: FailedTransactionMetadata): TransactionError {
  const text = /err: (.*?), meta: TransactionMetadata/s.exec(failed.toString())?.[1] ?? 'Unknown';
  const custom = /^InstructionError\((\d+), Custom\((\d+)\)\)$/.exec(text);
  if (custom) return customError(Number(custom[1]), Number(custom[2]));
  const instruction = /^InstructionError\((\d+), (\w+)/.exec(text);
  if (instruction) return { InstructionError: [Number(instruction[1]), instruction[2] ?? 'GenericError'] };
  const rent = /^InsufficientFundsForRent \{ account_index: (\d+) \}$/.exec(text);
  if (rent) return { InsufficientFundsForRent: { account_index: Number(rent[1]) } };
  return text;
}
