/** Token accounts and mints of the SPL token program, as bytes. */
import {
  ACCOUNT_SIZE,
  AccountLayout,
  AccountState,
  MINT_SIZE,
  MintLayout,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import { PublicKey } from '@solana/web3.js';

export const TOKEN_PROGRAM = TOKEN_PROGRAM_ID.toBase58();

interface TokenHolding {
  readonly mint: string;
  readonly owner: string;
  readonly amount: bigint;
  readonly isNative: boolean;
}

interface Bytes {
  readonly owner: string;
  readonly data: Uint8Array;
}

/** What a token account holds; undefined where it isn't one. */
export function holdingOf(account: Bytes | undefined): TokenHolding | undefined {
  if (account?.owner !== TOKEN_PROGRAM || account.data.length !== ACCOUNT_SIZE) return undefined;
  const { mint, owner, amount, state, isNativeOption } = AccountLayout.decode(account.data);
  if (state === AccountState.Uninitialized) return undefined;
  return { mint: mint.toBase58(), owner: owner.toBase58(), amount, isNative: isNativeOption === 1 };
}

/** The token account with another amount. */
export function withAmount(data: Uint8Array, amount: bigint): Uint8Array {
  const bytes = Buffer.from(data);
  AccountLayout.encode({ ...AccountLayout.decode(bytes), amount }, bytes);
  return bytes;
}

/** A new token account. Of wrapped SOL, `nativeRent` is what it holds in lamports beyond its amount. */
export function tokenAccount(mint: string, owner: string, amount: bigint, nativeRent?: bigint): Uint8Array {
  const bytes = Buffer.alloc(ACCOUNT_SIZE);
  AccountLayout.encode(
    {
      mint: new PublicKey(mint),
      owner: new PublicKey(owner),
      amount,
      delegateOption: 0,
      delegate: PublicKey.default,
      state: AccountState.Initialized,
      isNativeOption: nativeRent === undefined ? 0 : 1,
      isNative: nativeRent ?? 0n,
      delegatedAmount: 0n,
      closeAuthorityOption: 0,
      closeAuthority: PublicKey.default,
    },
    bytes,
  );
  return bytes;
}

interface MintFacts {
  readonly decimals: number;
  readonly supply: bigint;
}

/** What a mint says; undefined where it isn't one. */
export function mintOf(account: Bytes | undefined): MintFacts | undefined {
  if (account?.owner !== TOKEN_PROGRAM || account.data.length !== MINT_SIZE) return undefined;
  const { decimals, supply } = MintLayout.decode(account.data);
  return { decimals, supply };
}

/** A mint that `authority` may mint from. */
export function mint(authority: string, decimals: number, supply: bigint): Uint8Array {
  const bytes = Buffer.alloc(MINT_SIZE);
  MintLayout.encode(
    {
      mintAuthorityOption: 1,
      mintAuthority: new PublicKey(authority),
      supply,
      decimals,
      isInitialized: true,
      freezeAuthorityOption: 0,
      freezeAuthority: PublicKey.default,
    },
    bytes,
  );
  return bytes;
}
