import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { SecretBytes } from '../secretBytes.ts';
import { tryLater } from './keyTrouble.ts';
import { afterTry, FREE_TRIES, NO_TRIES, onClock, waitMs, type Tries } from './tryLimit.ts';

const entrySchema = z.strictObject({
  version: z.literal(1),
  count: z.number().int().nonnegative(),
  lastAt: z.number().int().nonnegative(),
});

/** What nobody can read any more counts as all the free tries: damaging the count must not be worth anything. */
const UNREADABLE: Tries = { count: FREE_TRIES, lastAt: 0 };

/** The tries of a key's passphrase, kept in the keychain beside it, so that a restart doesn't forget them. */
export class TryCount {
  readonly #keychain: Keychain;
  readonly #clock: Clock;
  readonly #account: string;

  constructor(keychain: Keychain, clock: Clock, address: string) {
    this.#keychain = keychain;
    this.#clock = clock;
    this.#account = `tries:${address}`;
  }

  /**
   * Counts a try, before anybody knows whether it is wrong: ending the program in the middle of one must not give it
   * back. Throws WALLET_TRY_LATER where it is too early for one.
   * @returns how long the next one will have to wait if this is wrong, in ms
   */
  async begin(): Promise<number> {
    const kept = await this.#read();
    const now = this.#clock.now();
    const tries = onClock(kept, now);
    const wait = waitMs(tries, now);
    if (wait > 0) {
      // On a clock that was set back the wait begins now, and has to go on from here.
      if (tries !== kept) await this.#write(tries);
      throw tryLater(wait);
    }
    const next = afterTry(tries, now);
    await this.#write(next);
    return waitMs(next, now);
  }

  /** Forgets them: the passphrase was right, or the key is gone. */
  async clear(): Promise<void> {
    await this.#keychain.remove(this.#account);
  }

  async #read(): Promise<Tries> {
    using entry = await this.#keychain.read(this.#account);
    return entry === undefined ? NO_TRIES : entry.use(parse);
  }

  async #write({ count, lastAt }: Tries): Promise<void> {
    const text = Buffer.from(JSON.stringify({ version: 1, count, lastAt }));
    using entry = SecretBytes.taken('entry', text);
    await this.#keychain.write(this.#account, entry);
  }
}

function parse(bytes: Uint8Array): Tries {
  try {
    const { count, lastAt } = entrySchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return { count, lastAt };
  } catch {
    return UNREADABLE;
  }
}
