import type { Address } from '../address.ts';
import { ByteReader } from './byteReader.ts';
import { exactly, type Instruction } from './instruction.ts';
import { mintWords, WRAPPED_SOL } from './mints.ts';
import type { TokenAccount } from './ownTokens.ts';
import { RENT_SYSVAR } from './programs.ts';
import { refuse } from './refusal.ts';
import type { SigningCase } from './signingCase.ts';

/**
 * The program's instructions by number. All others are refused: an approval or a change of authority gives tokens away
 * without moving them. So is a transfer straight to a vault of the venue, which would credit nobody; a deposit moves
 * tokens there through the venue's own instruction.
 */
const INITIALIZE_ACCOUNT = 1;
const TRANSFER = 3;
const CLOSE_ACCOUNT = 9;
const TRANSFER_CHECKED = 12;
const INITIALIZE_ACCOUNT_2 = 16;
const SYNC_NATIVE = 17;
const INITIALIZE_ACCOUNT_3 = 18;

/** What an instruction of the token program does, in words. Throws a Refusal. */
export function tokenWords(instruction: Instruction, about: SigningCase): string {
  const reader = new ByteReader(instruction.data);
  const kind = reader.u8();
  switch (kind) {
    case INITIALIZE_ACCOUNT:
    case INITIALIZE_ACCOUNT_2:
    case INITIALIZE_ACCOUNT_3:
      return initialize(kind, reader, instruction, about);
    case TRANSFER:
    case TRANSFER_CHECKED:
      return transfer(kind, reader, instruction, about);
    case CLOSE_ACCOUNT:
      return close(reader, instruction, about);
    case SYNC_NATIVE:
      return syncNative(reader, instruction, about);
    default:
      return refuse('instruction', 'An instruction of the token program is not one that is needed.');
  }
}

/** Three forms of one instruction: the owner is an account or in the data, and rent is looked up or isn't. */
function initialize(kind: number, reader: ByteReader, instruction: Instruction, about: SigningCase): string {
  const accounts: readonly (Address | undefined)[] = instruction.accounts;
  const [account, mint] = instruction.accounts;
  const owner = kind === INITIALIZE_ACCOUNT ? accounts[2] : reader.address();
  reader.end();
  const rest =
    kind === INITIALIZE_ACCOUNT ? [owner, RENT_SYSVAR] : kind === INITIALIZE_ACCOUNT_2 ? [RENT_SYSVAR] : [];
  const expected = [account, mint, ...rest];
  if (accounts.length !== expected.length || expected.some((one, at) => one !== accounts[at]))
    refuse('account', 'An account would be initialised with other accounts than that takes.');
  if (account === undefined || !about.tokens.isAwaited(account))
    refuse('account', 'An account would be initialised that this transaction did not create.');
  if (owner !== about.rules.signer) refuse('account', 'A new account would be given to somebody else.');
  if (mint !== WRAPPED_SOL) refuse('account', 'A new account would hold something other than wrapped SOL.');
  about.tokens.prove(account, { wallet: owner, mint });
  return 'make that account hold wrapped SOL';
}

function transfer(kind: number, reader: ByteReader, instruction: Instruction, about: SigningCase): string {
  const isChecked = kind === TRANSFER_CHECKED;
  const units = reader.u64();
  if (isChecked) reader.u8();
  reader.end();
  const [to, authority] = isChecked ? exactly(4, instruction).slice(2) : exactly(3, instruction).slice(1);
  if (authority !== about.rules.signer)
    refuse('account', 'Tokens would be sent in the name of somebody else.');
  const { mint } = ownAccount(to, about);
  return `send ${units} units of ${mintWords(mint)} to own account`;
}

function close(reader: ByteReader, instruction: Instruction, about: SigningCase): string {
  reader.end();
  const [account, destination, authority] = exactly(3, instruction);
  const { signer } = about.rules;
  const { wallet, mint } = ownAccount(account, about);
  if (destination !== signer)
    refuse('destination', `What an account holds would go to ${destination} as it is closed.`);
  if (authority !== signer || wallet !== signer)
    refuse('account', 'An account of somebody else would be closed.');
  about.tokens.closed(account);
  return `close own account of ${mintWords(mint)}`;
}

function syncNative(reader: ByteReader, instruction: Instruction, about: SigningCase): string {
  reader.end();
  const [account] = exactly(1, instruction);
  ownAccount(account, about);
  return 'count the SOL in own account as wrapped';
}

/** Throws a Refusal, `destination`, for an account that isn't proven to be the user's. */
export function ownAccount(address: Address | undefined, { tokens }: SigningCase): TokenAccount {
  const account = address === undefined ? undefined : tokens.look(address);
  return account ?? refuse('destination', `Token account ${address} is not known to be your own.`);
}
