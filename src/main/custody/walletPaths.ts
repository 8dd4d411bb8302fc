import type { Address } from './address.ts';
import { deriveKey, pathText, type DerivationPath } from './derivation.ts';
import { Keypair } from './keypair.ts';
import type { SecretBytes } from './secretBytes.ts';

/** BIP-44's purpose, and Solana's number in SLIP-0044. */
const PURPOSE = 44;
const SOLANA = 501;

/** `m/44'/501'/i'/0'`: what Phantom, Solflare and Backpack use, and every wallet that is made here. */
export const phantomPath = (index: number): DerivationPath => [PURPOSE, SOLANA, index, 0];
/** `m/44'/501'/i'`: what Ledger Live uses, and Phantom for wallets that came from it. */
export const ledgerPath = (index: number): DerivationPath => [PURPOSE, SOLANA, index];

/** A wallet that a phrase has. Nothing of it is secret. */
export interface WalletPlace {
  readonly path: DerivationPath;
  /** The path as wallets write it. */
  readonly pathText: string;
  readonly address: Address;
}

/**
 * The first wallets of a seed on both usual paths, so that their owner can recognise theirs: by number, Phantom's path
 * first. @param count of wallets on each path
 */
export function scanPaths(seed: SecretBytes<'seed'>, count: number): readonly WalletPlace[] {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`${count} is no count of wallets`);
  return Array.from({ length: count }, (_, index) => [phantomPath(index), ledgerPath(index)])
    .flat()
    .map((path) => ({ path, pathText: pathText(path), address: addressAt(seed, path) }));
}

function addressAt(seed: SecretBytes<'seed'>, path: DerivationPath): Address {
  using secret = deriveKey(seed, path);
  using keypair = new Keypair(secret);
  return keypair.address;
}
