import { AppError } from '../../shared/contract/appError.ts';
import type { CeremonyEnd } from '../../shared/contract/ceremony.ts';
import { freeWalletName, walletNameProblem } from '../../shared/contract/walletName.ts';
import type { WalletRecord, WalletRecords } from '../domain/wallet.ts';
import { addressBytes } from './address.ts';

export interface WalletBookParts {
  /** Another one after a restore. */
  readonly records: () => WalletRecords;
  /** Unix ms. */
  readonly now: () => number;
  readonly log: (level: 'info' | 'error', text: string) => void;
}

/** What is remembered of wallets, and what may be written down of them. */
export class WalletBook {
  readonly #parts: WalletBookParts;

  constructor(parts: WalletBookParts) {
    this.#parts = parts;
  }

  /** In the order in which they were added. */
  all(): readonly WalletRecord[] {
    return this.#records.all();
  }

  /** Those that should have a key. */
  keyed(): readonly WalletRecord[] {
    return this.all().filter(({ kind }) => kind !== 'watch');
  }

  active(): string | undefined {
    return this.#records.active();
  }

  find(address: string): WalletRecord | undefined {
    return this.all().find((one) => one.address === address);
  }

  /** Throws WALLET_UNKNOWN. */
  record(address: string): WalletRecord {
    const record = this.find(address);
    if (record !== undefined) return record;
    throw new AppError('WALLET_UNKNOWN', `There is no wallet ${address} here.`, { address });
  }

  /** Throws WALLET_UNKNOWN, WALLET_WATCH_ONLY. */
  keyedRecord(address: string): WalletRecord {
    const record = this.record(address);
    if (record.kind !== 'watch') return record;
    const message = `${record.name} is only watched: its key is not here.`;
    throw new AppError('WALLET_WATCH_ONLY', message, { address });
  }

  /** Throws WALLET_INVALID_ADDRESS, WALLET_INVALID_NAME, WALLET_EXISTS. */
  watch(address: string, name: string): void {
    this.refuseUnfit(address, name);
    const addedAt = this.#parts.now();
    this.#records.add({ address, name, kind: 'watch', owner: address, path: null, addedAt });
  }

  /** Throws WALLET_UNKNOWN, WALLET_INVALID_NAME. */
  rename(address: string, name: string): void {
    this.#records.rename(address, name);
  }

  /** Throws WALLET_UNKNOWN. */
  activate(address: string): void {
    this.#records.activate(address);
  }

  /** Throws WALLET_UNKNOWN. */
  remove(address: string): void {
    this.#records.remove(address);
    this.#parts.log('info', `The wallet ${address} was removed.`);
  }

  /**
   * A wallet whose key was stored. One that was only watched, or whose key was lost, gives it its place. Where it can't
   * be written down, the key is in the keychain all the same: the error says how it is brought in.
   */
  remember({ address, name, role: kind, owner, path }: Extract<CeremonyEnd, { kind: 'stored' }>): void {
    const free = freeWalletName(name, this.#namesBeside(address));
    const addedAt = this.#parts.now();
    try {
      this.#records.put({ address, name: free, kind, owner, path, addedAt });
    } catch (cause) {
      const message = `The key of ${address} is in the keychain, but the wallet could not be written down. Add it with: npm run -s wallet -- import --keychain ${address}.`;
      this.#parts.log('error', message);
      throw new AppError('DATA_FOLDER_UNWRITABLE', message, { address }, { cause });
    }
    this.#parts.log('info', `The wallet ${address} was added (${kind}).`);
  }

  /** Throws WALLET_INVALID_ADDRESS, WALLET_INVALID_NAME. */
  refuseUnfit(address: string, name: string): void {
    if (addressBytes(address) === undefined)
      throw new AppError(
        'WALLET_INVALID_ADDRESS',
        'That is no Solana address: it does not stand for 32 bytes.',
      );
    const problem = walletNameProblem(name, this.#namesBeside(address));
    if (problem !== undefined) throw new AppError('WALLET_INVALID_NAME', problem);
  }

  #namesBeside(address: string): readonly string[] {
    return this.all()
      .filter((one) => one.address !== address)
      .map(({ name }) => name);
  }

  get #records(): WalletRecords {
    return this.#parts.records();
  }
}
