import { createHash } from 'node:crypto';
import { TOKEN_PROGRAM_ID } from '@solana/spl-token';
import { PublicKey, TransactionInstruction } from '@solana/web3.js';

export const DRIFT = new PublicKey('dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH');

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

export function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

/** An account that Drift derives, by web3.js. */
export const driftAddress = (name: string, ...seeds: readonly (Uint8Array | number)[]): PublicKey =>
  PublicKey.findProgramAddressSync(
    [Buffer.from(name), ...seeds.map((seed) => (typeof seed === 'number' ? u16(seed) : seed))],
    DRIFT,
  )[0];

/** The first bytes of an instruction, by the name that it has in the program. */
export const discriminator = (name: string): Buffer =>
  createHash('sha256').update(`global:${name}`).digest().subarray(0, 8);

/** An instruction of Drift, whose signer is the one of its accounts that signs the transaction. */
export const driftInstruction = (
  name: string,
  signer: PublicKey,
  accounts: readonly PublicKey[],
  ...data: readonly Uint8Array[]
): TransactionInstruction =>
  new TransactionInstruction({
    programId: DRIFT,
    keys: accounts.map((pubkey) => ({ pubkey, isSigner: pubkey.equals(signer), isWritable: true })),
    data: Buffer.concat([discriminator(name), ...data]),
  });

/** Whose account an instruction is about, and through which accounts its tokens go. */
export interface Moving {
  readonly signer: PublicKey;
  readonly user: PublicKey;
  readonly userStats: PublicKey;
  readonly vault: PublicKey;
  readonly tokens: PublicKey;
  readonly tokenProgram: PublicKey;
  readonly state: PublicKey;
  readonly driftSigner: PublicKey;
  readonly market: number;
}

/** As it should be, for a market of an owner; a test changes what it likes. */
export const moving = (owner: PublicKey, market: number, tokens: PublicKey): Moving => ({
  signer: owner,
  user: driftAddress('user', owner.toBytes(), 0),
  userStats: driftAddress('user_stats', owner.toBytes()),
  vault: driftAddress('spot_market_vault', market),
  tokens,
  tokenProgram: TOKEN_PROGRAM_ID,
  state: driftAddress('drift_state'),
  driftSigner: driftAddress('drift_signer'),
  market,
});

const AMOUNT = Buffer.concat([u64(12_500_000n), Buffer.of(0)]);

export const deposit = (by: Moving): TransactionInstruction =>
  driftInstruction(
    'deposit',
    by.signer,
    [by.state, by.user, by.userStats, by.signer, by.vault, by.tokens, by.tokenProgram],
    u16(by.market),
    AMOUNT,
  );

export const withdraw = (by: Moving): TransactionInstruction =>
  driftInstruction(
    'withdraw',
    by.signer,
    [by.state, by.user, by.userStats, by.signer, by.vault, by.driftSigner, by.tokens, by.tokenProgram],
    u16(by.market),
    AMOUNT,
  );

export const cancelAll = (signer: PublicKey, user: PublicKey): TransactionInstruction =>
  driftInstruction('cancel_orders', signer, [driftAddress('drift_state'), user, signer], Buffer.alloc(3));
