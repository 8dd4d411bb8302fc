import type * as Sdk from '@drift-labs/sdk';

/** Drift's SDK, which is loaded when a Drift venue is first used and never before. */
export type DriftSdk = typeof Sdk;
export type DriftClient = Sdk.DriftClient;

/** Loads it: half a second and some 50 MB as it is shipped (build/driftSdk.ts), twice that from the sources. */
export const loadDriftSdk = (): Promise<DriftSdk> => import('@drift-labs/sdk');

/** The SDK's big integer, as far as it is read here. */
interface BigNumber {
  toString(): string;
}

export const big = (number: BigNumber): bigint => BigInt(number.toString());

/** The name of a variant of one of the program's enums: `{ deposit: {} }` → `deposit`. */
export function variantOf(value: object): string {
  const [name] = Object.keys(value);
  if (name === undefined) throw new TypeError('a variant without a name');
  return name;
}
