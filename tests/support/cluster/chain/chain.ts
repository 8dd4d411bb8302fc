import type { ProgramModel } from '../programModel.ts';
import { balancesOf } from './balances.ts';
import { BLOCKHASH_LIFE, Blockhashes } from './blockhashes.ts';
import { feeOf } from './fees.ts';
import type { Journal } from './journal.ts';
import { Ledger, type Landed } from './ledger.ts';
import { Machine, type NamedAccount, type Run, type StoredAccount } from './machine.ts';
import { ModelRunner } from './modelRunner.ts';
import type { Runnable, Runner } from './runner.ts';
import { SvmRunner } from './svmRunner.ts';

import type { TransactionError } from './transactionError.ts';
import { accountKeys, instructionsOf, type WireTransaction } from './wireTransaction.ts';

export const SLOT_MS = 400;
export const SLOTS_PER_EPOCH = 432_000;
/** Slots without a block, before this chain began: a height is never a slot. */
const SKIPPED_SLOTS = 20_000_000;

/** A program whose binary stands at a path, or a model of it. */
export type ChainProgram = { readonly address: string } & (
  { readonly binary: string } | { readonly model: ProgramModel }
);

interface Genesis {
  readonly slot: number;
  readonly unixMs: number;
}

/** A chain at a moment, to go back to. */
export interface ChainSnapshot {
  readonly slot: number;
  readonly machine: Uint8Array;
  readonly genesis: Genesis;
  readonly landed: readonly Landed[];
}

/** Hears what happens, when it has happened. */
export interface ChainListener {
  onSlot?(slot: number): void;
  onAccount?(address: string): void;
  onLanded?(landed: Landed): void;
}

/** What would come of a transaction, and of the accounts that it could write. */
export interface Simulation {
  readonly run: Run;
  readonly accounts: readonly NamedAccount[];
}

/** What stands where a modelled program's binary would: executable, and nothing that could be run by mistake. */
const STAND_IN: StoredAccount = {
  owner: 'NativeLoader1111111111111111111111111111111',
  lamports: 1_000_000_000n,
  data: new Uint8Array(36),
  executable: true,
};

const refused = (err: TransactionError): Simulation => ({
  run: { err, logs: [], unitsConsumed: 0n, returnData: null },
  accounts: [],
});

/** Errors for which a transaction never gets into a block, and costs nothing. */
const KEPT_OUT: ReadonlySet<TransactionError> = new Set([
  'AccountNotFound',
  'InsufficientFundsForFee',
  'InvalidAccountForFee',
]);

/** Where every chain begins, whatever the virtual machine would begin with: recordings name slots. */
const FIRST_SLOT = 447_552_000;

/** A block chain of one node: a block a transaction, and blocks without any as time goes by. */
export class Chain {
  readonly #program: ChainProgram | undefined;
  readonly #blockhashes = new Blockhashes();
  readonly #listeners = new Set<ChainListener>();
  /** Of each snapshot, what has changed since. */
  readonly #since = new WeakMap<ChainSnapshot, Journal>();
  readonly #machine: Machine;
  readonly #runner: Runner;
  readonly #genesis: Genesis;
  #ledger: Ledger;

  private constructor(program: ChainProgram | undefined, machine: Machine, genesis: Genesis, ledger: Ledger) {
    this.#program = program;
    this.#machine = machine;
    this.#genesis = genesis;
    this.#ledger = ledger;
    this.#runner = this.#runnerOf(machine);
  }

  /** A new chain, whose clock stands at `unixS`. */
  static begin(program: ChainProgram | undefined, unixS: number): Chain {
    const machine = Machine.create();
    if (program && 'binary' in program) machine.addProgram(program.address, program.binary);
    if (program && 'model' in program) machine.write(program.address, STAND_IN);
    const chain = new Chain(program, machine, { slot: FIRST_SLOT, unixMs: unixS * 1000 }, new Ledger());
    chain.#setSlot(FIRST_SLOT);
    return chain;
  }

  /** The chain as it was: what happens on either is unknown to the other. */
  static from(snapshot: ChainSnapshot, program?: ChainProgram): Chain {
    const { machine, genesis, landed } = snapshot;
    return new Chain(program, Machine.fromBytes(machine), genesis, new Ledger(landed));
  }

  snapshot(): ChainSnapshot {
    const { slot } = this;
    const snapshot = {
      slot,
      machine: this.#machine.toBytes(),
      genesis: this.#genesis,
      landed: this.#ledger.all(),
    };
    this.#since.set(snapshot, this.#machine.openJournal());
    return snapshot;
  }

  /** Nobody is told: who had subscribed hears of the next change. */
  restore(snapshot: ChainSnapshot): void {
    const since = this.#since.get(snapshot);
    if (!since)
      throw new Error('a snapshot is put back on the chain that it was taken of, or another begins with it');
    this.#machine.undo(since);
    this.#ledger = new Ledger(snapshot.landed);
    this.#setClock(snapshot.slot);
  }

  #runnerOf(machine: Machine): Runner {
    const program = this.#program;
    if (!program || !('model' in program)) return new SvmRunner(machine);
    return new ModelRunner(machine, {
      program: program.address,
      model: program.model,
      now: () => ({ slot: this.slot, unixTime: this.unixTime }),
    });
  }

  listen(listener: ChainListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get slot(): number {
    return this.#machine.slot;
  }

  get height(): number {
    return this.slot - SKIPPED_SLOTS;
  }

  get epoch(): number {
    return Math.floor(this.slot / SLOTS_PER_EPOCH);
  }

  /** Whole seconds since 1970. */
  get unixTime(): number {
    return this.unixTimeAt(this.slot);
  }

  unixTimeAt(slot: number): number {
    return Math.floor((this.#genesis.unixMs + (slot - this.#genesis.slot) * SLOT_MS) / 1000);
  }

  get genesisHash(): string {
    return this.#blockhashes.at(0);
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  latestBlockhash(): { blockhash: string; lastValidBlockHeight: number } {
    return {
      blockhash: this.#blockhashes.at(this.height),
      lastValidBlockHeight: this.height + BLOCKHASH_LIFE,
    };
  }

  isBlockhashValid(blockhash: string): boolean {
    return this.#blockhashes.isValid(blockhash, this.height);
  }

  /** Lets empty blocks go by. */
  advance(slots: number): void {
    if (slots > 0) this.#setSlot(this.slot + slots);
  }

  #setClock(slot: number): void {
    this.#machine.setClock(slot, Math.floor(slot / SLOTS_PER_EPOCH), this.unixTimeAt(slot));
  }

  #setSlot(slot: number): void {
    this.#setClock(slot);
    for (const each of this.#listeners) each.onSlot?.(slot);
  }

  read(address: string): StoredAccount | undefined {
    return this.#machine.read(address);
  }

  /** An account as if some transaction had left it so. */
  write(address: string, account: Omit<StoredAccount, 'executable'>): void {
    this.#machine.write(address, { ...account, executable: false });
    for (const each of this.#listeners) each.onAccount?.(address);
  }

  ownedBy(program: string): NamedAccount[] {
    return this.#machine.ownedBy(program);
  }

  rentFor(bytes: number): bigint {
    return this.#machine.rentFor(bytes);
  }

  /** Puts a signed transaction into the next block; undefined where it can't get in: too late, known already, no fee. */
  land(transaction: WireTransaction): Landed | undefined {
    if (this.#keptOut(transaction) !== undefined) return undefined;
    const ready = this.#ready(transaction);
    if (typeof ready === 'string') return undefined;
    const { addresses, writable, fee } = ready;
    const before = balancesOf(this.#machine, addresses);
    const run = this.#runner.run(ready);
    if (run.err !== null && KEPT_OUT.has(run.err)) return undefined;
    const landed: Landed = {
      transaction,
      slot: this.slot,
      blockTime: this.unixTime,
      err: run.err,
      logs: run.logs,
      unitsConsumed: run.unitsConsumed,
      fee,
      unitPrice: ready.unitPrice,
      addresses,
      writable,
      before,
      after: balancesOf(this.#machine, addresses),
    };
    this.#ledger.add(landed);
    for (const each of this.#listeners) {
      for (const address of writable) each.onAccount?.(address);
      each.onLanded?.(landed);
    }
    this.advance(1);
    return landed;
  }

  /** Signatures aren't looked at. */
  simulate(transaction: WireTransaction): Simulation {
    const keptOut = this.#keptOut(transaction);
    if (keptOut !== undefined) return refused(keptOut);
    const ready = this.#ready(transaction);
    return typeof ready === 'string' ? refused(ready) : this.#runner.simulate(ready);
  }

  #keptOut({ signature, message }: WireTransaction): string | undefined {
    if (this.#ledger.get(signature)) return 'AlreadyProcessed';
    return this.isBlockhashValid(message.recentBlockhash) ? undefined : 'BlockhashNotFound';
  }

  #ready({ message, signatures }: WireTransaction): (Runnable & { unitPrice: bigint }) | string {
    let keys;
    try {
      keys = accountKeys(message, (address) => this.#machine.read(address));
    } catch {
      return 'AddressLookupTableNotFound';
    }
    const instructions = instructionsOf(message, keys);
    const { lamports: fee, unitPrice } = feeOf(signatures.length, instructions);
    const addresses = keys
      .keySegments()
      .flat()
      .map((key) => key.toBase58());
    const writable = addresses.filter((_, index) => message.isAccountWritable(index));
    return { message, addresses, writable, instructions, payer: addresses[0] ?? '', fee, unitPrice };
  }
}
