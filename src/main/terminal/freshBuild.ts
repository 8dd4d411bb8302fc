import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { AppError } from '../../shared/contract/appError.ts';

/** What of the app is built: its pages alone, or all that Electron runs. */
export type Target = 'renderer' | 'desktop';

/** The first error is the one to mend. */
const MOST_CHARACTERS = 4_000;

export const pagesIn = (root: string): string => join(root, 'out', 'renderer');

/**
 * Builds what is missing or older than its sources, in a process of its own; an installed copy has neither sources nor
 * tools, and brings its pages built. Throws BUILD_FAILED.
 */
export async function freshBuild(root: string, target: Target): Promise<void> {
  const script = join(root, 'build', 'renderer.ts');
  if (!existsSync(script)) {
    if (existsSync(join(pagesIn(root), 'index.html'))) return;
    throw new AppError(
      'BUILD_FAILED',
      'This copy of the app is incomplete: its pages are missing. Install it anew.',
    );
  }
  const { code, said } = await ran(script, target);
  if (code === 0) return;
  const message = `The app could not be built. Is it installed whole (npm ci)? The build said:\n${stripVTControlCharacters(said).trim()}`;
  throw new AppError('BUILD_FAILED', message, { target });
}

function ran(script: string, target: Target): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    // Progress goes to stderr as it comes: stdout is for the address.
    const child = spawn(process.execPath, [script, target], {
      stdio: ['ignore', process.stderr, 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(0, MOST_CHARACTERS);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, said });
    });
  });
}
