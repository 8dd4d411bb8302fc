import { existsSync } from 'node:fs';

/** Where the binary of Drift v2 is: it can't be in this repository. `solana program dump` makes one. */
export const DRIFT_SO = process.env['DRIFT_SO'];

/** Why the tests on the real program don't run; undefined where they do. */
export function whySkipped(): string | undefined {
  if (DRIFT_SO === undefined || DRIFT_SO === '')
    return 'DRIFT_SO names no binary of the Drift program: the tests of tests/onchain are skipped';
  if (!existsSync(DRIFT_SO))
    return `DRIFT_SO names no file (${DRIFT_SO}): the tests of tests/onchain are skipped`;
  return undefined;
}
