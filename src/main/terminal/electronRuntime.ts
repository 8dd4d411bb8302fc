import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime } from './whereToOpen.ts';

const EXECUTABLES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  linux: 'electron',
  win32: 'electron.exe',
};

/** Electron's package, which brings its runtime only when asked. It is read here and never imported. */
export const electronIn = (root: string): string => join(root, 'node_modules', 'electron');

/** The runtime's executable, where the runtime is whole and of the package's version. */
export function electronExecutable(electron: string, env: NodeJS.ProcessEnv): string | undefined {
  const name = EXECUTABLES[process.platform];
  if (name === undefined) return undefined;
  const elsewhere = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
  if (elsewhere !== '') return existing(join(elsewhere, name));
  try {
    const wanted = (JSON.parse(text(electron, 'package.json')) as { version: string }).version;
    if (text(electron, 'dist', 'version').trim().replace(/^v/, '') !== wanted) return undefined;
    // Written last, so a runtime without it is half unpacked.
    if (text(electron, 'path.txt') !== name) return undefined;
  } catch {
    return undefined;
  }
  return existing(join(electron, 'dist', name));
}

/** Whether there is a runtime, or a way to get one. */
export function runtimeOf(electron: string, env: NodeJS.ProcessEnv): Runtime {
  if (electronExecutable(electron, env) !== undefined) return 'present';
  if (existsSync(join(electron, 'install.js'))) return 'fetchable';
  return { unavailable: 'Electron is not installed (npm ci brings it)' };
}

const text = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');
const existing = (file: string): string | undefined => (existsSync(file) ? file : undefined);
