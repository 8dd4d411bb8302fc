import type { Logger } from '../../../platform/logger.ts';
import type { Cancel, Schedule } from '../../../platform/schedule.ts';
import type { Chain } from '../chain.ts';
import type { SignedTransaction } from './attempt.ts';
import type { Bundles } from './bundles.ts';

export interface BroadcastParts {
  readonly chain: Pick<Chain, 'send'>;
  readonly schedule: Schedule;
  readonly log: Logger;
}

/** R4.6. */
const BUNDLE_TRIES = 3;
/** A leader forgets what it had no room for, so it is told again. */
const REPEAT_MS = 2_000;
/** After a bundle that wasn't taken: a block engine takes one a second. */
const RETRY_MS = 1_000;

/**
 * Sends the same signed bytes until it is told to stop: as a bundle first, where there is a way for it, and over plain RPC
 * from the fourth time on. A bundle that was taken and hasn't shown up by the next round counts as a try like one that was
 * refused. Both ways carry the same signature, so that it lands once whichever arrives, with the tip that is in it.
 */
export class Broadcast {
  readonly #signed: SignedTransaction;
  readonly #parts: BroadcastParts;
  readonly #bundles: Bundles | undefined;
  #tries = 0;
  #isStopped = false;
  #sleep: Cancel = () => undefined;

  constructor(signed: SignedTransaction, bundles: Bundles | undefined, parts: BroadcastParts) {
    this.#signed = signed;
    this.#bundles = bundles;
    this.#parts = parts;
    void this.#round();
  }

  /** Nothing more is sent. What is under way can't be called back, and does no harm. */
  stop(): void {
    this.#isStopped = true;
    this.#sleep();
  }

  async #round(): Promise<void> {
    const bundles = this.#tries < BUNDLE_TRIES ? this.#bundles : undefined;
    this.#tries += 1;
    const isTaken = await this.#sent(bundles ?? this.#parts.chain);
    if (this.#isStopped) return;
    const wait = bundles === undefined || isTaken ? REPEAT_MS : RETRY_MS;
    this.#sleep = this.#parts.schedule.after(wait, () => void this.#round());
  }

  /** An answer of any kind says nothing about whether it lands, so that none of them ends anything. */
  async #sent(way: Pick<Chain, 'send'>): Promise<boolean> {
    const { signature, wire } = this.#signed;
    try {
      await way.send(wire);
      return true;
    } catch (error) {
      this.#parts.log.warn('A transaction was not taken; it is sent again.', {
        signature,
        round: this.#tries,
        error,
      });
      return false;
    }
  }
}
