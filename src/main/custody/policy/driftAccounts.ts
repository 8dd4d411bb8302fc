import type { Address } from '../address.ts';
import { bytesOf, derivedAddress } from './derivedAddress.ts';
import { DRIFT_PROGRAM } from './programs.ts';

/** Sub-accounts are looked for by number up to here: nobody has been seen with more. */
const MOST_SUB_ACCOUNTS = 64;

/** Drift's accounts of one owner, and those that all share, by the seeds that Drift derives them from. */
export class DriftAccounts {
  readonly #owner: Uint8Array;
  readonly #derived = new Map<string, Address>();

  constructor(owner: Address) {
    this.#owner = bytesOf(owner);
  }

  state = (): Address => this.#derive('drift_state');
  /** Owns the vaults. */
  signer = (): Address => this.#derive('drift_signer');
  user = (subAccount: number): Address => this.#derive('user', this.#owner, u16(subAccount));
  userStats = (): Address => this.#derive('user_stats', this.#owner);
  spotMarket = (market: number): Address => this.#derive('spot_market', u16(market));
  vault = (market: number): Address => this.#derive('spot_market_vault', u16(market));
  insuranceVault = (market: number): Address => this.#derive('insurance_fund_vault', u16(market));
  insuranceStake = (market: number): Address =>
    this.#derive('insurance_fund_stake', this.#owner, u16(market));

  /** Which sub-account of the owner has this address; undefined where none of the first 64 has. */
  subAccountOf(address: Address): number | undefined {
    for (let subAccount = 0; subAccount < MOST_SUB_ACCOUNTS; subAccount += 1)
      if (this.user(subAccount) === address) return subAccount;
    return undefined;
  }

  /** An address costs a few tries on the curve, and instructions of one transaction ask for the same ones. */
  #derive(name: string, ...seeds: readonly Uint8Array[]): Address {
    const key = [name, ...seeds.map((seed) => Buffer.from(seed).toString('hex'))].join(' ');
    const known = this.#derived.get(key);
    if (known !== undefined) return known;
    const address = derivedAddress([Buffer.from(name, 'ascii'), ...seeds], DRIFT_PROGRAM);
    this.#derived.set(key, address);
    return address;
  }
}

function u16(value: number): Uint8Array {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
