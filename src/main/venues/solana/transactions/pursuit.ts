import type { Logger } from '../../../platform/logger.ts';
import type { Cancel, Schedule } from '../../../platform/schedule.ts';
import type { Chain } from '../chain.ts';
import type { SignedTransaction } from './attempt.ts';
import { Broadcast } from './broadcast.ts';
import type { Bundles } from './bundles.ts';
import { look, type Sighting } from './look.ts';

/** R3.5. A blockhash lives for twice as long, so that nothing expires in it that was just signed. */
const CONFIRMATION_MS = 30_000;
/** R9.3. */
const FOLLOW_UP_MS = 60_000;
const LOOK_EVERY_MS = 1_000;
const NO_ANSWER = 'No node has answered what became of it.';

export interface PursuitParts {
  readonly chain: Chain;
  readonly schedule: Schedule;
  readonly log: Logger;
}

/** How it was let out, which decides what is sent first. */
export interface LetOut {
  /** Just signed. Otherwise it may have been out for long, and is sent again only while it can land. */
  readonly isFresh: boolean;
  /** Where it goes out as a bundle. */
  readonly bundles: Bundles | undefined;
}

export type PursuitEnd =
  | Exclude<Sighting, { kind: 'pending' }>
  | { readonly kind: 'gaveUp'; readonly cause: string }
  | { readonly kind: 'closed' };

/**
 * One signed transaction, sent and looked for until the chain has shown what became of it, or time is up. A node that hangs
 * holds up neither the sending nor the end.
 */
export class Pursuit {
  readonly #signed: SignedTransaction;
  readonly #parts: PursuitParts;
  readonly #end = Promise.withResolvers<PursuitEnd>();
  #isOver = false;
  #broadcast: Broadcast | undefined;
  #mayBroadcast = true;
  #mayBeOver: boolean;
  #cause = NO_ANSWER;
  #nextLook: Cancel = () => undefined;
  #deadline: Cancel;

  constructor(signed: SignedTransaction, letOut: LetOut, parts: PursuitParts) {
    this.#signed = signed;
    this.#parts = parts;
    this.#mayBeOver = !letOut.isFresh;
    this.#deadline = parts.schedule.after(CONFIRMATION_MS, () => {
      this.#followUp();
    });
    if (letOut.isFresh) this.#send(letOut.bundles);
    void this.#look();
  }

  /** Never rejects. */
  get end(): Promise<PursuitEnd> {
    return this.#end.promise;
  }

  close(): void {
    this.#finish({ kind: 'closed' });
  }

  async #look(): Promise<void> {
    const sighting = await this.#sighting();
    if (this.#isOver) return;
    if (sighting !== undefined && sighting.kind !== 'pending') {
      this.#finish(sighting);
      return;
    }
    this.#cause = sighting?.cause ?? NO_ANSWER;
    if (sighting?.canLand === true) this.#send(undefined);
    if (sighting?.canLand === false) this.#stopSending();
    this.#nextLook = this.#parts.schedule.after(LOOK_EVERY_MS, () => void this.#look());
  }

  /** Undefined where nobody answers. */
  async #sighting(): Promise<Sighting | undefined> {
    const { chain, log } = this.#parts;
    try {
      return await look(chain, this.#signed, this.#mayBeOver);
    } catch (error) {
      log.warn('What became of a transaction could not be asked.', {
        signature: this.#signed.signature,
        error,
      });
      return undefined;
    }
  }

  #send(bundles: Bundles | undefined): void {
    if (!this.#mayBroadcast) return;
    this.#broadcast ??= new Broadcast(this.#signed, bundles, this.#parts);
  }

  #stopSending(): void {
    this.#mayBroadcast = false;
    this.#broadcast?.stop();
  }

  #followUp(): void {
    this.#stopSending();
    this.#mayBeOver = true;
    this.#parts.log.warn('A transaction was not confirmed in time; it is followed up.', {
      signature: this.#signed.signature,
      cause: this.#cause,
    });
    this.#deadline = this.#parts.schedule.after(FOLLOW_UP_MS, () => {
      this.#finish({ kind: 'gaveUp', cause: this.#cause });
    });
  }

  #finish(end: PursuitEnd): void {
    this.#isOver = true;
    this.#stopSending();
    this.#deadline();
    this.#nextLook();
    this.#end.resolve(end);
  }
}
