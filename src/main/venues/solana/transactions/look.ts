import type { Chain, LandedTransaction, SignatureStatus } from '../chain.ts';
import type { SignedTransaction } from './attempt.ts';

/** What the chain says of a signature. */
export type Sighting =
  | { readonly kind: 'shown'; readonly transaction: LandedTransaction }
  | { readonly kind: 'absent'; readonly finalizedHeight: number }
  /** Neither yet. `canLand`: whether there is still a block for it. */
  | { readonly kind: 'pending'; readonly canLand: boolean; readonly cause: string };

const UNSEEN = 'No node has seen it in a block so far, and it can still land.';
const ON_A_FORK = 'A node has seen it in a block that is not confirmed yet.';
const NOT_SHOWN = 'A node says that it is confirmed, and none shows it as that.';

/**
 * Looks for a signature. Throws what the chain throws.
 * @param mayBeOver whether enough time has passed for its blockhash to be dead; each node is asked for its height then
 */
export async function look(
  chain: Chain,
  { signature, lastValidBlockHeight }: SignedTransaction,
  mayBeOver: boolean,
): Promise<Sighting> {
  const [status = null] = await chain.statuses([signature]);
  if (status !== null) return await seen(chain, signature, status);
  if (!mayBeOver) return { kind: 'pending', canLand: true, cause: UNSEEN };
  // In this order: what is asked for before the height is known may land in between (see `after` of an attempt).
  const finalizedHeight = await chain.blockHeight('finalized');
  if (finalizedHeight <= lastValidBlockHeight) return { kind: 'pending', canLand: true, cause: UNSEEN };
  const word = await chain.statusEverywhere(signature);
  return word === null ? { kind: 'absent', finalizedHeight } : await seen(chain, signature, word, false);
}

/**
 * A status is one node's word. It is believed once the transaction itself is shown, as a success where the status says so
 * and as a failure where it says that. `processed` is no outcome: a fork may still take the block back.
 */
async function seen(
  chain: Chain,
  signature: string,
  status: SignatureStatus,
  canLand = true,
): Promise<Sighting> {
  if (status.commitment === 'processed') return { kind: 'pending', canLand, cause: ON_A_FORK };
  const transaction = await chain.transaction(signature);
  const isShown =
    transaction?.signature === signature && (transaction.error === null) === (status.error === null);
  return isShown ? { kind: 'shown', transaction } : { kind: 'pending', canLand, cause: NOT_SHOWN };
}
