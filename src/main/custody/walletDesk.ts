import { AppError } from '../../shared/contract/appError.ts';
import type { CeremonyEnd, CeremonyTask } from '../../shared/contract/ceremony.ts';
import type { WalletsView } from '../../shared/contract/commands/walletCommands.ts';
import type { WalletRecord } from '../domain/wallet.ts';
import type { Schedule } from '../platform/schedule.ts';
import type { CeremonyOrder } from './ceremony/order.ts';
import { KeyLookout } from './keyLookout.ts';
import { ReadySigner } from './signer/readySigner.ts';
import type { SignerAnswerOf } from './signer/signerMessages.ts';
import type { SignerProcess } from './signer/signerProcess.ts';
import { WalletBook, type WalletBookParts } from './walletBook.ts';
import { walletsView } from './walletsView.ts';

/** What a host with windows does for wallets. */
export interface WalletWindows {
  /** Opens the window of secrets for a task; resolves once it is open. */
  open(task: CeremonyTask): Promise<void>;
  /** Asks, outside of any page, whether a key is to be destroyed. */
  agreesToRemoval(record: WalletRecord): Promise<boolean>;
}

export interface WalletDeskParts extends WalletBookParts {
  readonly startSigner: () => SignerProcess;
  readonly schedule: Schedule;
  /** How long without a signature until the lock falls; 0 for never. */
  readonly idleMs: () => number;
  /** Told when wallets or their lock have changed. */
  readonly changed: () => void;
  readonly log: (level: 'info' | 'warn' | 'error', text: string) => void;
}

/** The program's wallets: what it remembers of them, and the signer that has their keys. Nothing here is secret. */
export class WalletDesk {
  readonly #parts: WalletDeskParts;
  readonly #book: WalletBook;
  readonly #signer: ReadySigner;
  readonly #lookout: KeyLookout;
  #windows: WalletWindows | undefined;
  #isAsking = false;
  readonly #closed = Promise.withResolvers<false>();

  constructor(parts: WalletDeskParts) {
    this.#parts = parts;
    this.#book = new WalletBook(parts);
    const { schedule, startSigner: start, log, idleMs, changed } = parts;
    this.#signer = new ReadySigner({ start, schedule, log, idleMs, changed });
    this.#lookout = new KeyLookout({
      signer: this.#signer,
      now: parts.now,
      schedule,
      addresses: () => this.#book.keyed().map(({ address }) => address),
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
    if (this.#book.keyed().length > 0) void this.#lookout.look();
  }

  /** What is remembered of the wallets, in the order in which they were added. */
  list(): readonly WalletRecord[] {
    return this.#book.all();
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
    if ('address' in task) this.#book.keyedRecord(task.address);
    await this.#windows.open(task);
  }

  /** Throws WALLET_INVALID_ADDRESS, WALLET_INVALID_NAME, WALLET_EXISTS. */
  watch(address: string, name: string): WalletsView {
    this.#book.watch(address, name);
    return this.#changed();
  }

  /** Throws WALLET_UNKNOWN, WALLET_INVALID_NAME. */
  rename(address: string, name: string): WalletsView {
    this.#book.rename(address, name);
    return this.#changed();
  }

  /** Throws WALLET_UNKNOWN. */
  async select(address: string): Promise<WalletsView> {
    this.#book.activate(address);
    this.#signer.open();
    await this.#standOrTell();
    return this.#changed();
  }

  /**
   * What `remove` does, for a page. A key is not destroyed on a page's word alone: something may have got into it. So the
   * user is asked outside of it, or does it on the terminal.
   * Throws NOT_SUPPORTED, CANCELLED, and what `remove` throws.
   */
  async removeForPage(address: string, confirm: string): Promise<WalletsView> {
    const record = this.#book.record(address);
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
    const record = this.#book.record(address);
    this.#refuseUnconfirmed(record, confirm);
    if (record.kind !== 'watch') await this.#signer.remove(address);
    this.#book.remove(address);
    await this.#standOrTell();
    return this.#changed();
  }

  async lock(): Promise<WalletsView> {
    await this.#signer.lock();
    return this.#changed();
  }

  /** The computer sleeps or has slept. */
  sleep(): Promise<void> {
    return this.#signer.sleep();
  }

  /** Another idle time holds from now on. */
  idleChanged(): Promise<void> {
    return this.#signer.idleChanged();
  }

  /**
   * Signs the message of a transaction with the active wallet. Throws WALLET_MISSING, WALLET_WATCH_ONLY, WALLET_LOCKED,
   * TRANSACTION_REFUSED, SIGNER_UNAVAILABLE, KEYCHAIN_UNAVAILABLE.
   */
  async sign(message: Uint8Array): Promise<SignerAnswerOf<'sign'>> {
    const active = this.#book.active();
    if (active === undefined) throw new AppError('WALLET_MISSING', 'No wallet is active.');
    this.#book.keyedRecord(active);
    await this.#stand();
    return await this.#signer.ask('sign', { message });
  }

  /** A ceremony over a port that leads to a window, or at the terminal. What it has stored is remembered. */
  async ceremony(
    task: CeremonyOrder['task'],
    at: { readonly port: unknown } | { readonly given: CeremonyOrder['given'] },
  ): Promise<CeremonyEnd> {
    const known = this.#book.all().map(({ address, name, kind, owner }) => ({ address, name, kind, owner }));
    // For a key that is to be unlocked. What keeps the signer from it is said by the ceremony, where its user looks.
    if (task.kind === 'unlock') await this.#stand().catch(() => undefined);
    const end =
      'port' in at
        ? await this.#signer.ask('ceremony', { order: { task, known, given: {} }, at: 'port' }, at.port)
        : await this.#signer.ask('ceremony', { order: { task, known, given: at.given }, at: 'terminal' });
    if (end.kind === 'stored') this.#book.remember(end);
    await this.#standOrTell();
    this.#parts.changed();
    return end;
  }

  /**
   * Takes a wallet in whose key the keychain has already, from another data folder. Throws WALLET_INVALID_ADDRESS,
   * WALLET_INVALID_NAME, WALLET_EXISTS, WALLET_MISSING.
   */
  async adopt(address: string, name: string): Promise<WalletRecord> {
    this.#book.refuseUnfit(address, name);
    const { keys } = await this.#signer.ask('look', { addresses: [address] });
    const header = keys[address] ?? null;
    const known = this.#book.find(address);
    if (header !== null && known !== undefined && known.kind !== 'watch')
      throw new AppError('WALLET_EXISTS', `That wallet is here already: ${known.name}.`, { address });
    if (header === null)
      throw new AppError('WALLET_MISSING', `The keychain has no key for ${address}.`, { address });
    this.#book.remember({ kind: 'stored', ...header, name });
    await this.#standOrTell();
    this.#parts.changed();
    return this.#book.record(address);
  }

  /** Unlocks the active wallet at the terminal. Throws WALLET_MISSING, WALLET_WATCH_ONLY, and what the signer throws. */
  async unlockAtTerminal(): Promise<WalletRecord> {
    const active = this.#book.active();
    if (active === undefined) {
      const message =
        'No wallet is active, so there is none to unlock. Make one: npm run -s wallet -- create.';
      throw new AppError('WALLET_MISSING', message);
    }
    const record = this.#book.keyedRecord(active);
    await this.ceremony({ kind: 'unlock', address: active }, { given: {} });
    return record;
  }

  close(): void {
    this.#closed.resolve(false);
    this.#signer.close();
  }

  #refuseUnconfirmed({ name }: WalletRecord, confirm: string): void {
    if (confirm.trim() === name) return;
    const message = `Type the wallet's name, ${name}, to remove it. Nothing was removed.`;
    throw new AppError('WALLET_NOT_CONFIRMED', message);
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

  /** Tells the signer which key to stand ready with: the active wallet's, if it has one. */
  #stand(): Promise<void> {
    const active = this.#book.active();
    const record = this.#book.keyed().find((one) => one.address === active);
    return this.#signer.stand(record?.address ?? null);
  }

  /** The same, where a keychain that can't be read is told by the view. */
  async #standOrTell(): Promise<void> {
    if (this.#book.keyed().length > 0 || this.#signer.isRunning) await this.#lookout.again();
  }

  #changed(): WalletsView {
    this.#parts.changed();
    return this.#view();
  }

  #view(): WalletsView {
    return walletsView({
      records: this.#book.all(),
      active: this.#book.active(),
      state: this.#signer.state,
      seen: this.#lookout.seen,
      secrets: this.#windows === undefined ? 'terminal' : 'window',
    });
  }
}
