import { PublicKey } from '@solana/web3.js';
import type { State, User } from './accounts.ts';
import { refuse, refuseAccounts } from './refusal.ts';
import { DRIFT, type Held, type Run } from './run.ts';
import { tokenAccount } from './tokenAccount.ts';
import { NOBODY } from './user.ts';

/** Who may do what. Sources: instructions/constraints.rs, and the accounts that each instruction asks for. */

const PAUSED = { deposit: 1, withdraw: 2, fill: 8, liquidation: 16, funding: 32, settlePnl: 64 } as const;
const ALL_PAUSED = 0b111_1111;

export function checkNotPaused({ exchangeStatus }: State, what: keyof typeof PAUSED): void {
  if ((exchangeStatus & PAUSED[what]) !== 0) refuse('ExchangePaused', what);
}

/** An exchange counts as paused where everything is. */
export function checkExchange({ exchangeStatus }: State): void {
  if (exchangeStatus === ALL_PAUSED) refuse('ExchangePaused', 'everything');
}

export const stateOf = (run: Run): State => run.held('State', 'state').value;

/** A user that the signer may trade for: the owner or his delegate. */
export function tradedBy(run: Run, name: string, authority = 'authority'): Held<'User'> {
  const user = run.held('User', name);
  const signer = run.address(authority);
  const isDelegate = user.value.delegate === signer && signer !== NOBODY;
  if (user.value.authority !== signer && !isDelegate)
    refuseAccounts('ConstraintRaw', `${signer} may not sign`);
  return user;
}

/** A user that the signer owns. */
export function ownedUser(run: Run, name: string): Held<'User'> {
  const user = run.held('User', name);
  checkOwner(user.value, run, name);
  return user;
}

export function ownedStats(run: Run): Held<'UserStats'> {
  const stats = run.held('UserStats', 'userStats');
  checkOwner(stats.value, run, 'userStats');
  return stats;
}

export function checkOwner({ authority }: { readonly authority: string }, run: Run, name: string): void {
  if (authority !== run.address('authority')) refuseAccounts('ConstraintHasOne', name);
}

export function statsOf(run: Run, name: string, user: User): Held<'UserStats'> {
  const stats = run.held('UserStats', name);
  if (stats.value.authority !== user.authority)
    refuseAccounts('ConstraintRaw', `${name} is of somebody else`);
  return stats;
}

const index = (value: number): Buffer => Buffer.from(Uint16Array.of(value).buffer);
const key = (address: string): Buffer => new PublicKey(address).toBuffer();

/** Refused where an account isn't the one that the program derives for it. */
export function checkDerived(run: Run, name: string, ...seeds: readonly (string | Buffer)[]): void {
  const bytes = seeds.map((seed) => (typeof seed === 'string' ? Buffer.from(seed) : seed));
  const [derived] = PublicKey.findProgramAddressSync(bytes, new PublicKey(DRIFT));
  if (derived.toBase58() !== run.address(name)) refuseAccounts('ConstraintSeeds', name);
}

export const seedOf = { index, key };

/** The market's vault, by the index that the instruction names. */
export function checkVaultAddress(run: Run, market: number): void {
  checkDerived(run, 'spotMarketVault', 'spot_market_vault', index(market));
}

/** A token account that the signer may spend from, or one of the vault's mint at least. */
export function checkTokens(run: Run, vault: string, isOwn: boolean): void {
  const account = tokenAccount(run, run.address('userTokenAccount'));
  if (account.mint !== tokenAccount(run, run.address(vault)).mint)
    refuseAccounts('ConstraintRaw', 'the mint differs');
  if (isOwn && account.owner !== run.address('authority'))
    refuseAccounts('ConstraintTokenOwner', 'userTokenAccount');
}

export function checkSigner(run: Run, state: State): void {
  if (state.signer !== run.address('driftSigner')) refuseAccounts('ConstraintRaw', 'driftSigner');
}
