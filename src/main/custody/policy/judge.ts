import type { Address } from '../address.ts';
import { solWords } from './amounts.ts';
import { associatedTokenWords } from './associatedToken.ts';
import { ComputeBudget } from './computeBudget.ts';
import { driftWords, isForOwner, newDelegate } from './driftInstruction.ts';
import { instructionsOf, type Instruction } from './instruction.ts';
import { readMessage, type Message } from './message.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  DRIFT_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from './programs.ts';
import { Refusal, refuse } from './refusal.ts';
import { openCase, type SigningCase } from './signingCase.ts';
import { systemWords, transferDestination } from './systemInstruction.ts';
import { tokenWords } from './tokenInstruction.ts';
import type { SigningRules, Verdict } from './verdict.ts';

type Allowed = Extract<Verdict, { isAllowed: true }>;

/** What an instruction of each program does, in words. The compute budget is about the whole transaction. */
const PROGRAMS: ReadonlyMap<Address, (instruction: Instruction, about: SigningCase) => string> = new Map([
  [SYSTEM_PROGRAM, systemWords],
  [TOKEN_PROGRAM, tokenWords],
  [ASSOCIATED_TOKEN_PROGRAM, associatedTokenWords],
  [DRIFT_PROGRAM, driftWords],
]);

/**
 * Whether the signer signs a message: everything in it has to be something that the app needs, for the user's own
 * account, and everything that it moves has to stay the user's own. Nothing is believed that the message doesn't prove,
 * since whoever sends it may be anybody who got into the main program. Pure, and never throws over the bytes.
 *
 * What it can't tell is whether a trade is a good one.
 */
export function judge(message: Uint8Array, rules: SigningRules): Verdict {
  try {
    return { isAllowed: true, ...readAll(readMessage(message), rules) };
  } catch (error) {
    if (error instanceof Refusal) return { isAllowed: false, reason: error.reason, why: error.message };
    throw error;
  }
}

/**
 * Addresses that a message sends SOL to or makes a delegate, without judging it: which of them are delegates whose keys
 * are here is looked up before it is judged. None for what is no message.
 */
export function mentioned(message: Uint8Array): readonly Address[] {
  try {
    const named = instructionsOf(readMessage(message)).map((instruction) => {
      if (instruction.program === SYSTEM_PROGRAM) return transferDestination(instruction);
      return instruction.program === DRIFT_PROGRAM ? newDelegate(instruction) : undefined;
    });
    return [...new Set(named.filter((address) => address !== undefined))];
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

function readAll(message: Message, rules: SigningRules): Pick<Allowed, 'words' | 'spends'> {
  const instructions = instructionsOf(message);
  if (message.requiredSignatures !== 1) refuse('signers', 'Somebody else would have to sign, too.');
  if (message.keys[0] !== rules.signer) refuse('feePayer', 'Somebody else would pay the fee.');
  if (rules.role === 'owner' && rules.owner !== rules.signer)
    refuse('rules', 'A key that is no delegate can only sign for its own account.');
  if (instructions.length === 0) refuse('empty', 'There is nothing in it to do.');
  if (rules.role === 'delegate') refuseOwnersWork(instructions);

  const about = openCase(rules);
  const budget = new ComputeBudget();
  const words: string[] = [];
  for (const instruction of instructions) {
    if (instruction.program === COMPUTE_BUDGET_PROGRAM) budget.read(instruction);
    else words.push(wordsOfOne(instruction, about));
  }
  if (about.tokens.isUnfinished)
    refuse('unfinished', 'An account would be created, and left to whoever initialises it.');
  const fee = budget.fee(rules.mostPriorityFee);
  if (fee > 0n) words.push(`priority fee up to ${solWords(fee)}`);
  return { words, spends: fee + about.tips.given + about.gas.given };
}

function wordsOfOne(instruction: Instruction, about: SigningCase): string {
  const read =
    PROGRAMS.get(instruction.program) ??
    refuse('program', `Program ${instruction.program} is not one that is needed.`);
  return read(instruction, about);
}

function refuseOwnersWork(instructions: readonly Instruction[]): void {
  for (const instruction of instructions)
    if (instruction.program === DRIFT_PROGRAM && isForOwner(instruction))
      refuse('delegate', 'A delegate may trade, and can not do what only an owner may.');
}
