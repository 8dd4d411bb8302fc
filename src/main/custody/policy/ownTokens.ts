import type { Address } from '../address.ts';
import { bytesOf, derivedAddress } from './derivedAddress.ts';
import { KNOWN_MINTS } from './mints.ts';
import { ASSOCIATED_TOKEN_PROGRAM, TOKEN_PROGRAM } from './programs.ts';

/** What a token account takes. Source: the Token program's `Account::LEN`. */
export const TOKEN_ACCOUNT_BYTES = 165n;

/** What a token account holds, and whose it is. */
export interface TokenAccount {
  readonly wallet: Address;
  readonly mint: Address;
}

/** The one account that a wallet has for a mint by default. Source: the Associated Token program. */
export const associatedAccount = ({ wallet, mint }: TokenAccount): Address =>
  derivedAddress([bytesOf(wallet), bytesOf(TOKEN_PROGRAM), bytesOf(mint)], ASSOCIATED_TOKEN_PROGRAM);

/**
 * The token accounts that are proven to be the user's own. The signer can't ask the chain, so the proof is an address
 * that only the user's wallet can have: its associated account of a known mint, or of a mint that an instruction names
 * as it makes sure that the account exists; or an account that this very transaction creates and initialises.
 *
 * It can't be seen from here whether the user gave such an account away before, with another program than this.
 *
 * Instructions are carried out in order, so an account counts from where it is proven to where it is closed.
 */
export class OwnTokens {
  readonly #wallets: ReadonlySet<Address>;
  readonly #awaited = new Set<Address>();
  #proven: Map<Address, TokenAccount> | undefined;

  /** @param wallets whose accounts are the user's own */
  constructor(wallets: ReadonlySet<Address>) {
    this.#wallets = wallets;
  }

  isOwnWallet(address: Address): boolean {
    return this.#wallets.has(address);
  }

  /** Undefined for an account that isn't proven, as far as the transaction has got. */
  look(address: Address): TokenAccount | undefined {
    return this.#accounts().get(address);
  }

  /** An account exists now, and belongs to nobody before it is initialised. */
  created(address: Address): void {
    this.#awaited.add(address);
  }

  /** Whether this transaction created it, and nothing has initialised it yet. */
  isAwaited(address: Address): boolean {
    return this.#awaited.has(address);
  }

  prove(address: Address, account: TokenAccount): void {
    this.#awaited.delete(address);
    this.#accounts().set(address, account);
  }

  closed(address: Address): void {
    this.#accounts().delete(address);
  }

  /** Whether an account was created that would be left to whoever initialises it first. */
  get isUnfinished(): boolean {
    return this.#awaited.size > 0;
  }

  /** Worked out when first asked for: most transactions touch no token account. */
  #accounts(): Map<Address, TokenAccount> {
    this.#proven ??= new Map(
      [...this.#wallets].flatMap((wallet) =>
        [...KNOWN_MINTS.keys()].map((mint) => [associatedAccount({ wallet, mint }), { wallet, mint }]),
      ),
    );
    return this.#proven;
  }
}
