/** `npm run test:desktop`: builds the app and runs the suite in Electron, or says in one line why it doesn't here. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, findRuntime } from './runtime.ts';

const bin = (name: string, file: string): string => join(ROOT, 'node_modules', name, file);

function run(...args: readonly string[]): number {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  return status ?? 1;
}

const runtime = findRuntime(process.env);
if ('why' in runtime) {
  process.stdout.write(`The desktop suite was not run: ${runtime.why}.\n`);
} else {
  process.exitCode =
    run(bin('electron-vite', 'bin/electron-vite.js'), 'build', '--logLevel', 'error') ||
    run(
      bin('@playwright/test', 'cli.js'),
      'test',
      '--config',
      join(import.meta.dirname, 'playwright.config.ts'),
    );
}
