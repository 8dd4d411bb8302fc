/**
 * What takes too long for every change: a million broken messages on both carriers. `npm run -s nightly`, or
 * `npm run -s nightly -- 200000` for another number.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MESSAGES = process.argv[2] ?? '1000000';
const HOUR_MS = '3600000';

const vitest = fileURLToPath(new URL('vitest.mjs', import.meta.resolve('vitest/package.json')));
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    'run',
    '--testTimeout',
    HOUR_MS,
    'tests/main/loopback/fuzz.test.ts',
    'tests/main/desktop/fuzz.test.ts',
  ],
  {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
    env: { ...process.env, FUZZ_MESSAGES: MESSAGES },
  },
);
process.exitCode = status ?? 1;
