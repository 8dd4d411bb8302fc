import type { Database } from 'better-sqlite3';

import { AppError } from '../../shared/contract/appError.ts';
import type { Migration } from './migrations/migration.ts';

/** Written into the header of our files ("PhAr"), so that another program's database is never taken for ours. */
export const APPLICATION_ID = 0x50_68_41_72;

/** The schema's version: 0 before the first migration. */
export const versionOf = (db: Database): number => Number(db.pragma('user_version', { simple: true }));

/** The newest version of a list of migrations; 0 for none. */
export const newestOf = (migrations: readonly Migration[]): number => migrations.at(-1)?.version ?? 0;

/**
 * Takes the schema from the version it has to the newest, each step in a transaction of its own: what fails leaves
 * the version before it. Foreign keys are off meanwhile, because SQLite can only rebuild a table that way, and are
 * checked before each step is committed. Throws INTERNAL for a list that skips a number or a step that breaks a key.
 */
export function migrate(db: Database, migrations: readonly Migration[]): void {
  db.pragma('foreign_keys = OFF');
  for (const [index, { version, name, sql }] of migrations.entries()) {
    if (version !== index + 1) {
      throw new AppError('INTERNAL', `Migration ${index + 1} is numbered ${version}.`, { name, version });
    }
    if (version <= versionOf(db)) continue;
    const step = db.transaction(() => {
      db.exec(sql);
      if ((db.pragma('foreign_key_check') as unknown[]).length > 0) {
        throw new AppError('INTERNAL', `Migration ${version} breaks a foreign key.`, { name, version });
      }
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${version}`);
    });
    step.immediate();
  }
  db.pragma('foreign_keys = ON');
}
