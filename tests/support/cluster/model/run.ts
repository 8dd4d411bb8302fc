import type { CallAccount, ModelChain, ProgramCall } from '../programModel.ts';
import type { AccountKind, AccountKinds } from './accounts.ts';
import type { IdlInstruction } from './idl.ts';
import {
  decodeAccount,
  decodeArguments,
  discriminator,
  DISCRIMINATOR_BYTES,
  encodeAccount,
  encodeEvent,
  startsWith,
  type Fields,
} from './layout.ts';
import { refuse, refuseAccounts } from './refusal.ts';

/** Drift v2 on mainnet, as the SDK has it. */
export const DRIFT = 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH';

/** An account of the program, as it was read and then changed. */
export interface Held<Kind extends AccountKind> {
  readonly address: string;
  readonly value: AccountKinds[Kind];
}

interface Loaded {
  readonly kind: AccountKind;
  readonly value: Fields;
  readonly isWritable: boolean;
}

/**
 * One instruction while it runs: its arguments, its accounts by name, the clock, and the accounts that it changes, which
 * are written when it has succeeded.
 */
export class Run {
  readonly chain: ModelChain;
  /** Unix seconds. */
  readonly now: bigint;
  readonly slot: bigint;
  readonly args: Fields;
  /** The accounts behind those that the IDL names. */
  readonly remaining: readonly CallAccount[];
  readonly #named: ReadonlyMap<string, CallAccount>;
  readonly #loaded = new Map<string, Loaded>();

  constructor(call: ProgramCall, chain: ModelChain, instruction: IdlInstruction) {
    const { accounts } = instruction;
    this.chain = chain;
    this.now = BigInt(chain.unixTime);
    this.slot = BigInt(chain.slot);
    this.args = argumentsOf(instruction, call.data);
    this.remaining = call.accounts.slice(accounts.length);
    this.#named = new Map(
      accounts.map(({ name }, at) => [
        name,
        call.accounts[at] ?? refuseAccounts('NotEnoughKeys', `${name} is missing`),
      ]),
    );
    for (const { name, isSigner } of accounts)
      if (isSigner && !this.named(name).isSigner) refuseAccounts('AccountNotSigner', name);
  }

  named(name: string): CallAccount {
    const found = this.#named.get(name);
    if (found === undefined) throw new TypeError(`the instruction has no account ${name}`);
    return found;
  }

  address(name: string): string {
    return this.named(name).address;
  }

  /** The account that the instruction calls so, of the kind that belongs there. */
  held<Kind extends AccountKind>(kind: Kind, name: string): Held<Kind> {
    return this.load(kind, this.named(name));
  }

  /** One object an account: what one part of the program changes, all others see. */
  load<Kind extends AccountKind>(kind: Kind, { address, isWritable }: CallAccount): Held<Kind> {
    const loaded = this.#loaded.get(address);
    if (loaded !== undefined) {
      if (loaded.kind !== kind) refuseAccounts('AccountDiscriminatorMismatch', `${address} is no ${kind}`);
      return { address, value: loaded.value as unknown as AccountKinds[Kind] };
    }
    const account = this.chain.read(address);
    if (account === undefined || account.data.length === 0) refuseAccounts('AccountNotInitialized', address);
    if (account.owner !== DRIFT) refuseAccounts('AccountOwnedByWrongProgram', address);
    if (!startsWith(account.data, discriminator('account', kind)))
      refuseAccounts('AccountDiscriminatorMismatch', `${address} is no ${kind}`);
    const value = decodeAccount(kind, account.data);
    this.#loaded.set(address, { kind, value, isWritable });
    return { address, value: value as unknown as AccountKinds[Kind] };
  }

  /** Whether the program's account at this address is of this kind. */
  isKind(kind: AccountKind, address: string): boolean {
    const data = this.chain.read(address)?.data;
    return data !== undefined && startsWith(data, discriminator('account', kind));
  }

  /** The account is closed: it isn't written, whatever was changed. */
  forget(address: string): void {
    this.#loaded.delete(address);
  }

  log(line: string): void {
    this.chain.log(line);
  }

  emit(name: string, fields: Fields): void {
    this.chain.emit(encodeEvent(name, fields));
  }

  /** Writes what was changed. Throws `ProgramError` where an account was, that may not be written. */
  commit(): void {
    for (const [address, { kind, value, isWritable }] of this.#loaded) {
      const before = this.chain.read(address);
      if (before === undefined) throw new Error(`${address} is gone from the chain`);
      const data = encodeAccount(kind, value, before.data);
      if (Buffer.compare(data, before.data) === 0) continue;
      if (!isWritable) refuse(UNWRITABLE[kind], address);
      this.chain.write(address, { ...before, data });
    }
  }
}

/** What the program says where it would change an account that isn't handed over for that. */
const UNWRITABLE: Readonly<Record<AccountKind, string>> = {
  User: 'UnableToLoadUserAccount',
  UserStats: 'UnableToLoadUserStatsAccount',
  SpotMarket: 'UnableToLoadSpotMarketAccount',
  PerpMarket: 'UnableToLoadPerpMarketAccount',
  State: 'UnableToLoadAccountLoader',
  InsuranceFundStake: 'UnableToLoadAccountLoader',
};

function argumentsOf(instruction: IdlInstruction, data: Uint8Array): Fields {
  try {
    return decodeArguments(instruction.args, data.subarray(DISCRIMINATOR_BYTES));
  } catch (cause) {
    return refuseAccounts('InstructionDidNotDeserialize', String(cause));
  }
}
