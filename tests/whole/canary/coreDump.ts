import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Allows a shell, and what it becomes, to be dumped. */
export const ALLOW_CORE = 'ulimit -c unlimited';

const whyNone = absence();

/** Whether the kernel writes a core file beside a process that falls over; at the end of a title, why it doesn't. */
export const hasCore = whyNone === undefined;
export const whyCoreSkipped = whyNone === undefined ? '' : ` (skipped: ${whyNone})`;

/** The core file in a folder; undefined where there is none. */
export function coreIn(folder: string): string | undefined {
  const name = readdirSync(folder).find((one) => /^core(\.\d+)?$/.test(one));
  return name === undefined ? undefined : path.join(folder, name);
}

function absence(): string | undefined {
  const pattern = '/proc/sys/kernel/core_pattern';
  if (!existsSync(pattern)) return 'this system has no core files as Linux has them';
  if (!readFileSync(pattern, 'utf8').startsWith('core')) return 'core dumps go elsewhere here';
  const folder = mkdtempSync(path.join(tmpdir(), 'core-'));
  try {
    spawnSync('/bin/sh', ['-c', `${ALLOW_CORE} && kill -ABRT $$`], { cwd: folder });
    return coreIn(folder) === undefined ? 'core dumps are switched off here' : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
