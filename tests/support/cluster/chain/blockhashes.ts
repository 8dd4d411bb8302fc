import { createHash } from 'node:crypto';

import { base58Text } from './base58Text.ts';

/** Blocks for which a blockhash is good, as on Solana. */
export const BLOCKHASH_LIFE = 150;

/** One blockhash a block, each a function of its height: a chain that is put back gives the same ones again. */
export class Blockhashes {
  readonly #at = new Map<number, string>();

  at(height: number): string {
    const known = this.#at.get(height);
    if (known !== undefined) return known;
    const made = base58Text(createHash('sha256').update(`block ${height}`).digest());
    this.#at.set(height, made);
    return made;
  }

  /** Whether a transaction with this blockhash may be in the block after `height`. */
  isValid(blockhash: string, height: number): boolean {
    for (let each = height; each >= Math.max(0, height - BLOCKHASH_LIFE); each--)
      if (this.at(each) === blockhash) return true;
    return false;
  }
}
