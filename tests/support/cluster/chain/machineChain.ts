import { SystemProgram } from '@solana/web3.js';

import { ProgramError, type ChainAccount, type ModelChain } from '../programModel.ts';
import type { Machine } from './machine.ts';
import { holdingOf, withAmount } from './tokenAccount.ts';

const SYSTEM_PROGRAM = SystemProgram.programId.toBase58();
const INSUFFICIENT = 1;
const ALREADY_IN_USE = 0;
/** The token program's codes. */
const TOKEN_INVALID = 2;
const TOKEN_MINT_MISMATCH = 3;

/** The accounts of a virtual machine, as a model of a program sees them within one transaction. */
export class MachineChain implements ModelChain {
  readonly slot: number;
  readonly unixTime: number;
  readonly #machine: Machine;
  readonly #logs: string[];

  constructor(machine: Machine, logs: string[], now: { slot: number; unixTime: number }) {
    this.#machine = machine;
    this.#logs = logs;
    this.slot = now.slot;
    this.unixTime = now.unixTime;
  }

  read(address: string): ChainAccount | undefined {
    const account = this.#machine.read(address);
    return account && { owner: account.owner, lamports: account.lamports, data: account.data };
  }

  write(address: string, account: ChainAccount): void {
    this.#machine.write(address, { ...account, executable: false });
  }

  log(line: string): void {
    this.#logs.push(`Program log: ${line}`);
  }

  emit(event: Uint8Array): void {
    this.#logs.push(`Program data: ${Buffer.from(event).toString('base64')}`);
  }

  transferTokens(from: string, to: string, amount: bigint): void {
    const [giver, taker] = [this.read(from), this.read(to)];
    const [given, taken] = [holdingOf(giver), holdingOf(taker)];
    if (!giver || !taker || !given || !taken)
      throw new ProgramError(TOKEN_INVALID, `${given ? to : from} is no token account`);
    if (given.mint !== taken.mint)
      throw new ProgramError(TOKEN_MINT_MISMATCH, 'Account not associated with this Mint');
    if (given.amount < amount) throw new ProgramError(INSUFFICIENT, 'insufficient funds');
    if (from === to) return;
    // A wrapped SOL is a lamport in the account.
    const lamports = given.isNative ? amount : 0n;
    this.write(from, {
      ...giver,
      lamports: giver.lamports - lamports,
      data: withAmount(giver.data, given.amount - amount),
    });
    this.write(to, {
      ...taker,
      lamports: taker.lamports + lamports,
      data: withAmount(taker.data, taken.amount + amount),
    });
  }

  createAccount(payer: string, address: string, owner: string, data: Uint8Array): void {
    const there = this.read(address);
    if (there && (there.data.length > 0 || there.lamports > 0n))
      throw new ProgramError(ALREADY_IN_USE, `Allocate: account ${address} already in use`);
    const rent = this.#machine.rentFor(data.length);
    const purse = this.read(payer);
    if (!purse || purse.lamports < rent)
      throw new ProgramError(
        INSUFFICIENT,
        `Transfer: insufficient lamports ${purse?.lamports ?? 0n}, need ${rent}`,
      );
    this.write(payer, { ...purse, lamports: purse.lamports - rent });
    this.write(address, { owner, lamports: rent, data });
  }

  closeAccount(address: string, recipient: string): void {
    const closed = this.read(address);
    if (!closed) return;
    const purse = this.read(recipient);
    this.#machine.remove(address);
    this.write(
      recipient,
      purse
        ? { ...purse, lamports: purse.lamports + closed.lamports }
        : { owner: SYSTEM_PROGRAM, lamports: closed.lamports, data: new Uint8Array() },
    );
  }
}
