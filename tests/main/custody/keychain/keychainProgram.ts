/**
 * A program with a keychain: a process of its own, because the library looks for its bus once in a process's life.
 * Arguments: the most ms that a call may take, then what to do: `read a`, `write a 01ff`, `remove a`, `check`. A line of
 * JSON for each on the standard output: what came of it, and how long it took.
 */
import { SystemKeychain } from '../../../../src/main/custody/keychain/systemKeychain.ts';
import { AppError } from '../../../../src/shared/contract/appError.ts';
import { hexOf, secretFromHex } from '../secretsAtHand.ts';

const [longestCallMs = '', ...steps] = process.argv.slice(2);
const keychain = new SystemKeychain({ longestCallMs: Number(longestCallMs) });

async function outcomeOf(step: string): Promise<unknown> {
  const [operation, account = '', hex = ''] = step.split(' ');
  if (operation === 'read') {
    using held = await keychain.read(account);
    return held === undefined ? null : hexOf(held);
  }
  if (operation === 'write') {
    await keychain.write(account, secretFromHex('entry', hex));
    return 'written';
  }
  if (operation === 'remove') return await keychain.remove(account);
  await keychain.check();
  return 'sound';
}

for (const step of steps) {
  const startedAt = performance.now();
  const outcome = await outcomeOf(step).catch((error: unknown) =>
    error instanceof AppError
      ? {
          code: error.code,
          reason: error.details['reason'],
          message: error.message,
          hasCause: 'cause' in error,
        }
      : { unexpected: String(error) },
  );
  process.stdout.write(`${JSON.stringify({ outcome, ms: performance.now() - startedAt })}\n`);
}
