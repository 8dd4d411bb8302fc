import type { Why } from './intent.ts';

/** What a program's error means to a trader; the venue knows its program. Never asked about no error. */
export type Explain = (error: unknown, logs: readonly string[]) => Why;

const TOO_LITTLE_SOL: Why = {
  code: 'INSUFFICIENT_GAS',
  message: 'The wallet has too little SOL for the fee of the transaction.',
};

/** What no program says but the cluster itself. Source: Solana's `TransactionError`. */
const CLUSTER_ERRORS: ReadonlyMap<string, Why> = new Map([
  ['InsufficientFundsForFee', TOO_LITTLE_SOL],
  ['InsufficientFundsForRent', TOO_LITTLE_SOL],
  // Of the payer: a wallet that never had any SOL.
  ['AccountNotFound', TOO_LITTLE_SOL],
  [
    'BlockhashNotFound',
    { code: 'VENUE_UNAVAILABLE', message: 'The node that was asked is not up to date. Try again.' },
  ],
]);

/** The cluster's own errors in words, and the program's by the venue. */
export function whyOf(error: unknown, logs: readonly string[], explain: Explain): Why {
  const own = CLUSTER_ERRORS.get(nameOf(error));
  if (own !== undefined) return own;
  try {
    return explain(error, logs);
  } catch {
    // An outcome must not be lost over its words.
    return { code: 'INTERNAL', message: `The program refused it: ${JSON.stringify(error)}.` };
  }
}

function nameOf(error: unknown): string {
  if (typeof error === 'string') return error;
  return typeof error === 'object' && error !== null ? (Object.keys(error)[0] ?? '') : '';
}
