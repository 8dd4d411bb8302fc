import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { AppError } from '../../shared/contract/appError.ts';
import { breathe } from '../platform/timers.ts';
import { codeOf, unwritable } from '../storage/failure.ts';
import { makeFolder } from '../storage/folder.ts';

/** A file that was written. */
export interface Exported {
  readonly path: string;
  /** Without the header. */
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

const FOLDER = 'exports';
/** Lines between two looks at what else there is to do. */
const LINES_A_LOOK = 1_000;

/**
 * Writes lines into a file of the data folder, under its name only once it is whole.
 * @param lines without the line ends
 * @param between called now and then; what it throws ends the export, and leaves no file
 * Throws DATA_FOLDER_UNWRITABLE.
 */
export async function exportLines(
  dataDir: string,
  name: string,
  header: string | undefined,
  lines: Iterable<string>,
  between: (rows: number) => void,
): Promise<Exported> {
  const folder = join(dataDir, FOLDER);
  makeFolder(folder);
  const path = freePath(folder, name);
  const partial = `${path}.partial`;
  const file = opened(partial, folder);
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  try {
    const written = await writeLines(file, header, lines, between);
    fsyncSync(file);
    close();
    renameSync(partial, path);
    return { path, ...written };
  } catch (error) {
    close();
    rmSync(partial, { force: true });
    throw error instanceof AppError || codeOf(error) === '' ? error : unwritable(folder, error);
  }
}

async function writeLines(
  file: number,
  header: string | undefined,
  lines: Iterable<string>,
  between: (rows: number) => void,
): Promise<Omit<Exported, 'path'>> {
  const hash = createHash('sha256');
  let [rows, bytes, chunk] = [0, 0, header === undefined ? '' : `${header}\n`];
  const flush = (): void => {
    const block = Buffer.from(chunk);
    hash.update(block);
    writeFileSync(file, block);
    bytes += block.length;
    chunk = '';
  };
  for (const line of lines) {
    chunk += `${line}\n`;
    rows += 1;
    if (rows % LINES_A_LOOK !== 0) continue;
    flush();
    between(rows);
    await breathe();
  }
  flush();
  between(rows);
  return { rows, bytes, sha256: hash.digest('hex') };
}

/** Two exports in one moment get two names. */
function freePath(folder: string, name: string): string {
  const { name: stem, ext } = parse(name);
  for (let count = 1; ; count += 1) {
    const path = join(folder, count === 1 ? name : `${stem}-${count}${ext}`);
    if (!existsSync(path) && !existsSync(`${path}.partial`)) return path;
  }
}

function opened(path: string, folder: string): number {
  try {
    // Two exports never share a file.
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    throw unwritable(folder, error);
  }
}
