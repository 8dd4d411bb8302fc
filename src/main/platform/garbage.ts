import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { breathe } from './timers.ts';

/** What was let go of is found in the first round, and what native code held for it is freed after that. */
const ROUNDS = 3;

let collect: (() => void) | undefined;

/**
 * Collects garbage now, where waiting for it would leave a secret in memory: native code clears what it holds for an
 * object only when that was collected. Takes some 10 ms a round.
 */
export async function collectGarbage(): Promise<void> {
  collect ??= exposed();
  for (let round = 0; round < ROUNDS; round += 1) {
    collect();
    await breathe();
  }
}

/** The engine's own function, which it only shows to a context that is made under this flag. */
function exposed(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
