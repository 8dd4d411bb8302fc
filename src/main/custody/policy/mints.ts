import type { Address } from '../address.ts';

/** The token that stands for SOL. */
export const WRAPPED_SOL = 'So11111111111111111111111111111111111111112' as Address;

/** Tokens whose associated accounts are known without a word of the transaction, by what they are called. */
export const KNOWN_MINTS: ReadonlyMap<Address, string> = new Map([
  ['EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v' as Address, 'USDC'],
  [WRAPPED_SOL, 'wrapped SOL'],
  ['Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB' as Address, 'USDT'],
  ['8zGuJQqwhZafTah7Uc7Z4tXRnguqkn5KLFAP8oV6PHe2' as Address, 'USDC of Drift on devnet'],
]);

/** What a token is called, or its address. */
export const mintWords = (mint: Address): string => KNOWN_MINTS.get(mint) ?? mint;
