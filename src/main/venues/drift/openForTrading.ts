import { AppError } from '../../../shared/contract/appError.ts';
import type { Chain } from '../solana/chain.ts';
import { messageOf, wireOf, NO_BLOCKHASH, type Web3 } from '../solana/transactions/draft.ts';
import { errorNames, explainProgram, isForgotten } from './programErrors.ts';
import type { SharedClient } from './sharedClient.ts';

/** What the chain answers when it is asked to trade. `closed`: the program no longer knows how, or has gone. */
export type OpenForTrading =
  { readonly kind: 'open' } | { readonly kind: 'closed' | 'paused'; readonly answer: string };

const UNITS = 200_000n;
const NO_SIGNATURE = new Uint8Array(64);

/**
 * Whether the venue trades, from what the chain says: an instruction that does nothing (cancel all orders of an account,
 * which may have none) is tried, and never sent. Throws what the chain throws.
 */
export async function openForTrading(
  client: SharedClient,
  chain: Pick<Chain, 'simulate'>,
  web3: Web3,
  subAccount: number,
): Promise<OpenForTrading> {
  const { drift, signer } = client;
  const instruction = await drift.getCancelOrdersIx(null, null, null, subAccount);
  const draft = { payer: signer, instructions: [instruction], unitLimit: UNITS, unitPrice: 0n, tip: null };
  const { error, logs } = await chain.simulate(wireOf(messageOf(web3, draft, NO_BLOCKHASH), NO_SIGNATURE));
  const { exchangeStatus } = drift.getStateAccount();
  if (error === null)
    return exchangeStatus === 0 ? { kind: 'open' } : { kind: 'paused', answer: 'The exchange is paused.' };
  const { code, message } = explainProgram(error, logs, errorNames(drift));
  if (isForgotten(error)) return { kind: 'closed', answer: message };
  if (code === 'VENUE_CLOSED') return { kind: 'paused', answer: message };
  // Something of the wallet's own, which says nothing of the venue.
  throw new AppError(code, message);
}
