import { SystemProgram } from '@solana/web3.js';
import { FailedTransactionMetadata, LiteSVM } from 'litesvm';

import type { ChainAccount } from '../programModel.ts';
import { Journal } from './journal.ts';
import { errorOf, type TransactionError } from './transactionError.ts';

/** An account, and whether it is a program. */
export interface StoredAccount extends ChainAccount {
  readonly executable: boolean;
}

export interface NamedAccount extends StoredAccount {
  readonly address: string;
}

/** What running a transaction came to. */
export interface Run {
  readonly err: TransactionError | null;
  readonly logs: readonly string[];
  readonly unitsConsumed: bigint;
  readonly returnData: { readonly programId: Uint8Array; readonly data: Uint8Array } | null;
}

type SvmAddress = Parameters<LiteSVM['getBalance']>[0];
type SvmTransaction = Parameters<LiteSVM['sendTransaction']>[0];
type SvmAccount = Parameters<LiteSVM['setAccount']>[0];

const SYSTEM_PROGRAM = SystemProgram.programId.toBase58();
const ABSENT: StoredAccount = {
  owner: SYSTEM_PROGRAM,
  lamports: 0n,
  data: new Uint8Array(),
  executable: false,
};

const address = (text: string): SvmAddress => text as SvmAddress;

function stored({ programAddress, lamports, data, executable }: SvmAccount): StoredAccount {
  return { owner: programAddress, lamports, data: Uint8Array.from(data), executable };
}

/** Blockhashes, signatures and repetition are the chain's to judge: the machine only runs. */
function unguarded(svm: LiteSVM): LiteSVM {
  return svm.withSigverify(false).withBlockhashCheck(false).withTransactionHistory(0n).withLogBytesLimit();
}

/** The Solana virtual machine with its accounts, in the words of this folder. */
export class Machine {
  readonly #svm: LiteSVM;
  readonly #journals = new Set<Journal>();

  private constructor(svm: LiteSVM) {
    this.#svm = unguarded(svm);
  }

  /** The native programs, the token programs and wrapped SOL. */
  static create(): Machine {
    return new Machine(new LiteSVM().withNativeMints());
  }

  static fromBytes(bytes: Uint8Array): Machine {
    return new Machine(LiteSVM.fromBytes(bytes));
  }

  toBytes(): Uint8Array {
    // A copy: the binding's own bytes can't be read back more than a few times.
    return Uint8Array.from(this.#svm.toBytes());
  }

  addProgram(program: string, path: string): void {
    this.#svm.addProgramFromFile(address(program), path);
  }

  get slot(): number {
    return Number(this.#svm.getClock().slot);
  }

  /** Sets the clock sysvar. Seconds since 1970. */
  setClock(slot: number, epoch: number, unixTime: number): void {
    const clock = this.#svm.getClock();
    clock.slot = BigInt(slot);
    clock.epoch = BigInt(epoch);
    clock.leaderScheduleEpoch = BigInt(epoch + 1);
    clock.unixTimestamp = BigInt(unixTime);
    this.#svm.setClock(clock);
  }

  read(at: string): StoredAccount | undefined {
    const account = this.#svm.getAccount(address(at));
    return account.exists ? stored(account) : undefined;
  }

  write(at: string, account: StoredAccount): void {
    this.#note(at);
    this.#svm.setAccount({
      address: address(at),
      lamports: account.lamports as SvmAccount['lamports'],
      programAddress: address(account.owner),
      data: account.data,
      executable: account.executable,
      space: BigInt(account.data.length),
    });
  }

  remove(at: string): void {
    this.write(at, ABSENT);
  }

  /** In no order that could be relied on. */
  ownedBy(program: string): NamedAccount[] {
    return this.#svm
      .getProgramAccounts(address(program))
      .map((account) => ({ address: account.address, ...stored(account) }));
  }

  rentFor(bytes: number): bigint {
    return this.#svm.minimumBalanceForRentExemption(BigInt(bytes));
  }

  /** Notes from now on how every account was before it changed, until closed. */
  openJournal(): Journal {
    const journal = new Journal();
    this.#journals.add(journal);
    return journal;
  }

  closeJournal(journal: Journal): void {
    this.#journals.delete(journal);
  }

  /** Puts every account back to how it was when the journal was opened. An open one can be gone back to again. */
  undo(journal: Journal): void {
    for (const [at, account] of journal.entries)
      if (account) this.write(at, account);
      else this.remove(at);
  }

  #note(at: string): void {
    const lacking = [...this.#journals].filter((journal) => !journal.has(at));
    if (lacking.length === 0) return;
    const account = this.read(at);
    for (const journal of lacking) journal.note(at, account);
  }

  /** Runs a transaction that `signers` sign and that may write to `writable`, and keeps what it does. */
  run(message: Uint8Array, signers: readonly string[], writable: readonly string[]): Run {
    for (const at of writable) this.#note(at);
    return runOf(this.#svm.sendTransaction(unsigned(message, signers)));
  }

  /** The same, and keeps nothing; gives also what would become of the accounts. */
  simulate(message: Uint8Array, signers: readonly string[]): { run: Run; accounts: readonly NamedAccount[] } {
    const result = this.#svm.simulateTransaction(unsigned(message, signers));
    if (result instanceof FailedTransactionMetadata) return { run: runOf(result), accounts: [] };
    const accounts = result
      .postAccounts()
      .map((account) => ({ address: account.address as string, ...stored(account) }));
    return { run: runOf(result.meta()), accounts };
  }
}

function unsigned(message: Uint8Array, signers: readonly string[]): SvmTransaction {
  const signatures = Object.fromEntries(signers.map((signer) => [signer, new Uint8Array(64)]));
  return { messageBytes: message, signatures } as unknown as SvmTransaction;
}

function runOf(result: ReturnType<LiteSVM['sendTransaction']>): Run {
  const failed = result instanceof FailedTransactionMetadata;
  const meta = failed ? result.meta() : result;
  const returned = meta.returnData();
  return {
    err: failed ? errorOf(result) : null,
    logs: meta.logs(),
    unitsConsumed: meta.computeUnitsConsumed(),
    returnData:
      returned.data().length === 0 ? null : { programId: returned.programId(), data: returned.data() },
  };
}
