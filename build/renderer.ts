/**
 * Brings out/ up to date: `node build/renderer.ts renderer` for the pages, `desktop` for all that Electron runs, with
 * the licences of what it is made of. What hasn't changed since its last build is left alone. Says what it does on stdout, and what went wrong on stderr.
 */
import { fileURLToPath } from 'node:url';
import { holdBuildLock, isFresh, stamp, type Part } from './buildStamp.ts';
import { writeNotices } from './notices.ts';

const PARTS: Readonly<Record<string, readonly Part[]>> = {
  renderer: ['renderer'],
  desktop: ['main', 'preload', 'renderer'],
};

const root = fileURLToPath(new URL('..', import.meta.url));
const target = process.argv[2] ?? 'renderer';
const parts = PARTS[target];

if (parts === undefined) {
  console.error(`There is no target "${target}". There are: ${Object.keys(PARTS).join(', ')}.`);
  process.exitCode = 1;
} else if (!parts.every((part) => isFresh(root, part))) {
  // Two starts at a time must not write into one folder: the second finds the work of the first done.
  const release = await holdBuildLock(root);
  try {
    const stale = parts.filter((part) => !isFresh(root, part));
    if (stale.length > 0) await build(stale);
  } catch (error) {
    // What a bundler says of the sources helps; where in the bundler it was said doesn't.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    release();
  }
}
if (target === 'desktop' && process.exitCode === undefined) writeNotices();

async function build(stale: readonly Part[]): Promise<void> {
  const startedAt = performance.now();
  console.log(target === 'renderer' ? 'Building the pages…' : 'Building the app…');
  process.chdir(root);
  process.env['NODE_ENV'] = 'production';
  // Loaded only now: a tree that is up to date is looked at in a tenth of a second.
  const [{ resolveConfig }, vite] = await Promise.all([import('electron-vite'), import('vite')]);
  const { config } = await resolveConfig({ root, logLevel: 'warn' }, 'build', 'production');
  for (const part of stale) {
    // Before the build: what is changed meanwhile makes the next one.
    const write = stamp(root, part);
    await vite.build({ ...config?.[part], configFile: false, logLevel: 'warn' });
    write();
  }
  console.log(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}
