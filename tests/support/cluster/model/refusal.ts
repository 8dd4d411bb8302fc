import { ProgramError } from '../programModel.ts';
import { DRIFT_IDL } from './idl.ts';

const CODES: ReadonlyMap<string, number> = new Map(DRIFT_IDL.errors.map(({ name, code }) => [name, code]));

/** Anchor's own codes, for accounts and data that don't fit the instruction. Source: anchor-lang 0.29, error.rs. */
const ANCHOR = {
  InstructionFallbackNotFound: 101,
  InstructionDidNotDeserialize: 102,
  ConstraintMut: 2000,
  ConstraintHasOne: 2001,
  ConstraintRaw: 2003,
  ConstraintSeeds: 2006,
  ConstraintTokenOwner: 2015,
  AccountDiscriminatorMismatch: 3002,
  NotEnoughKeys: 3005,
  AccountOwnedByWrongProgram: 3007,
  AccountNotSigner: 3010,
  AccountNotInitialized: 3012,
} as const;

/** The program's refusal by its name in the IDL. */
export function refuse(name: string, message: string): never {
  const code = CODES.get(name);
  if (code === undefined) throw new Error(`the program has no error ${name}`);
  throw new ProgramError(code, `${name}: ${message}`);
}

/** Anchor's refusal, before the instruction is begun. */
export function refuseAccounts(name: keyof typeof ANCHOR, message: string): never {
  throw new ProgramError(ANCHOR[name], `${name}: ${message}`);
}

/** What the model leaves out on purpose: a test that runs into it has to change. */
export function notModelled(what: string): never {
  throw new Error(`the model of the program leaves out ${what}`);
}
