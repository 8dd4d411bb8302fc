import { AppError } from '../../../../shared/contract/appError.ts';
import { isSignedBy } from '../../../custody/address.ts';
import { base58Encode } from '../../../custody/base58.ts';
import type { Logger } from '../../../platform/logger.ts';
import type { Chain } from '../chain.ts';
import type { SignedTransaction } from './attempt.ts';
import { messageOf, wireOf, type Draft, type Web3 } from './draft.ts';
import { Refused } from './refused.ts';

/** Signs the message of a transaction; the wallet desk does. */
export type Sign = (
  message: Uint8Array,
) => Promise<{ readonly signature: Uint8Array; readonly words: readonly string[] }>;

export interface SignParts {
  readonly chain: Pick<Chain, 'latestBlockhash' | 'blockHeight'>;
  readonly web3: Web3;
  readonly sign: Sign;
  readonly log: Logger;
}

/** A blockhash lives for so many blocks. Source: Solana's `MAX_PROCESSING_AGE`. */
const BLOCKHASH_BLOCKS = 150;

/**
 * Signs a draft over the newest blockhash. Where the signer's budget of the day is used up, it is asked once more without
 * priority and tip, which takes nothing from it; nothing was signed before. Throws what the signer and the chain throw.
 */
export async function signDraft(
  draft: Draft,
  parts: SignParts,
): Promise<{ readonly signed: SignedTransaction; readonly draft: Draft }> {
  const { chain, web3, log } = parts;
  const [life, height] = await Promise.all([chain.latestBlockhash(), chain.blockHeight('confirmed')]);
  // A node that said too low a height would have us take it for expired while it can still land. Nothing is newer than the
  // newest block, so that this is never too low.
  const lastValidBlockHeight = Math.max(life.lastValidBlockHeight, height + BLOCKHASH_BLOCKS);
  const signedBy = async (one: Draft): Promise<SignedTransaction> => {
    const message = messageOf(web3, one, life.blockhash);
    const { signature } = await parts.sign(message);
    if (!isSignedBy(one.payer, message, signature)) throw strangeSignature();
    return { signature: base58(signature), lastValidBlockHeight, wire: wireOf(message, signature) };
  };
  try {
    return { signed: await signedBy(draft), draft };
  } catch (error) {
    if (!isOverBudget(error)) throw error;
    log.warn('The budget of the day is used up: sent without priority and tip.', { error });
    const free: Draft = { ...draft, unitPrice: 0n, tip: null };
    return { signed: await signedBy(free), draft: free };
  }
}

const isOverBudget = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'TRANSACTION_REFUSED' && error.details['reason'] === 'budget';

const strangeSignature = (): Refused =>
  new Refused({
    code: 'SIGNER_UNAVAILABLE',
    message: 'The process that holds the keys gave a signature that does not fit. Nothing was sent.',
  });

const base58 = (bytes: Uint8Array): string => Buffer.from(base58Encode(bytes)).toString('ascii');
