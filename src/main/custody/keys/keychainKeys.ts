import type { Clock } from '../../platform/clock.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { keychainTrouble } from '../keychain/keychainTrouble.ts';
import { Keypair, SECRET_BYTES } from '../keypair.ts';
import type { FillRandom } from '../phrase.ts';
import { SecretBytes } from '../secretBytes.ts';
import type { KeyHeader } from './keyHeader.ts';
import { keyDamaged, keyExists, keyLocked, keyMissing, uncertain, wrongPassphrase } from './keyTrouble.ts';
import { aboutBytes, readRecord, recordOf, type KeyRecord } from './keyRecord.ts';
import type { Keys, NewKey } from './keys.ts';
import { refuseUnfit } from './passphrase.ts';
import { seal, unseal } from './seal.ts';
import { TryCount } from './tryCount.ts';
import { Turns } from './turns.ts';

export interface KeychainKeysParts {
  readonly keychain: Keychain;
  readonly fill: FillRandom;
  readonly clock: Clock;
}

type Passphrase = SecretBytes<'text'> | undefined;
type Entry = SecretBytes<'entry'>;
interface OpenKey {
  readonly secret: SecretBytes<'key'>;
  readonly header: KeyHeader;
}

/** Keys in the keychain, one entry each: `key:<address>`, and beside it `tries:<address>`. */
export class KeychainKeys implements Keys {
  readonly #keychain: Keychain;
  readonly #fill: FillRandom;
  readonly #clock: Clock;
  /** One thing at a time with a key: two tries at once would count as one. */
  readonly #turns = new Turns();

  constructor({ keychain, fill, clock }: KeychainKeysParts) {
    this.#keychain = keychain;
    this.#fill = fill;
    this.#clock = clock;
  }

  async look(address: string): Promise<KeyHeader | undefined> {
    using entry = await this.#keychain.read(accountOf(address));
    return entry?.use((bytes) => wholeRecord(bytes, address).header);
  }

  async store(secret: SecretBytes<'key'>, about: NewKey, passphrase: Passphrase): Promise<KeyHeader> {
    if (passphrase !== undefined) refuseUnfit(passphrase);
    using keypair = new Keypair(secret);
    const { address } = keypair;
    return await this.#turns.take(address, async () => {
      // A keyring that was locked or has lost its password since the program started gets nothing to keep.
      await this.#keychain.check();
      using before = await this.#keychain.read(accountOf(address));
      if (before !== undefined) throw keyExists(address);
      const header = { address, ...about, hasPassphrase: passphrase !== undefined };
      using record = await this.#recordFor(secret, header, passphrase);
      await this.#replace(address, undefined, record);
      return header;
    });
  }

  open(address: string, passphrase: Passphrase): Promise<OpenKey> {
    return this.#turns.take(address, async () => {
      using entry = await this.#entryOf(address);
      return await this.#openEntry(address, entry, passphrase);
    });
  }

  async reseal(address: string, before: Passphrase, after: Passphrase): Promise<KeyHeader> {
    if (after !== undefined) refuseUnfit(after);
    return await this.#turns.take(address, async () => {
      if (after === undefined) await this.#keychain.check();
      using entry = await this.#entryOf(address);
      const { secret, header: old } = await this.#openEntry(address, entry, before);
      using key = secret;
      const header = { ...old, hasPassphrase: after !== undefined };
      using record = await this.#recordFor(key, header, after);
      await this.#replace(address, entry, record);
      return header;
    });
  }

  remove(address: string): Promise<boolean> {
    return this.#turns.take(address, async () => {
      const wasThere = await this.#keychain.remove(accountOf(address));
      // Without its key the count is of no use, and it keeps nobody from anything.
      await this.#triesOf(address)
        .clear()
        .catch(() => undefined);
      return wasThere;
    });
  }

  async #entryOf(address: string): Promise<Entry> {
    const entry = await this.#keychain.read(accountOf(address));
    if (entry !== undefined) return entry;
    throw keyMissing(address);
  }

  async #openEntry(address: string, entry: Entry, passphrase: Passphrase): Promise<OpenKey> {
    const header = entry.use((bytes) => wholeRecord(bytes, address).header);
    const secret = header.hasPassphrase
      ? await this.#unsealed(address, entry, passphrase)
      : entry.use((bytes) => keyOf(wholeRecord(bytes, address).held));
    using keypair = new Keypair(secret);
    if (keypair.address === address) return { secret, header };
    secret.dispose();
    throw keyDamaged(address);
  }

  async #unsealed(address: string, entry: Entry, passphrase: Passphrase): Promise<SecretBytes<'key'>> {
    if (passphrase === undefined) throw keyLocked(address);
    // Copies, because scrypt takes longer than bytes may be lent. Nothing in them is secret without the passphrase.
    const [about, sealed] = entry.use((bytes) => {
      const record = wholeRecord(bytes, address);
      return [Uint8Array.from(record.about), Uint8Array.from(record.held)] as const;
    });
    const tries = this.#triesOf(address);
    const waitMs = await tries.begin();
    const secret = await unseal(sealed, passphrase, about);
    if (secret === undefined) throw wrongPassphrase(waitMs);
    // The key is open: a count that stays too high only lets the next wrong try wait longer.
    await tries.clear().catch(() => undefined);
    return secret;
  }

  async #recordFor(secret: SecretBytes<'key'>, header: KeyHeader, passphrase: Passphrase): Promise<Entry> {
    const about = aboutBytes(header);
    if (passphrase === undefined) return secret.use((bytes) => recordOf(about, bytes));
    return recordOf(about, await seal(secret, passphrase, about, this.#fill));
  }

  /** Writes a record and reads it back. Whatever goes wrong, what was there before is there again. */
  async #replace(address: string, before: Entry | undefined, after: Entry): Promise<void> {
    const account = accountOf(address);
    try {
      await this.#keychain.write(account, after);
      using found = await this.#keychain.read(account);
      if (!isSame(found, after)) throw keychainTrouble('untrue', process.platform);
    } catch (error) {
      const isBack = await this.#putBack(account, before, after).catch(() => false);
      throw isBack ? error : uncertain(error, before);
    }
  }

  /** Whether the keychain has again what it had. Another program's record of the same key is left alone. */
  async #putBack(account: string, before: Entry | undefined, after: Entry): Promise<boolean> {
    using found = await this.#keychain.read(account);
    if (isSame(found, before)) return true;
    if (before !== undefined) await this.#keychain.write(account, before);
    else if (isSame(found, after) || found?.use(readRecord) === undefined)
      await this.#keychain.remove(account);
    else return true;
    using again = await this.#keychain.read(account);
    return isSame(again, before);
  }

  #triesOf(address: string): TryCount {
    return new TryCount(this.#keychain, this.#clock, address);
  }
}

const accountOf = (address: string): string => `key:${address}`;

const keyOf = (bytes: Uint8Array): SecretBytes<'key'> =>
  new SecretBytes('key', SECRET_BYTES, (room) => room.set(bytes));

function isSame(one: Entry | undefined, other: Entry | undefined): boolean {
  return one === undefined || other === undefined ? one === other : one.equals(other);
}

function wholeRecord(bytes: Uint8Array, address: string): KeyRecord {
  const record = readRecord(bytes);
  if (record?.header.address === address) return record;
  throw keyDamaged(address);
}
