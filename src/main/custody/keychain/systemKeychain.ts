import { AppError } from '../../../shared/contract/appError.ts';
import { collectGarbage } from '../../platform/garbage.ts';
import { realSchedule, type Schedule } from '../../platform/schedule.ts';
import { fillSecret } from '../../platform/secretBytes.ts';
import type { FillRandom } from '../phrase.ts';
import { SecretBytes } from '../secretBytes.ts';
import type { Keychain } from './keychain.ts';
import { openSystemEntry, type KeychainEntry, type OpenEntry } from './keychainEntry.ts';
import { keychainTrouble, type KeychainTrouble } from './keychainTrouble.ts';
import { keyringFolders, liesOpen } from './openOnDisk.ts';
import { storeName } from './storeName.ts';
import { troubleOf } from './troubleOf.ts';

/**
 * How long a call may take. A locked keychain asks for its password in a window of its own, and somebody has to find
 * that window and the password; the library itself would wait for a year, and can't be interrupted.
 */
const LONGEST_CALL_MS = 120_000;

/** So many connections may wait for being collected. A process may have some 1,000 files open, a bus as few clients. */
const MOST_CONNECTIONS = 16;

const PROBE_BYTES = 32;
/** No UTF-8 begins with it, so that a keyring in plain text has the probe in hexadecimal. */
const NO_TEXT = 0xff;
const PROBE_NAME_BYTES = 8;

export interface SystemKeychainParts {
  readonly platform?: NodeJS.Platform;
  readonly env?: NodeJS.ProcessEnv;
  readonly schedule?: Schedule;
  readonly fill?: FillRandom;
  readonly openEntry?: OpenEntry;
  readonly longestCallMs?: number;
}

/** Whether the caller of a call has been told already that it failed. */
interface Call {
  isLate: boolean;
}

/**
 * The keychain of the operating system.
 *
 * One call at a time: a call that waits for a password holds one of the four threads that Node.js has for files, names
 * and scrypt. Once its time is up, its caller and all that follow are told that the keychain is locked, until it ends.
 * Should it succeed after all, it is undone: what was said to have failed has failed.
 *
 * Every call connects anew, so that a keychain which was restarted or locked meanwhile is seen as it is.
 */
export class SystemKeychain implements Keychain {
  readonly store: string;
  readonly #platform: NodeJS.Platform;
  readonly #folders: readonly string[];
  readonly #schedule: Schedule;
  readonly #fill: FillRandom;
  readonly #openEntry: OpenEntry;
  readonly #longestCallMs: number;
  #last: Promise<unknown> = Promise.resolve();
  #isStuck = false;
  #connections = 0;

  constructor(parts: SystemKeychainParts = {}) {
    this.#platform = parts.platform ?? process.platform;
    this.store = storeName(this.#platform);
    this.#folders = keyringFolders(parts.env ?? process.env);
    this.#schedule = parts.schedule ?? realSchedule;
    this.#fill = parts.fill ?? fillSecret;
    this.#openEntry = parts.openEntry ?? openSystemEntry;
    this.#longestCallMs = parts.longestCallMs ?? LONGEST_CALL_MS;
  }

  read(account: string): Promise<SecretBytes<'entry'> | undefined> {
    return this.#call(account, async (entry, call) => {
      const held = await heldIn(entry);
      if (call.isLate) held?.dispose();
      return held;
    });
  }

  write(account: string, content: SecretBytes<'entry'>): Promise<void> {
    return this.#call(account, async (entry, call) => {
      // The caller may zero its own once it has been told that this failed.
      using copy = content.use((bytes) => new SecretBytes('entry', bytes.length, (room) => room.set(bytes)));
      using before = await heldIn(entry);
      if (call.isLate) return;
      await copy.use((bytes) => entry.setSecret(bytes));
      if (call.isLate) await putBack(entry, before);
    });
  }

  remove(account: string): Promise<boolean> {
    return this.#call(account, async (entry, call) => {
      using before = await heldIn(entry);
      if (before === undefined || call.isLate) return false;
      const wasThere = await entry.deleteCredential();
      if (call.isLate) await putBack(entry, before);
      return wasThere;
    });
  }

  async check(): Promise<void> {
    // Its own account each time: another check, of this process or of another, may be under way.
    const name = new Uint8Array(PROBE_NAME_BYTES);
    this.#fill(name);
    const account = `check:${Buffer.from(name).toString('hex')}`;
    using probe = new SecretBytes('entry', PROBE_BYTES, (bytes) => {
      this.#fill(bytes);
      bytes[0] = NO_TEXT;
    });
    await this.write(account, probe);
    try {
      await this.#prove(account, probe);
    } catch (error) {
      // What is wrong is said, and not that its probe could not be removed either.
      await this.remove(account).catch(() => undefined);
      throw error;
    }
    if (!(await this.remove(account))) throw this.#trouble('untrue');
  }

  /** That what was written is there, and isn't open to whoever finds the disk. */
  async #prove(account: string, probe: SecretBytes<'entry'>): Promise<void> {
    using found = await this.read(account);
    if (found?.equals(probe) !== true) throw this.#trouble('untrue');
    if (this.#platform !== 'linux') return;
    const isOpen = await probe.use((bytes) => liesOpen(bytes, this.#folders));
    if (isOpen) throw this.#trouble('unprotected');
  }

  /** Does one thing with an entry, after everything that was asked for before. */
  #call<T>(account: string, act: (entry: KeychainEntry, call: Call) => Promise<T>): Promise<T> {
    const turn = this.#last.then(async () => {
      if (this.#isStuck) throw this.#trouble('waiting');
      const call: Call = { isLate: false };
      return await this.#inTime(call, this.#work(account, call, act));
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #work<T>(
    account: string,
    call: Call,
    act: (entry: KeychainEntry, call: Call) => Promise<T>,
  ): Promise<T> {
    try {
      return await act(await this.#openEntry(account), call);
    } catch (error) {
      // Not as its cause: nobody knows what the words of a keychain may hold.
      throw error instanceof AppError ? error : this.#trouble(troubleOf(error));
    } finally {
      await this.#disconnect();
    }
  }

  /** The library has a connection for each entry, and ends it only when the entry was collected. */
  async #disconnect(): Promise<void> {
    this.#connections += 1;
    if (this.#connections < MOST_CONNECTIONS) return;
    this.#connections = 0;
    await collectGarbage();
  }

  async #inTime<T>(call: Call, work: Promise<T>): Promise<T> {
    const limit = Promise.withResolvers<never>();
    const cancel = this.#schedule.after(this.#longestCallMs, () => {
      call.isLate = true;
      this.#isStuck = true;
      limit.reject(this.#trouble('waiting'));
    });
    const isOver = (): void => {
      if (call.isLate) this.#isStuck = false;
    };
    work.then(isOver, isOver);
    try {
      return await Promise.race([work, limit.promise]);
    } finally {
      cancel();
    }
  }

  #trouble(trouble: KeychainTrouble): AppError {
    return keychainTrouble(trouble, this.#platform);
  }
}

/** What an entry holds, as bytes that can be zeroed; the list that it came in is. */
async function heldIn(entry: KeychainEntry): Promise<SecretBytes<'entry'> | undefined> {
  const list = await entry.getSecret();
  if (list === null) return undefined;
  try {
    return new SecretBytes('entry', list.length, (bytes) => bytes.set(list));
  } finally {
    list.fill(0);
  }
}

async function putBack(entry: KeychainEntry, before: SecretBytes<'entry'> | undefined): Promise<void> {
  if (before === undefined) await entry.deleteCredential();
  else await before.use((bytes) => entry.setSecret(bytes));
}
