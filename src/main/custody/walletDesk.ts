import { AppError } from '../../shared/contract/appError.ts';
import type { CeremonyEnd, CeremonyTask } from '../../shared/contract/ceremony.ts';
import type { WalletsView } from '../../shared/contract/commands/walletCommands.ts';
import { freeWalletName, walletNameProblem } from '../../shared/contract/walletName.ts';
import type { WalletRecord, WalletRecords } from '../domain/wallet.ts';
import type { Schedule } from '../platform/schedule.ts';
import { addressBytes } from './address.ts';
import type { CeremonyOrder } from './ceremony/order.ts';
import { KeyLookout } from './keyLookout.ts';
import { SignerClient } from './signer/signerClient.ts';
import type { SignerAnswerOf } from './signer/signerMessages.ts';
import type { SignerProcess } from './signer/signerProcess.ts';
import type { SignerState } from './signer/signerState.ts';
import { walletsView } from './walletsView.ts';

/** What a host with windows does for wallets. */
export interface WalletWindows {
  /** Opens the window of secrets for a task; resolves once it is open. */
  open(task: CeremonyTask): Promise<void>;
  /** Asks, outside of any page, whether a key is to be destroyed. */
  agreesToRemoval(record: WalletRecord): Promise<boolean>;
}

export interface WalletDeskParts {
  /** Another one after a restore. */
  readonly records: () => WalletRecords;
  readonly startSigner: () => SignerProcess;
  readonly schedule: Schedule;
  /** Unix ms. */
  readonly now: () => number;
  /** How long without a signature until the lock falls; 0 for never. */
  readonly idleMs: () => number;
  /** Told when wallets or their lock have changed. */
  readonly changed: () => void;
  readonly log: (level: 'info' | 'warn' | 'error', text: string) => void;
}

/** The program's wallets: what it remembers of them, and the signer that has their keys. Nothing here is secret. */
export class WalletDesk {
  readonly #parts: WalletDeskParts;
  readonly #signer: SignerClient;
  readonly #lookout: KeyLookout;
  #state: SignerState = { address: null, lock: 'none' };
  /** Whose key the running signer was told to stand ready with; undefined: it was told nothing yet. */
  #standing: string | null | undefined;
  /** Whether a key without a passphrase is unlocked at once. Not after the signer has died: who knows of what. */
  #opens = true;
  #windows: WalletWindows | undefined;
  #isAsking = false;
  readonly #closed = Promise.withResolvers<false>();

  constructor(parts: WalletDeskParts) {
    this.#parts = parts;
    const { schedule, startSigner: start, log } = parts;
    this.#signer = new SignerClient({
      start,
      schedule,
      log,
      changed: (state) => {
        this.#heard(state);
        parts.changed();
      },
      died: () => {
        this.#standing = undefined;
        this.#opens = false;
        this.#state = {
          address: this.#state.address,
          lock: this.#state.address === null ? 'none' : 'locked',
        };
        parts.changed();
      },
    });
    this.#lookout = new KeyLookout({
      signer: this.#signer,
      now: parts.now,
      schedule,
      addresses: () => this.#keyed().map(({ address }) => address),
      ready: () => this.#stand(),
      changed: parts.changed,
    });
  }

  /** From now on secrets have a window of their own. */
  useWindows(windows: WalletWindows): void {
    this.#windows = windows;
  }

  /** Makes the signer ready, where there is a key that it could be needed for. */
  start(): void {
    if (this.#keyed().length > 0) void this.#lookout.look();
  }

  /** What is remembered of the wallets, in the order in which they were added. */
  list(): readonly WalletRecord[] {
    return this.#records.all();
  }

  async view(): Promise<WalletsView> {
    await this.#lookout.soon();
    return this.#view();
  }

  /** The same, after the keychain has answered, however long that takes. */
  async patientView(): Promise<WalletsView> {
    await this.#lookout.look();
    return this.#view();
  }

  async openWindow(task: CeremonyTask): Promise<void> {
    if (this.#windows === undefined) {
      const message = 'Secrets are entered on the terminal here: npm run -s wallet -- --help says how.';
      throw new AppError('NOT_SUPPORTED', message);
    }
    if ('address' in task) this.#keyedRecord(task.address);
    await this.#windows.open(task);
  }

  /** Throws WALLET_INVALID_ADDRESS, WALLET_INVALID_NAME, WALLET_EXISTS. */
  watch(address: string, name: string): WalletsView {
    refuseNoAddress(address);
    this.#refuseName(name, address);
    const addedAt = this.#parts.now();
    this.#records.add({ address, name, kind: 'watch', owner: address, path: null, addedAt });
    return this.#changed();
  }

  /** Throws WALLET_UNKNOWN, WALLET_INVALID_NAME. */
  rename(address: string, name: string): WalletsView {
    this.#records.rename(address, name);
    return this.#changed();
  }

  /** Throws WALLET_UNKNOWN. */
  async select(address: string): Promise<WalletsView> {
    this.#records.activate(address);
    this.#opens = true;
    await this.#standOrTell();
    return this.#changed();
  }

  /**
   * What `remove` does, for a page. A key is not destroyed on a page's word alone: something may have got into it. So the
   * user is asked outside of it, or does it on the terminal.
   * Throws NOT_SUPPORTED, CANCELLED, and what `remove` throws.
   */
  async removeForPage(address: string, confirm: string): Promise<WalletsView> {
    const record = this.#record(address);
    this.#refuseUnconfirmed(record, confirm);
    if (await this.#mayHaveKey(record)) {
      if (this.#windows === undefined) {
        const message = `The key of ${record.name} is removed on the terminal: npm run -s wallet -- remove ${address}.`;
        throw new AppError('NOT_SUPPORTED', message, { address });
      }
      if (!(await this.#isAgreed(record, this.#windows)))
        throw new AppError('CANCELLED', `${record.name} was kept, with its key.`, { address });
    }
    return await this.remove(address, confirm);
  }

  /**
   * Forgets a wallet, and takes its key out of the keychain. The key goes first: where that fails, nothing has changed.
   * @param confirm the wallet's name, as its owner typed it
   * Throws WALLET_UNKNOWN, WALLET_NOT_CONFIRMED, KEYCHAIN_UNAVAILABLE, SIGNER_UNAVAILABLE.
   */
  async remove(address: string, confirm: string): Promise<WalletsView> {
    const record = this.#record(address);
    this.#refuseUnconfirmed(record, confirm);
    if (record.kind !== 'watch') await this.#signer.ask('remove', { address });
    if (this.#standing === address) this.#standing = undefined;
    this.#records.remove(address);
    this.#parts.log('info', `The wallet ${address} was removed.`);
    await this.#standOrTell();
    return this.#changed();
  }

  async lock(): Promise<WalletsView> {
    if (this.#signer.isRunning) this.#heard(await this.#signer.ask('lock', {}));
    return this.#changed();
  }

  /** The computer sleeps or has slept. */
  async sleep(): Promise<void> {
    if (this.#signer.isRunning) this.#heard(await this.#signer.ask('sleep', {}));
  }

  /** Another idle time holds from now on. */
  async idleChanged(): Promise<void> {
    if (this.#signer.isRunning) await this.#signer.ask('idle', { idleMs: this.#parts.idleMs() });
  }

  /**
   * Signs the message of a transaction with the active wallet. Throws WALLET_MISSING, WALLET_WATCH_ONLY, WALLET_LOCKED,
   * TRANSACTION_REFUSED, SIGNER_UNAVAILABLE, KEYCHAIN_UNAVAILABLE.
   */
  async sign(message: Uint8Array): Promise<SignerAnswerOf<'sign'>> {
    const active = this.#records.active();
    if (active === undefined) throw new AppError('WALLET_MISSING', 'No wallet is active.');
    this.#keyedRecord(active);
    await this.#stand();
    return await this.#signer.ask('sign', { message });
  }

  /** A ceremony over a port that leads to a window, or at the terminal. What it has stored is remembered. */
  async ceremony(
    task: CeremonyOrder['task'],
    at: { readonly port: unknown } | { readonly given: CeremonyOrder['given'] },
  ): Promise<CeremonyEnd> {
    const known = this.#records
      .all()
      .map(({ address, name, kind, owner }) => ({ address, name, kind, owner }));
    // For a key that is to be unlocked. What keeps the signer from it is said by the ceremony, where its user looks.
    if (task.kind === 'unlock') await this.#stand().catch(() => undefined);
    const end =
      'port' in at
        ? await this.#signer.ask('ceremony', { order: { task, known, given: {} }, at: 'port' }, at.port)
        : await this.#signer.ask('ceremony', { order: { task, known, given: at.given }, at: 'terminal' });
    if (end.kind === 'stored') this.#remember(end);
    await this.#standOrTell();
    this.#parts.changed();
    return end;
  }

  /**
   * Takes a wallet in whose key the keychain has already, from another data folder. Throws WALLET_INVALID_ADDRESS,
   * WALLET_INVALID_NAME, WALLET_EXISTS, WALLET_MISSING.
   */
  async adopt(address: string, name: string): Promise<WalletRecord> {
    refuseNoAddress(address);
    this.#refuseName(name, address);
    const { keys } = await this.#signer.ask('look', { addresses: [address] });
    const header = keys[address] ?? null;
    const known = this.#records.all().find((one) => one.address === address);
    if (header !== null && known !== undefined && known.kind !== 'watch')
      throw new AppError('WALLET_EXISTS', `That wallet is here already: ${known.name}.`, { address });
    if (header === null)
      throw new AppError('WALLET_MISSING', `The keychain has no key for ${address}.`, { address });
    this.#remember({ kind: 'stored', ...header, name });
    await this.#standOrTell();
    this.#parts.changed();
    return this.#record(address);
  }

  /** Unlocks the active wallet at the terminal. Throws WALLET_MISSING, WALLET_WATCH_ONLY, and what the signer throws. */
  async unlockAtTerminal(): Promise<WalletRecord> {
    const active = this.#records.active();
    if (active === undefined) {
      const message =
        'No wallet is active, so there is none to unlock. Make one: npm run -s wallet -- create.';
      throw new AppError('WALLET_MISSING', message);
    }
    const record = this.#keyedRecord(active);
    await this.ceremony({ kind: 'unlock', address: active }, { given: {} });
    return record;
  }

  close(): void {
    this.#closed.resolve(false);
    this.#signer.close();
  }

  get #records(): WalletRecords {
    return this.#parts.records();
  }

  #keyed(): readonly WalletRecord[] {
    return this.#records.all().filter(({ kind }) => kind !== 'watch');
  }

  #record(address: string): WalletRecord {
    const record = this.#records.all().find((one) => one.address === address);
    if (record === undefined)
      throw new AppError('WALLET_UNKNOWN', `There is no wallet ${address} here.`, { address });
    return record;
  }

  #keyedRecord(address: string): WalletRecord {
    const record = this.#record(address);
    if (record.kind !== 'watch') return record;
    throw new AppError('WALLET_WATCH_ONLY', `${record.name} is only watched: its key is not here.`, {
      address,
    });
  }

  #refuseUnconfirmed({ name }: WalletRecord, confirm: string): void {
    if (confirm.trim() === name) return;
    const message = `Type the wallet's name, ${name}, to remove it. Nothing was removed.`;
    throw new AppError('WALLET_NOT_CONFIRMED', message);
  }

  #refuseName(name: string, address: string): void {
    const others = this.#records.all().filter((one) => one.address !== address);
    const problem = walletNameProblem(
      name,
      others.map((one) => one.name),
    );
    if (problem !== undefined) throw new AppError('WALLET_INVALID_NAME', problem);
  }

  /**
   * One that was only watched, or whose key was lost, gives its place to the one that has a key. Where that can't be
   * written down, the key is in the keychain all the same: the error says how it is brought in.
   */
  #remember({ address, name, role: kind, owner, path }: Extract<CeremonyEnd, { kind: 'stored' }>): void {
    const others = this.#records.all().filter((one) => one.address !== address);
    const taken = others.map((one) => one.name);
    const addedAt = this.#parts.now();
    try {
      this.#records.put({ address, name: freeWalletName(name, taken), kind, owner, path, addedAt });
    } catch (cause) {
      const message = `The key of ${address} is in the keychain, but the wallet could not be written down. Add it with: npm run -s wallet -- import --keychain ${address}.`;
      this.#parts.log('error', message);
      throw new AppError('DATA_FOLDER_UNWRITABLE', message, { address }, { cause });
    }
    this.#parts.log('info', `The wallet ${address} was added (${kind}).`);
  }

  /** Unless the keychain says now that there is none. */
  async #mayHaveKey({ kind, address }: WalletRecord): Promise<boolean> {
    if (kind === 'watch') return false;
    await this.#lookout.again();
    const { keys, error } = this.#lookout.seen;
    return error !== null || keys[address] !== null;
  }

  /** Asks the user, one thing at a time; whoever closes the program has not agreed. */
  async #isAgreed(record: WalletRecord, windows: WalletWindows): Promise<boolean> {
    if (this.#isAsking) throw new AppError('CANCELLED', 'Answer the question that is open already first.');
    this.#isAsking = true;
    try {
      return await Promise.race([windows.agreesToRemoval(record), this.#closed.promise]);
    } finally {
      this.#isAsking = false;
    }
  }

  /** A signer that stands ready with another key than it was told to is told again before it is used. */
  #heard(state: SignerState): void {
    this.#state = state;
    if (this.#standing !== undefined && state.address !== this.#standing) this.#standing = undefined;
  }

  /** Tells the signer which key to stand ready with, unless it was told already. */
  async #stand(): Promise<void> {
    const active = this.#records.active();
    const address = this.#keyed().some((one) => one.address === active) ? (active ?? null) : null;
    if (this.#standing === address && this.#signer.isRunning) return;
    try {
      const idleMs = this.#parts.idleMs();
      const state = await this.#signer.ask('select', { address, opens: this.#opens, idleMs });
      this.#standing = address;
      this.#heard(state);
    } catch (error) {
      this.#standing = undefined;
      throw error;
    }
  }

  /** The same, where a keychain that can't be read is told by the view. */
  async #standOrTell(): Promise<void> {
    if (this.#keyed().length > 0 || this.#signer.isRunning) await this.#lookout.again();
  }

  #changed(): WalletsView {
    this.#parts.changed();
    return this.#view();
  }

  #view(): WalletsView {
    return walletsView({
      records: this.#records.all(),
      active: this.#records.active(),
      state: this.#state,
      seen: this.#lookout.seen,
      secrets: this.#windows === undefined ? 'terminal' : 'window',
    });
  }
}

function refuseNoAddress(text: string): void {
  if (addressBytes(text) !== undefined) return;
  throw new AppError('WALLET_INVALID_ADDRESS', 'That is no Solana address: it does not stand for 32 bytes.');
}
