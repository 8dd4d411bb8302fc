import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

import { unwritable } from './failure.ts';

/** Makes a folder that only its owner can enter, unless it is there. Throws DATA_FOLDER_UNWRITABLE. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable(folder, error);
  }
  checkFolder(folder);
}

/** Throws DATA_FOLDER_UNWRITABLE for a folder that is missing, or that may not be read and written. */
export function checkFolder(folder: string): void {
  try {
    readdirSync(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** Writes a byte and removes it again: permission bits don't show a full disk, nor on Windows much else. */
export function probeFolder(folder: string): void {
  const file = path.join(folder, 'probe');
  try {
    writeFileSync(file, '.', { mode: 0o600 });
    rmSync(file);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** Makes a renamed file's new name survive a power cut. Windows can't open a folder, and needs no telling. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
