import type { Address } from '../address.ts';
import { solWords } from './amounts.ts';
import { ByteReader } from './byteReader.ts';
import { seededAddress } from './derivedAddress.ts';
import { exactly, type Instruction } from './instruction.ts';
import { WRAPPED_SOL } from './mints.ts';
import { TOKEN_ACCOUNT_BYTES } from './ownTokens.ts';
import { TOKEN_PROGRAM } from './programs.ts';
import { refuse } from './refusal.ts';
import type { SigningCase } from './signingCase.ts';
import { isTipAccount } from './tips.ts';

/** The program's instructions by number. All others are refused, those of durable nonces among them. */
const TRANSFER = 2;
const CREATE_ACCOUNT_WITH_SEED = 3;
/** The longest seed of an address. Source: Solana's `MAX_SEED_LEN`. */
const LONGEST_SEED = 32n;

/** What an instruction of the system program does, in words. Throws a Refusal. */
export function systemWords(instruction: Instruction, about: SigningCase): string {
  const reader = new ByteReader(instruction.data);
  switch (reader.u32()) {
    case TRANSFER:
      return transfer(reader, instruction, about);
    case CREATE_ACCOUNT_WITH_SEED:
      return createForWrappedSol(reader, instruction, about);
    default:
      return refuse('instruction', 'An instruction of the system program is not one that is needed.');
  }
}

/** Where a transfer of SOL goes; undefined for any other instruction. */
export function transferDestination({ accounts, data }: Instruction): Address | undefined {
  return data.length >= 4 && new ByteReader(data).u32() === TRANSFER ? accounts[1] : undefined;
}

function transfer(
  reader: ByteReader,
  instruction: Instruction,
  { rules, tokens, tips, gas }: SigningCase,
): string {
  const lamports = reader.u64();
  reader.end();
  const [from, to] = exactly(2, instruction);
  if (from !== rules.signer) refuse('account', 'SOL of somebody else would be sent.');
  if (isTipAccount(to)) {
    tips.give(lamports);
    return `tip ${solWords(lamports)}`;
  }
  if (tokens.isOwnWallet(to)) return `send ${solWords(lamports)} to own address ${to}`;
  if (rules.delegates.has(to)) {
    gas.give(lamports);
    return `send ${solWords(lamports)} to delegate ${to} for gas`;
  }
  if (tokens.look(to)?.mint === WRAPPED_SOL) return `send ${solWords(lamports)} to own account to be wrapped`;
  return refuse('destination', `${solWords(lamports)} would go to ${to}, which is not known to be your own.`);
}

/**
 * An account that will hold wrapped SOL for as long as a deposit or withdrawal takes. Its address follows from the
 * signer's and from the token program, so nobody else can have it, and nobody can make anything but a token account of it.
 */
function createForWrappedSol(
  reader: ByteReader,
  instruction: Instruction,
  { rules, tokens }: SigningCase,
): string {
  const base = reader.address();
  const seedLength = reader.u64();
  if (seedLength > LONGEST_SEED) refuse('malformed', 'A seed is longer than seeds are.');
  const seed = reader.bytes(Number(seedLength));
  const lamports = reader.u64();
  const space = reader.u64();
  const program = reader.address();
  reader.end();
  // With a base other than the one who pays, there would be a third account.
  const [from, created] = exactly(2, instruction);
  if (from !== rules.signer || base !== rules.signer)
    refuse('account', 'An account would be made of another wallet.');
  if (program !== TOKEN_PROGRAM || space !== TOKEN_ACCOUNT_BYTES)
    refuse('instruction', 'An account would be created that is no token account.');
  if (created !== seededAddress(base, seed, program))
    refuse('account', 'An account would be created at an address that does not follow from its seed.');
  tokens.created(created);
  return `set ${solWords(lamports)} aside in a new account of the signer`;
}
