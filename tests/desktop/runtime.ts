import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
const ELECTRON = join(ROOT, 'node_modules', 'electron');
const LASTS_MS = 30_000;

/** The runtime's executable, or why there is none that can be used here, in one line. Nothing is downloaded. */
export function findRuntime(
  env: NodeJS.ProcessEnv,
): { readonly executable: string } | { readonly why: string } {
  const executable = executableIn(env);
  if (executable === undefined)
    return { why: "Electron's runtime is not there (npx install-electron fetches it)" };
  const hasDisplay = process.platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  if (!hasDisplay) return { why: 'there is no display (xvfb-run gives one)' };
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (isRoot) return { why: "Chromium's sandbox does not run as root, and is never turned off" };
  const { status, error } = spawnSync(executable, ['--version'], { timeout: LASTS_MS });
  return status === 0 ? { executable } : { why: `the runtime does not start (${error?.message ?? status})` };
}

function executableIn(env: NodeJS.ProcessEnv): string | undefined {
  const pathFile = join(ELECTRON, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(ELECTRON, 'dist');
  const executable = join(folder, readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? executable : undefined;
}
