import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';

import type { Database } from 'better-sqlite3';

import { codeOf, storageFailure, unwritable } from './failure.ts';
import { makeFolder, syncFolder } from './folder.ts';
import { versionOf } from './migrate.ts';

/** How many daily backups are kept. Those made before a migration stay: there are few, and no other way back. */
export const DAILY_BACKUPS_KEPT = 7;

/** Why a backup was made, as its name says it. */
export type BackupReason = 'daily' | 'asked' | 'before-reset' | 'before-restore' | 'before-migration-from';

/** A backup as it lies in its folder. */
export interface Backup {
  readonly name: string;
  /** Unix ms. */
  readonly t: number;
  readonly bytes: number;
  readonly reason: BackupReason;
}

const BACKUP =
  /^(\d{8}T\d{6}(?:\d{3})?Z)-(daily|asked|before-reset|before-restore|before-migration-from)-v\d+\.sqlite$/;
const DAILY = /^\d{8}T\d{6}Z-daily-/;
const PARTIAL = '.partial';

/** The newest backup of either kind, as a path; undefined when there is none. */
export function newestBackup(folder: string): string | undefined {
  const newest = backupsIn(folder).at(-1);
  return newest === undefined ? undefined : path.join(folder, newest);
}

/**
 * The backup of the day, unless it is there; of the dailies the newest seven stay.
 * @param now Unix ms; a day is a UTC day
 * @returns the path of the backup that was made, if one was
 * Throws DATA_FOLDER_UNWRITABLE.
 */
export function backUpIfDue(db: Database, folder: string, now: number): string | undefined {
  const stamp = stampOf(now);
  const day = stamp.slice(0, 8);
  if (backupsIn(folder).some((name) => DAILY.test(name) && name.startsWith(day))) return undefined;
  const made = backUp(db, folder, `${stamp}-daily-v${versionOf(db)}.sqlite`);
  const dailies = backupsIn(folder).filter((name) => DAILY.test(name));
  for (const old of dailies.slice(0, -DAILY_BACKUPS_KEPT)) rmSync(path.join(folder, old));
  return made;
}

/** The backup before a migration, named after the version it holds. Returns its path; DATA_FOLDER_UNWRITABLE. */
export function backUpBeforeMigration(db: Database, folder: string, now: number): string {
  return backUp(db, folder, `${stampOf(now)}-before-migration-from-v${versionOf(db)}.sqlite`);
}

/** A backup that somebody asked for, or that goes before a step that can't be taken back. DATA_FOLDER_UNWRITABLE. */
export function backUpAsked(db: Database, folder: string, now: number, reason: BackupReason): Backup {
  makeFolder(folder);
  // Two in one moment get two names: a backup never takes the place of another. The folder is locked, so nobody else
  // makes one meanwhile.
  let t = now;
  const nameAt = (at: number): string => `${preciseStampOf(at)}-${reason}-v${versionOf(db)}.sqlite`;
  while (existsSync(path.join(folder, nameAt(t)))) t += 1;
  const made = backUp(db, folder, nameAt(t));
  return { name: path.basename(made), t, bytes: statSync(made).size, reason };
}

/** All backups of a folder, newest first. */
export function backups(folder: string): readonly Backup[] {
  return backupsIn(folder)
    .flatMap((name) => {
      const [, stamp, reason] = BACKUP.exec(name) ?? [];
      if (stamp === undefined || reason === undefined) return [];
      const bytes = statSync(path.join(folder, name)).size;
      return [{ name, t: timeOf(stamp), bytes, reason: reason as BackupReason }];
    })
    .toSorted((a, b) => b.t - a.t);
}

/** Copies under another name first: what carries a backup's name is whole, and on disk. */
function backUp(db: Database, folder: string, name: string): string {
  makeFolder(folder);
  const target = path.join(folder, name);
  const partial = target + PARTIAL;
  try {
    for (const left of readdirSync(folder)) if (left.endsWith(PARTIAL)) rmSync(path.join(folder, left));
    db.prepare('VACUUM INTO ?').run(partial);
    syncFile(partial);
    renameSync(partial, target);
    syncFolder(folder);
    return target;
  } catch (error) {
    throw codeOf(error).startsWith('SQLITE_') ? storageFailure(error, target) : unwritable(folder, error);
  }
}

function backupsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => BACKUP.test(name))
      .sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw unwritable(folder, error);
  }
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** 20261121T082109Z: sorts by time, and every file system takes it. */
const stampOf = (t: number): string => new Date(t).toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** The same to the millisecond: 20261121T082109042Z. */
export const preciseStampOf = (t: number): string => new Date(t).toISOString().replaceAll(/[-:.]/g, '');

function timeOf(stamp: string): number {
  const [, date, time, ms = '000'] = /^(\d{8})T(\d{6})(\d{3})?Z$/.exec(stamp) ?? [];
  const [year, month, day] = [date?.slice(0, 4), date?.slice(4, 6), date?.slice(6)];
  const [hour, minute, second] = [time?.slice(0, 2), time?.slice(2, 4), time?.slice(4)];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}
