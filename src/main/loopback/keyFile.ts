import {
  chmodSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  rmSync,
  writeSync,
  fsyncSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/contract/appError.ts';
import { randomId } from '../platform/ids.ts';
import { secretHex } from '../platform/secretBytes.ts';

export const KEY_FILE = 'loopback.key';
const KEY_BYTES = 32;
const KEY = /^[0-9a-f]{64}\n?$/;
/** Only the owner reads and writes. */
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

/**
 * The secret that lets a page in, made at the first start and the same ever after, so that a page reconnects by itself.
 * Throws KEY_FILE_INVALID where the file holds something else, DATA_FOLDER_UNWRITABLE where it can't be kept.
 */
export function keyIn(dataDir: string): string {
  const file = join(dataDir, KEY_FILE);
  try {
    return readKey(file) ?? createKey(dataDir, file);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const message = `The key in ${file} cannot be read or written. Check who owns the folder, and whether its disk is full.`;
    throw new AppError('DATA_FOLDER_UNWRITABLE', message, { file }, { cause: error });
  }
}

function readKey(file: string): string | undefined {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    // Windows has no such modes; there the folder is the user's own.
    if (process.platform !== 'win32' && (fstatSync(handle).mode & OTHERS) !== 0) chmodSync(file, OWNER_ONLY);
    const text = readFileSync(handle, 'utf8');
    if (!KEY.test(text)) {
      const message = `${file} is damaged: it should hold 64 hexadecimal digits. Delete it and start again; a new key is made, and pages that are open must be opened anew.`;
      throw new AppError('KEY_FILE_INVALID', message, { file });
    }
    return text.trimEnd();
  } finally {
    closeSync(handle);
  }
}

/** Written aside and linked into place, so that nobody ever reads half of it and the first of two starts wins. */
function createKey(dataDir: string, file: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const aside = `${file}.${randomId()}`;
  const handle = openSync(aside, 'wx', OWNER_ONLY);
  try {
    const key = secretHex(KEY_BYTES);
    writeSync(handle, `${key}\n`);
    fsyncSync(handle);
    try {
      linkSync(aside, file);
      return key;
    } catch (error) {
      const others = isCode(error, 'EEXIST') ? readKey(file) : undefined;
      if (others === undefined) throw error;
      return others;
    }
  } finally {
    closeSync(handle);
    rmSync(aside, { force: true });
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
