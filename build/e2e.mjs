/**
 * The app in a browser: `npm run e2e`. Arguments go to Playwright: `npm run e2e -- settings --headed`.
 * Where there is no browser it says so and passes, but not in CI.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { findChromium } from './browser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const chromium = findChromium();

/** A program of this project; its exit code. */
function node(...args) {
  const env = { ...process.env, CHROMIUM_PATH: chromium };
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env }).status ?? 1;
}

if (chromium === undefined) process.exitCode = process.env.CI ? 1 : 0;
else {
  const playwright = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
  // Once, and not by every server that a test starts.
  process.exitCode =
    node('build/renderer.ts', 'renderer') || node(playwright, 'test', ...process.argv.slice(2));
}
