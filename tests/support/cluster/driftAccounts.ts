/** Drift's accounts as bytes, by the SDK's own description of them. */
import { BN, BulkAccountLoader, CustomBorshAccountsCoder, DriftClient, Wallet } from '@drift-labs/sdk';
import { Connection, Keypair, PublicKey } from '@solana/web3.js';

import { DRIFT_PROGRAM } from './addresses.ts';

/** Bytes of each account on the chain. */
const BYTES = {
  State: 992,
  SpotMarket: 776,
  PerpMarket: 1216,
  User: 4376,
  UserStats: 240,
  InsuranceFundStake: 136,
} as const;
export type DriftAccountName = keyof typeof BYTES;

/** What an account holds, by the field's name in the SDK. */
export type Fields = Readonly<Record<string, unknown>>;

/** The part of the SDK's coder that lays out without a promise, which a program can't wait for. */
interface Coder {
  decode(name: string, data: Buffer): Fields;
  decodeUnchecked(name: string, data: Buffer): Fields;
  readonly accountLayouts: ReadonlyMap<string, { encode(value: Fields, into: Buffer): number }>;
}

/** A client is what has the description; this one never calls anybody. */
function sdkCoder(): Coder {
  const connection = new Connection('http://127.0.0.1:1');
  const client = new DriftClient({
    connection,
    wallet: new Wallet(Keypair.generate()),
    accountSubscription: {
      type: 'polling',
      accountLoader: new BulkAccountLoader(connection, 'confirmed', 0),
    },
    skipLoadUsers: true,
  });
  return client.program.coder.accounts as unknown as Coder;
}

let known: Coder | undefined;
function coder(): Coder {
  known ??= sdkCoder();
  return known;
}

export const big = (value: bigint | number): BN => new BN(value.toString());

/** An address that Drift derives. Numbers are market indices. */
export function driftAddress(name: string, ...seeds: readonly (Uint8Array | number)[]): string {
  const bytes = seeds.map((seed) => (typeof seed === 'number' ? Uint8Array.of(seed % 256, seed >> 8) : seed));
  return driftAddressAndBump(name, ...bytes)[0];
}

export function driftAddressAndBump(name: string, ...seeds: readonly Uint8Array[]): [string, number] {
  const [address, bump] = PublicKey.findProgramAddressSync(
    [Buffer.from(name), ...seeds],
    new PublicKey(DRIFT_PROGRAM),
  );
  return [address.toBase58(), bump];
}

export const decodeAccount = (name: DriftAccountName, data: Uint8Array): Fields =>
  coder().decode(name, Buffer.from(data));

/** An account of which nothing is said: zeros, null addresses, the first of every enumeration. */
export const emptyAccount = (name: DriftAccountName): Fields =>
  coder().decodeUnchecked(name, Buffer.alloc(BYTES[name]));

export function encodeAccount(name: DriftAccountName, fields: Fields): Uint8Array {
  const layout = coder().accountLayouts.get(name);
  if (!layout) throw new Error(`the SDK knows no account ${name}`);
  const bytes = Buffer.alloc(BYTES[name]);
  const discriminator = CustomBorshAccountsCoder.accountDiscriminator(name);
  discriminator.copy(bytes);
  layout.encode(fields, bytes.subarray(discriminator.length));
  return bytes;
}
