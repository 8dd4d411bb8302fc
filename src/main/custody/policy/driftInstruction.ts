import type { Address } from '../address.ts';
import { ByteReader } from './byteReader.ts';
import { readArguments, type DriftArguments } from './driftArguments.ts';
import {
  DISCRIMINATOR_BYTES,
  driftInstructionOf,
  type AccountRole,
  type DriftInstruction,
} from './driftInstructions.ts';
import type { Instruction } from './instruction.ts';
import { NO_ADDRESS, RENT_SYSVAR, SYSTEM_PROGRAM, TOKEN_PROGRAM } from './programs.ts';
import { refuse } from './refusal.ts';
import type { SigningCase } from './signingCase.ts';
import { ownAccount } from './tokenInstruction.ts';

const QUOTE_MARKET = 0;

/**
 * What an instruction of Drift does, in words. Throws a Refusal.
 *
 * Every account that the instruction names is held to its role, although Drift checks most of them too: it does not
 * check whose account a deposit is for, anybody may pay into any; and it lets the owner withdraw to any token account.
 *
 * Behind the named accounts follow others that aren't looked at: oracles, markets, makers, a referrer. Drift holds each
 * to what it has written down itself. Markets and oracles have to be those of its own; a maker or an exchange can only
 * fill within the order's own limit; a referrer is paid from the fee that Drift takes, not on top of it. None of them
 * names where tokens go. A mint and the accounts of a transfer hook would come here too, but only the old token program
 * is let in, which knows no hooks. What is left is a signature lent to a program further on: so the signer's key may
 * stand in its own place only.
 */
export function driftWords(instruction: Instruction, about: SigningCase): string {
  const listed = knownInstruction(instruction);
  const data = new ByteReader(instruction.data);
  data.bytes(DISCRIMINATOR_BYTES);
  const args = readArguments(data, listed.arguments);
  refuseStranger(args.delegate, about);
  const subAccounts = checkAccounts(listed, args, instruction, about);
  return sentence(listed, args, subAccounts);
}

/** Whether only the owner of an account may do this. Throws a Refusal, `instruction`, for what nobody may. */
export const isForOwner = (instruction: Instruction): boolean =>
  knownInstruction(instruction).for === 'owner';

/** Who would become a delegate; undefined for any other instruction. */
export function newDelegate({ data }: Instruction): Address | undefined {
  const listed = driftInstructionOf(data);
  if (listed?.arguments.includes('delegate') !== true) return undefined;
  return readArguments(new ByteReader(data.subarray(DISCRIMINATOR_BYTES)), listed.arguments).delegate;
}

const knownInstruction = ({ data }: Instruction): DriftInstruction =>
  driftInstructionOf(data) ?? refuse('instruction', 'An instruction of Drift is not one that is needed.');

/** A delegate can't withdraw, but could lose everything in trades with a friend. */
function refuseStranger(delegate: Address | undefined, { rules }: SigningCase): void {
  if (delegate === undefined || delegate === NO_ADDRESS || delegate === rules.owner) return;
  if (!rules.delegates.has(delegate))
    refuse('stranger', `${delegate} would trade your account, and is no delegate whose key is here.`);
}

/** The sub-accounts that take part, in order. Throws a Refusal, `account` or `destination`. */
function checkAccounts(
  { name, accounts: roles }: DriftInstruction,
  args: DriftArguments,
  { accounts }: Instruction,
  about: SigningCase,
): readonly number[] {
  const subAccounts: number[] = [];
  roles.forEach((role, place) => {
    const account = accounts[place] ?? refuse('account', `${name} has too few accounts.`);
    if (role === 'source') return;
    if (role === 'destination') ownAccount(account, about);
    else if (role === 'user') subAccounts.push(subAccountAt(account, args, about));
    else if (account !== addressOf(role, args.market, about))
      refuse('account', `${name} has ${account} where the ${role} has to be.`);
  });
  if (accounts.slice(roles.length).includes(about.rules.signer))
    refuse('account', `${name} would lend the signature on.`);
  return subAccounts;
}

/** The data may say which sub-account it has to be. Throws a Refusal, `account`. */
function subAccountAt(account: Address, { subAccount }: DriftArguments, { drift }: SigningCase): number {
  const found = subAccount ?? drift.subAccountOf(account);
  if (found === undefined || drift.user(found) !== account)
    return refuse('account', `${account} is not the sub-account of the owner that has to be there.`);
  return found;
}

/** The only address that a role can have. */
function addressOf(
  role: Exclude<AccountRole, 'source' | 'destination' | 'user'>,
  market: number | undefined,
  { rules, drift }: SigningCase,
): Address {
  const named = (): number => market ?? refuse('malformed', 'The data names no market.');
  switch (role) {
    case 'state':
      return drift.state();
    case 'driftSigner':
      return drift.signer();
    case 'signer':
      return rules.signer;
    case 'owner':
      return rules.owner;
    case 'userStats':
      return drift.userStats();
    case 'spotMarket':
      return drift.spotMarket(named());
    case 'vault':
      return drift.vault(named());
    case 'insuranceVault':
      return drift.insuranceVault(named());
    case 'insuranceStake':
      return drift.insuranceStake(named());
    case 'quoteVault':
      return drift.vault(QUOTE_MARKET);
    case 'tokenProgram':
      return TOKEN_PROGRAM;
    case 'systemProgram':
      return SYSTEM_PROGRAM;
    case 'rent':
      return RENT_SYSVAR;
  }
}

/** `Drift: withdraw 12.5 USDC (market 0) from sub-account 0` */
function sentence(
  { name, side }: DriftInstruction,
  { words, delegate }: DriftArguments,
  [from, to]: readonly number[],
): string {
  return [
    `Drift: ${name.replaceAll('_', ' ')}`,
    ...words,
    delegate === undefined ? '' : `to ${delegate === NO_ADDRESS ? 'nobody' : delegate}`,
    from === undefined ? '' : `${side} sub-account ${from}`,
    to === undefined ? '' : `to sub-account ${to}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
