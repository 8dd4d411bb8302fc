import { createHash } from 'node:crypto';

import {
  ComputeBudgetProgram,
  PublicKey,
  SystemProgram,
  TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';

import { ProgramError, type ProgramModel } from '../programModel.ts';
import type { Machine, NamedAccount, Run } from './machine.ts';
import { MachineChain } from './machineChain.ts';
import { signersOf, type Runnable, type Runner } from './runner.ts';
import { SvmRunner } from './svmRunner.ts';
import { customError, type TransactionError } from './transactionError.ts';
import type { WireInstruction } from './wireTransaction.ts';

const COMPUTE_BUDGET = ComputeBudgetProgram.programId.toBase58();
/** Pays the fees of single instructions, which their transaction has paid already. */
const TREASURY = new PublicKey(createHash('sha256').update('treasury').digest());
const TREASURY_LAMPORTS = 1_000_000_000_000n;
/** What an instruction of the model is said to have computed. The real program's are between 20,000 and 300,000. */
const MODEL_UNITS = 100_000n;
const ANY_BLOCKHASH = PublicKey.default.toBase58();

interface ModelOf {
  readonly program: string;
  readonly model: ProgramModel;
  now(): { slot: number; unixTime: number };
}

/** One program is a model in TypeScript; every other is a binary that the virtual machine runs. */
export class ModelRunner implements Runner {
  readonly #machine: Machine;
  readonly #svm: SvmRunner;
  readonly #of: ModelOf;

  constructor(machine: Machine, of: ModelOf) {
    this.#machine = machine;
    this.#svm = new SvmRunner(machine);
    this.#of = of;
  }

  run(transaction: Runnable): Run {
    if (!this.#isForModel(transaction)) return this.#svm.run(transaction);
    const refused = this.#payFee(transaction);
    if (refused !== undefined) return nothingRun(refused);
    const journal = this.#machine.openJournal();
    let done = false;
    try {
      const run = this.#inTurn(transaction);
      done = run.err === null;
      return run;
    } finally {
      if (!done) this.#machine.undo(journal);
      this.#machine.closeJournal(journal);
    }
  }

  simulate(transaction: Runnable): { readonly run: Run; readonly accounts: readonly NamedAccount[] } {
    if (!this.#isForModel(transaction)) return this.#svm.simulate(transaction);
    const journal = this.#machine.openJournal();
    try {
      const refused = this.#payFee(transaction);
      if (refused !== undefined) return { run: nothingRun(refused), accounts: [] };
      const run = this.#inTurn(transaction);
      const accounts = run.err === null ? this.#written(transaction) : [];
      return { run, accounts };
    } finally {
      this.#machine.undo(journal);
      this.#machine.closeJournal(journal);
    }
  }

  #isForModel({ instructions }: Runnable): boolean {
    return instructions.some(({ program }) => program === this.#of.program);
  }

  #payFee({ payer, fee }: Runnable): TransactionError | undefined {
    const purse = this.#machine.read(payer);
    if (purse === undefined) return 'AccountNotFound';
    if (purse.owner !== SystemProgram.programId.toBase58()) return 'InvalidAccountForFee';
    if (purse.lamports < fee) return 'InsufficientFundsForFee';
    this.#machine.write(payer, { ...purse, lamports: purse.lamports - fee });
    return undefined;
  }

  #inTurn({ instructions, addresses }: Runnable): Run {
    const logs: string[] = [];
    let unitsConsumed = 0n;
    for (const [index, instruction] of instructions.entries()) {
      const { program } = instruction;
      if (program === COMPUTE_BUDGET) continue;
      if (program !== this.#of.program) {
        const { run, ownAddresses } = this.#alone(instruction);
        logs.push(...run.logs);
        unitsConsumed += run.unitsConsumed;
        if (run.err === null) continue;
        const inPlace = (at: number): number => addresses.indexOf(ownAddresses[at] ?? '');
        return { ...run, err: moved(run.err, index, inPlace), logs, unitsConsumed };
      }
      logs.push(`Program ${program} invoke [1]`);
      unitsConsumed += MODEL_UNITS;
      const consumed = `Program ${program} consumed ${MODEL_UNITS} of 1400000 compute units`;
      try {
        this.#of.model.execute(instruction, new MachineChain(this.#machine, logs, this.#of.now()));
        logs.push(consumed, `Program ${program} success`);
      } catch (error) {
        if (!(error instanceof ProgramError)) throw error;
        const { code, message } = error;
        logs.push(
          `Program log: AnchorError occurred. Error Number: ${code}. Error Message: ${message}.`,
          consumed,
          `Program ${program} failed: custom program error: 0x${code.toString(16)}`,
        );
        return { err: customError(index, code), logs, unitsConsumed, returnData: null };
      }
    }
    return { err: null, logs, unitsConsumed, returnData: null };
  }

  /** Runs one instruction as a transaction of its own, at the treasury's cost. */
  #alone({ program, data, accounts }: WireInstruction): { run: Run; ownAddresses: string[] } {
    const writable = accounts.filter(({ isWritable }) => isWritable).map(({ address }) => address);
    this.#machine.write(TREASURY.toBase58(), {
      owner: SystemProgram.programId.toBase58(),
      lamports: TREASURY_LAMPORTS,
      data: new Uint8Array(),
      executable: false,
    });
    const instruction = new TransactionInstruction({
      programId: new PublicKey(program),
      data: Buffer.from(data),
      keys: accounts.map(({ address, isSigner, isWritable }) => ({
        pubkey: new PublicKey(address),
        isSigner,
        isWritable,
      })),
    });
    const message = new TransactionMessage({
      payerKey: TREASURY,
      recentBlockhash: ANY_BLOCKHASH,
      instructions: [instruction],
    }).compileToV0Message();
    return {
      run: this.#machine.run(message.serialize(), signersOf(message), writable),
      ownAddresses: message.staticAccountKeys.map((key) => key.toBase58()),
    };
  }

  #written({ writable }: Runnable): NamedAccount[] {
    return writable.flatMap((address) => {
      const account = this.#machine.read(address);
      return account ? [{ address, ...account }] : [];
    });
  }
}

const nothingRun = (err: TransactionError): Run => ({ err, logs: [], unitsConsumed: 0n, returnData: null });

/** The error of an instruction that was run alone, as it is of the transaction in which it stands at `index`. */
function moved(err: TransactionError, index: number, inPlace: (account: number) => number): TransactionError {
  if (typeof err === 'string') return err;
  if ('InstructionError' in err) return { InstructionError: [index, err.InstructionError[1]] };
  return { InsufficientFundsForRent: { account_index: inPlace(err.InsufficientFundsForRent.account_index) } };
}
