/** Tells whether a part of out/ was built from the sources that are there now. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export type Part = 'main' | 'preload' | 'renderer';

/** What changes how everything is built. */
const COMMON = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'src/shared'];
const INPUTS: Readonly<Record<Part, readonly string[]>> = {
  main: ['src/main', 'resources', 'build/driftSdk.ts', 'build/leftOut.ts', 'build/standIns', ...COMMON],
  preload: ['src/preload', ...COMMON],
  renderer: ['src/renderer', 'resources', ...COMMON],
};
const OUTPUT: Readonly<Record<Part, string>> = {
  main: 'out/main/index.js',
  preload: 'out/preload/index.cjs',
  renderer: 'out/renderer/index.html',
};

const LOOK_EVERY_MS = 100;
/** No build takes so long: whoever held the lock is gone. */
const LOCK_LASTS_MS = 60_000;

const stampFile = (root: string, part: Part): string => path.join(root, 'out', 'stamps', part);

/** Whether a part is built, from exactly these sources. */
export function isFresh(root: string, part: Part): boolean {
  const file = stampFile(root, part);
  if (!existsSync(path.join(root, OUTPUT[part])) || !existsSync(file)) return false;
  return readFileSync(file, 'utf8') === inputsHash(root, part);
}

/** Takes the state of the sources; what it gives back writes that down, once the build of them is done. */
export function stamp(root: string, part: Part): () => void {
  const hash = inputsHash(root, part);
  const file = stampFile(root, part);
  rmSync(file, { force: true });
  return () => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, hash);
  };
}

/** SHA-256 over the path and content of every input. */
export function inputsHash(root: string, part: Part): string {
  const hash = createHash('sha256');
  for (const file of INPUTS[part].flatMap((input) => filesAt(root, input)).sort()) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesAt(root: string, input: string): readonly string[] {
  const at = path.join(root, input);
  if (!existsSync(at)) return [];
  if (statSync(at).isFile()) return [input];
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

/** Waits until nobody else builds; gives back what lets the next one in. */
export async function holdBuildLock(root: string): Promise<() => void> {
  const lock = path.join(root, 'out', 'stamps', 'lock');
  mkdirSync(path.dirname(lock), { recursive: true });
  while (!taken(lock)) {
    const held = statSync(lock, { throwIfNoEntry: false });
    if (held !== undefined && (Date.now() - held.mtimeMs > LOCK_LASTS_MS || !isAlive(lock)))
      rmSync(lock, { force: true });
    else await pause(LOOK_EVERY_MS);
  }
  return () => {
    rmSync(lock, { force: true });
  };
}

function taken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether the process that holds the lock still runs. */
function isAlive(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    // Not yet written: it was taken a moment ago.
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
