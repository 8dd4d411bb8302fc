import { createHash } from 'node:crypto';
import { getAssociatedTokenAddressSync, TOKEN_PROGRAM_ID } from '@solana/spl-token';
import { PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import fc from 'fast-check';
import type { RefusalReason } from '../../../../../src/main/custody/policy/verdict.ts';
import { anyKey } from '../messages.ts';

export const USDC = new PublicKey('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v');

/** Who takes part in a drain: the user, a thief, and what comes by chance. */
export interface Parties {
  readonly me: PublicKey;
  readonly thief: PublicKey;
  /** Somebody's token account, and a mint that nobody knows. */
  readonly account: PublicKey;
  readonly mint: PublicKey;
  readonly amount: number;
  readonly seed: string;
  readonly bytes: Uint8Array;
}

/** Everybody is somebody else, or a thief would be the user. */
const fourKeys = fc.uniqueArray(anyKey, { minLength: 4, maxLength: 4, selector: (key) => key.toBase58() });

export const anyParties: fc.Arbitrary<Parties> = fc
  .record({
    keys: fourKeys,
    amount: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    seed: fc.string({ maxLength: 32, unit: 'grapheme-ascii' }),
    bytes: fc.uint8Array({ maxLength: 40 }),
  })
  .map(({ keys, ...rest }) => {
    const [me, thief, account, mint] = keys as [PublicKey, PublicKey, PublicKey, PublicKey];
    return { me, thief, account, mint, ...rest };
  });

/** What somebody could want of the user's key, and why it is refused. */
export type Drain = readonly [
  what: string,
  make: (parties: Parties) => readonly TransactionInstruction[],
  reason: RefusalReason,
];

/** Any bytes for a program. Of the accounts that it names, only the user signs. */
export const raw = (
  programId: PublicKey,
  { me }: Parties,
  accounts: readonly PublicKey[],
  ...data: readonly Uint8Array[]
): TransactionInstruction =>
  new TransactionInstruction({
    programId,
    keys: accounts.map((pubkey) => ({ pubkey, isSigner: pubkey.equals(me), isWritable: true })),
    data: Buffer.concat(data),
  });

/** An instruction with another account in one place, which doesn't sign. */
export const swapped = (
  { programId, keys, data }: TransactionInstruction,
  place: number,
  pubkey: PublicKey,
): TransactionInstruction =>
  new TransactionInstruction({
    programId,
    keys: keys.with(place, { pubkey, isSigner: false, isWritable: true }),
    data,
  });

export const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

export const associated = (mint: PublicKey, wallet: PublicKey): PublicKey =>
  getAssociatedTokenAddressSync(mint, wallet, true);

/** An account that will hold wrapped SOL, and how it is created; a drain changes something about it. */
export function wrapping(
  { me, seed, amount }: Pick<Parties, 'me' | 'seed' | 'amount'>,
  change: {
    readonly program?: PublicKey;
    readonly space?: number;
    readonly at?: PublicKey;
    readonly base?: PublicKey;
  } = {},
): { readonly account: PublicKey; readonly create: TransactionInstruction } {
  const { program = TOKEN_PROGRAM_ID, space = 165, base = me } = change;
  const hash = createHash('sha256').update(base.toBytes()).update(seed).update(program.toBytes()).digest();
  const account = change.at ?? new PublicKey(hash);
  const create = SystemProgram.createAccountWithSeed({
    fromPubkey: me,
    basePubkey: base,
    newAccountPubkey: account,
    seed,
    lamports: amount,
    space,
    programId: program,
  });
  return { account, create };
}
