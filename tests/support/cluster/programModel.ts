/** What a program's instructions are run by where its binary is not at hand. */

/** An account as the chain holds it. */
export interface ChainAccount {
  /** Address of the program that owns it, base58. */
  readonly owner: string;
  readonly lamports: bigint;
  readonly data: Uint8Array;
}

/** An account that an instruction names, in the instruction's order. */
export interface CallAccount {
  readonly address: string;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
}

/** One instruction to the program. */
export interface ProgramCall {
  readonly data: Uint8Array;
  readonly accounts: readonly CallAccount[];
}

/**
 * The chain as a program sees it while it runs an instruction. What is written is seen at once by later reads, and is
 * put back if any instruction of the transaction fails.
 */
export interface ModelChain {
  /** Unix seconds, as the clock sysvar says them. */
  readonly unixTime: number;
  readonly slot: number;
  /** A copy: undefined where there is no account. */
  read(address: string): ChainAccount | undefined;
  /** An account of no lamports is removed. */
  write(address: string, account: ChainAccount): void;
  /** A line of the program's log: `Program log: ` is put before it. */
  log(line: string): void;
  /** An Anchor event, discriminator and all: it is logged as `Program data: ` and base64. */
  emit(event: Uint8Array): void;
  /**
   * Moves tokens between two token accounts, as the token program would on the program's word: nobody's signature is
   * asked for. Throws `ProgramError` 1 (insufficient funds), 3 (mints differ), or 2 where one isn't a token account.
   */
  transferTokens(from: string, to: string, amount: bigint): void;
  /**
   * Makes an account of `data` and takes its rent from `payer`. Throws `ProgramError` 0 where the account exists, 1 where
   * the payer can't pay.
   */
  createAccount(payer: string, address: string, owner: string, data: Uint8Array): void;
  /** Removes an account and gives its lamports to `recipient`. */
  closeAccount(address: string, recipient: string): void;
}

/** A program written in TypeScript. One is asked for many chains: what it knows it reads from the chain. */
export interface ProgramModel {
  /** Throws `ProgramError` where the program would refuse; any other error fails the test that caused it. */
  execute(call: ProgramCall, chain: ModelChain): void;
}

/** The program refuses: `{ Custom: code }` in the transaction's error. Anchor's own codes start at 6000. */
export class ProgramError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'ProgramError';
    this.code = code;
  }
}
