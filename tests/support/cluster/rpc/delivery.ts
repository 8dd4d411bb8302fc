import { BLOCKHASH_LIFE } from '../chain/blockhashes.ts';
import type { Chain } from '../chain/chain.ts';
import type { WireTransaction } from '../chain/wireTransaction.ts';
import type { Faults } from './faults.ts';

const METHOD = 'sendTransaction';

/** Lets as many blocks go by as a blockhash is good for, where the switch for it is on. */
export function outliveBlockhash(chain: Chain, faults: Faults): void {
  if (faults.take('blockhashExpires', METHOD)) chain.advance(BLOCKHASH_LIFE + 1);
}

/** The way of a transaction from a node that has taken it to a block, and what can happen to it there. */
export function deliver(transaction: WireTransaction, chain: Chain, faults: Faults): void {
  if (faults.take('dropped', METHOD)) return;
  const late = faults.hit('late', METHOD);
  if (late) {
    late.hold(() => chain.land(transaction));
    return;
  }
  const reordered = faults.hit('reordered', METHOD);
  if (reordered && reordered.hits % 2 === 1) {
    reordered.hold(() => chain.land(transaction));
    return;
  }
  chain.land(transaction);
  reordered?.release();
  if (faults.take('duplicated', METHOD)) chain.land(transaction);
}
