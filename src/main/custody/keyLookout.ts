import { AppError } from '../../shared/contract/appError.ts';
import type { Schedule } from '../platform/schedule.ts';
import type { KeyHeader } from './keys/keyHeader.ts';
import type { ReadySigner } from './signer/readySigner.ts';

/** What was last seen of the keychain. */
export interface SeenKeys {
  /** By address; null where there is no key. */
  readonly keys: Readonly<Record<string, KeyHeader | null>>;
  /** Why the keychain or the signer can't be used; null where it can, or where nobody has looked yet. */
  readonly error: AppError | null;
}

export interface KeyLookoutParts {
  readonly signer: Pick<ReadySigner, 'ask' | 'isRunning'>;
  readonly now: () => number;
  readonly schedule: Schedule;
  /** Of the wallets that should have a key. */
  readonly addresses: () => readonly string[];
  /** Makes the signer stand ready, once the keychain is known to work. */
  readonly ready: () => Promise<void>;
  readonly changed: () => void;
}

/** A command answers at once; a keychain that asks its user for a password is heard of when it has answered. */
const PATIENCE_MS = 1_500;
/** What is older is looked at again. What failed may have been mended meanwhile. */
const FRESH_MS = 5_000;
const FRESH_FAILURE_MS = 3_000;

/** Looks at the keychain through the signer, and remembers what it saw. */
export class KeyLookout {
  readonly #parts: KeyLookoutParts;
  #seen: SeenKeys = { keys: {}, error: null };
  #looking: Promise<void> | undefined;
  #seenAt: number | undefined;
  /** The round trip is made once a signer: it writes. */
  #isChecked = false;

  constructor(parts: KeyLookoutParts) {
    this.#parts = parts;
  }

  get seen(): SeenKeys {
    return this.#seen;
  }

  /** Looks anew: what was seen before no longer holds, nor what is just being looked at. */
  async again(): Promise<void> {
    await this.#looking;
    await this.look();
  }

  /** Looks, where what was seen is old, and waits for it a little. */
  async soon(): Promise<void> {
    const age = this.#seenAt === undefined ? undefined : this.#parts.now() - this.#seenAt;
    const fresh = this.#seen.error === null ? FRESH_MS : FRESH_FAILURE_MS;
    if (age !== undefined && age >= 0 && age < fresh) return;
    await Promise.race([this.look(), this.#patience()]);
  }

  /** Looks now; whoever comes meanwhile shares it. Never throws: what went wrong is seen. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const { signer, addresses, ready, changed, now } = this.#parts;
    const before = JSON.stringify(this.#seen);
    try {
      if (!signer.isRunning) this.#isChecked = false;
      if (!this.#isChecked) await signer.ask('check', {});
      this.#isChecked = true;
      const { keys } = await signer.ask('look', { addresses: [...addresses()] });
      await ready();
      this.#seen = { keys, error: null };
    } catch (error) {
      this.#isChecked = false;
      this.#seen = { keys: this.#seen.keys, error: asAppError(error) };
    }
    this.#seenAt = now();
    if (JSON.stringify(this.#seen) !== before) changed();
  }

  #patience(): Promise<void> {
    return new Promise((resolve) => {
      this.#parts.schedule.after(PATIENCE_MS, resolve);
    });
  }
}

const asAppError = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new AppError(
        'SIGNER_UNAVAILABLE',
        'The process that holds the keys cannot be used.',
        {},
        { cause: error },
      );
