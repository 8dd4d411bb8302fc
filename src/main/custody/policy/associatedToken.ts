import { exactly, type Instruction } from './instruction.ts';
import { mintWords } from './mints.ts';
import { associatedAccount } from './ownTokens.ts';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from './programs.ts';
import { refuse } from './refusal.ts';
import type { SigningCase } from './signingCase.ts';

/** `create`, which may come without data, and `createIdempotent`. `recoverNested` is the program's only other one. */
const CREATE = 0;
const CREATE_IDEMPOTENT = 1;

/** What an instruction of the associated token program does, in words. Throws a Refusal. */
export function associatedTokenWords(instruction: Instruction, { rules, tokens }: SigningCase): string {
  const [kind = CREATE, ...rest] = instruction.data;
  if (rest.length > 0 || (kind !== CREATE && kind !== CREATE_IDEMPOTENT))
    refuse('instruction', 'An instruction of the associated token program is not one that is needed.');
  const [payer, account, wallet, mint, system, token] = exactly(6, instruction);
  if (payer !== rules.signer || system !== SYSTEM_PROGRAM || token !== TOKEN_PROGRAM)
    refuse('account', 'A token account would be made of other accounts than that takes.');
  if (!tokens.isOwnWallet(wallet)) refuse('account', `A token account would be opened for ${wallet}.`);
  if (account !== associatedAccount({ wallet, mint }))
    refuse('account', 'A token account would be opened at an address that is not its own.');
  tokens.prove(account, { wallet, mint });
  return `open the token account of ${wallet} for ${mintWords(mint)}`;
}
