import { AppError } from '../../../shared/contract/appError.ts';
import type { CeremonyEnd } from '../../../shared/contract/ceremony.ts';
import type { Cancel, Schedule } from '../../platform/schedule.ts';
import { addressBytes, type Address } from '../address.ts';
import { holdCeremony } from '../ceremony/ceremony.ts';
import type { Dialogue } from '../ceremony/dialogue.ts';
import type { CeremonyOrder } from '../ceremony/order.ts';
import type { Keychain } from '../keychain/keychain.ts';
import type { KeyHeader } from '../keys/keyHeader.ts';
import type { Keys } from '../keys/keys.ts';
import type { FillRandom } from '../phrase.ts';
import { judge, mentioned } from '../policy/judge.ts';
import type { SecretBytes } from '../secretBytes.ts';
import { HeldKey } from './heldKey.ts';
import type { AskOf, SignerAnswerOf } from './signerMessages.ts';
import type { SignerState } from './signerState.ts';
import { DailyBudget } from './dailyBudget.ts';
import { MOST_A_DAY, MOST_GAS, MOST_PRIORITY_FEE, MOST_TIP } from './signingLimits.ts';

/** No transaction of ours sends SOL to more places. */
const MOST_TARGETS = 12;

export interface SignerDeskParts {
  readonly keychain: Keychain;
  readonly keys: Keys;
  readonly fill: FillRandom;
  readonly schedule: Schedule;
  /** A clock that nobody sets, in ms. */
  readonly elapsed: () => number;
  /** Frees what a key that was let go of leaves in memory: OpenSSL clears it only then. */
  readonly clear: () => Promise<void>;
  /** Told of every change of its state. */
  readonly changed: (state: SignerState) => void;
  /** A line for the program's log: words, and never what was signed with. */
  readonly log: (level: 'info' | 'warn', text: string) => void;
}

/**
 * What the signer does, whatever process it is in: it keeps one selected key, locked until a ceremony unlocks it, and
 * signs what its own rules allow.
 */
export class SignerDesk {
  readonly #parts: SignerDeskParts;
  readonly #budget: DailyBudget;
  #selected: KeyHeader | undefined;
  #held: HeldKey | undefined;
  #idleMs = 0;
  /** Rises with every selection, so that one that was slow to look doesn't overtake the next. */
  #selections = 0;
  /** Rise with every lock and every sleep, so that a key that is just being opened isn't held after one. */
  #locks = 0;
  #sleeps = 0;
  #stopIdling: Cancel = () => undefined;
  #clearing = Promise.resolve();

  constructor(parts: SignerDeskParts) {
    this.#parts = parts;
    this.#budget = new DailyBudget(MOST_A_DAY, parts.elapsed);
  }

  get state(): SignerState {
    if (this.#selected === undefined) return { address: null, lock: 'none' };
    return { address: this.#selected.address, lock: this.#held === undefined ? 'locked' : 'unlocked' };
  }

  /** Settles when nothing of the keys that it had is left in memory. */
  get cleared(): Promise<void> {
    return this.#clearing;
  }

  /** Throws KEYCHAIN_UNAVAILABLE. */
  check(): Promise<void> {
    return this.#parts.keychain.check();
  }

  async look(addresses: readonly string[]): Promise<SignerAnswerOf<'look'>> {
    const found = new Map<string, KeyHeader | null>();
    for (const address of addresses) {
      const header = await this.#lookAt(address);
      found.set(address, header ?? null);
      this.#follow(address, header);
    }
    return { keys: Object.fromEntries(found) };
  }

  /** Stands ready with another key, or none. What was unlocked before is locked. */
  async select({ address, opens, idleMs }: AskOf<'select'>): Promise<SignerState> {
    this.#forget();
    this.#selected = undefined;
    this.#idleMs = idleMs;
    this.#selections += 1;
    const selection = this.#selections;
    const header = address === null ? undefined : await this.#parts.keys.look(address);
    if (selection !== this.#selections) return this.state;
    this.#selected = header;
    if (header !== undefined && opens && !header.hasPassphrase) await this.#open(header, selection);
    this.#parts.changed(this.state);
    return this.state;
  }

  async #open({ address }: KeyHeader, selection: number): Promise<void> {
    const locks = this.#locks;
    const { secret, header } = await this.#parts.keys.open(address, undefined);
    using key = secret;
    if (selection === this.#selections && locks === this.#locks) this.#hold(header, key);
  }

  /** Another time without a signature until the lock falls, counted from now on. */
  idle(idleMs: number): void {
    this.#idleMs = idleMs;
    this.#rest();
  }

  lock(): SignerState {
    this.#locks += 1;
    if (this.#held !== undefined) {
      this.#forget();
      this.#parts.log('info', 'The wallet was locked.');
      this.#parts.changed(this.state);
    }
    return this.state;
  }

  /** The computer sleeps or slept. A key without a passphrase is as safe as the keychain, and stays. */
  sleep(): SignerState {
    this.#sleeps += 1;
    return this.#held?.header.hasPassphrase === true ? this.lock() : this.state;
  }

  /** Whether there was a key to remove. Where that fails, nothing has changed. */
  async remove(address: string): Promise<boolean> {
    const wasThere = await this.#parts.keys.remove(address);
    if (this.#selected?.address === address) await this.select({ address: null, opens: false, idleMs: 0 });
    return wasThere;
  }

  /**
   * Signs the message of a transaction. Throws WALLET_MISSING, WALLET_LOCKED, TRANSACTION_REFUSED; what it signed and
   * what it refused is logged in words.
   */
  async sign(message: Uint8Array): Promise<SignerAnswerOf<'sign'>> {
    const { address, role, owner } = this.#unlocked().header;
    const targets = mentioned(message);
    const delegates = new Set<string>(
      targets.length > MOST_TARGETS ? [] : await this.#delegatesOf(owner, targets),
    );
    const verdict = judge(message, {
      signer: address as Address,
      role,
      owner: owner as Address,
      delegates,
      mostPriorityFee: MOST_PRIORITY_FEE,
      mostTip: MOST_TIP,
      mostGas: MOST_GAS,
    });
    if (!verdict.isAllowed) throw this.#refused(address, verdict.reason, verdict.why);
    // It may have been locked while the keychain was asked.
    const held = this.#unlocked();
    if (held.header.address !== address) throw locked(address);
    if (!this.#budget.takes(verdict.spends))
      throw this.#refused(address, 'budget', this.#budget.why(verdict.spends));
    const signature = held.sign(message);
    this.#parts.log('info', `Signed with ${address}: ${verdict.words.join('; ')}`);
    this.#rest();
    return { signature, words: [...verdict.words] };
  }

  /** Everything with a secret that a person takes part in. */
  async ceremony(order: CeremonyOrder, dialogue: Dialogue): Promise<CeremonyEnd> {
    const { keys, fill, keychain } = this.#parts;
    // Before somebody writes down a phrase that could not be stored.
    if (order.task.kind === 'create' || order.task.kind === 'import') await keychain.check();
    const [locks, sleeps] = [this.#locks, this.#sleeps];
    try {
      const end = await holdCeremony({ order, dialogue, keys, fill }, (header, secret) => {
        if (this.#selected?.address !== header.address) throw overtaken(header.address);
        if (locks !== this.#locks || sleeps !== this.#sleeps) throw lockedMeanwhile(header.address);
        this.#hold(header, secret);
        this.#parts.log('info', 'The wallet was unlocked.');
        this.#parts.changed(this.state);
      });
      if (end.kind === 'passphrase') this.#renewed(end.address, end.hasPassphrase);
      return end;
    } finally {
      // A ceremony makes keys to see their addresses, and those are not cleared before they are collected.
      await this.#clear();
    }
  }

  /** Another passphrase, or none, is another rule for the lock: whoever has changed it has proved that they may. */
  #renewed(address: string, hasPassphrase: boolean): void {
    if (this.#selected?.address !== address) return;
    this.lock();
    this.#selected = { ...this.#selected, hasPassphrase };
  }

  /** What the keychain says of the selected key holds: another program may have sealed or removed it meanwhile. */
  #follow(address: string, header: KeyHeader | undefined): void {
    const selected = this.#selected;
    if (selected?.address !== address || isSame(selected, header)) return;
    this.#parts.log('warn', `The key of ${address} was changed elsewhere, and is locked.`);
    this.lock();
    this.#selected = header;
    if (header === undefined) this.#parts.changed(this.state);
  }

  #refused(address: string, reason: string, why: string): AppError {
    this.#parts.log('warn', `Not signed with ${address}: ${why}`);
    return new AppError('TRANSACTION_REFUSED', why, { reason });
  }

  /** The owner's delegates among these, by the keychain itself: the program's word for it isn't taken. */
  async #delegatesOf(owner: string, addresses: readonly string[]): Promise<readonly string[]> {
    const delegates: string[] = [];
    for (const address of addresses) {
      const header = await this.#lookAt(address);
      if (header?.role === 'delegate' && header.owner === owner) delegates.push(address);
    }
    return delegates;
  }

  async #lookAt(address: string): Promise<KeyHeader | undefined> {
    if (addressBytes(address) === undefined) return undefined;
    return await this.#parts.keys.look(address);
  }

  #unlocked(): HeldKey {
    if (this.#held !== undefined) return this.#held;
    if (this.#selected !== undefined) throw locked(this.#selected.address);
    throw new AppError('WALLET_MISSING', 'No wallet with a key is active, so nothing can be signed.');
  }

  #hold(header: KeyHeader, secret: SecretBytes<'key'>): void {
    this.#forget();
    this.#held = new HeldKey(header, secret);
    this.#selected = header;
    this.#rest();
  }

  #forget(): void {
    this.#stopIdling();
    if (this.#held === undefined) return;
    this.#held.dispose();
    this.#held = undefined;
    void this.#clear();
  }

  #clear(): Promise<void> {
    this.#clearing = this.#parts.clear().catch(() => undefined);
    return this.#clearing;
  }

  /** Counts the idle time from now on. */
  #rest(): void {
    this.#stopIdling();
    if (this.#idleMs === 0 || this.#held?.header.hasPassphrase !== true) return;
    this.#stopIdling = this.#parts.schedule.after(this.#idleMs, () => {
      this.lock();
    });
  }
}

const overtaken = (address: string): AppError =>
  new AppError(
    'WALLET_UNKNOWN',
    'Another wallet became active meanwhile. Unlock that one, or make this one active.',
    {
      address,
    },
  );

const lockedMeanwhile = (address: string): AppError =>
  new AppError('WALLET_LOCKED', 'The wallet was locked meanwhile. Unlock it again.', { address });

const isSame = (one: KeyHeader, other: KeyHeader | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const locked = (address: string): AppError =>
  new AppError('WALLET_LOCKED', `The wallet ${address} is locked. Unlock it, then try again.`, { address });
