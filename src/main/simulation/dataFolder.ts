import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../shared/contract/appError.ts';
import { checkFolder } from '../storage/folder.ts';
import { lockFolder } from '../storage/folderLock.ts';
import { inspect } from '../storage/inspection.ts';
import { newestOf } from '../storage/migrate.ts';
import { BACKUP_FOLDER, DATABASE_FILE } from '../storage/openFolder.ts';
import { MIGRATIONS } from '../storage/migrations/index.ts';

/** One thing that was looked at, and what was found: a few words, or the error that says what to do. */
export interface Finding {
  readonly what: string;
  readonly found: string | AppError;
}

/** Looks at a data folder without changing what it holds: whether it could be made, its lock, its database. */
export function inspectDataFolder(dataDir: string): readonly Finding[] {
  if (!existsSync(dataDir)) {
    const above = nearestExisting(dataDir);
    const found = attempt(() => checkFolder(above));
    return [{ what: 'access', found: found ?? `not there yet; the first start makes it in ${above}` }];
  }
  const lock = attempt(() => lockFolder(dataDir));
  if (lock instanceof AppError) return [{ what: 'access', found: lock }];
  try {
    const file = join(dataDir, DATABASE_FILE);
    const version = attempt(() => inspect(file, newestOf(MIGRATIONS), join(dataDir, BACKUP_FOLDER)));
    const found =
      version instanceof AppError ? version : version === 0 ? 'none yet' : `whole, version ${version}`;
    return [
      { what: 'access', found: 'can be written, nobody else uses it' },
      { what: 'database', found },
    ];
  } finally {
    lock.release();
  }
}

function nearestExisting(path: string): string {
  const whole = resolve(path);
  return existsSync(whole) || dirname(whole) === whole ? whole : nearestExisting(dirname(whole));
}

function attempt<T>(look: () => T): T | AppError {
  try {
    return look();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
