import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { breathe } from '../platform/timers.ts';
import { unwritable } from '../storage/failure.ts';
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
/** Text that is gathered before it is written. */
const CHUNK = 1 << 16;

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
  const path = join(folder, name);
  const partial = `${path}.partial`;
  const file = opened(partial, folder);
  const hash = createHash('sha256');
  let [rows, bytes, chunk] = [0, 0, header === undefined ? '' : `${header}\n`];
  const flush = (): void => {
    const block = Buffer.from(chunk);
    hash.update(block);
    writeSync(file, block);
    bytes += block.length;
    chunk = '';
  };
  try {
    for (const line of lines) {
      chunk += `${line}\n`;
      rows += 1;
      if (chunk.length < CHUNK) continue;
      flush();
      between(rows);
      await breathe();
    }
    flush();
    fsyncSync(file);
    closeSync(file);
    renameSync(partial, path);
    return { path, rows, bytes, sha256: hash.digest('hex') };
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function opened(path: string, folder: string): number {
  try {
    return openSync(path, 'w', 0o600);
  } catch (error) {
    throw unwritable(folder, error);
  }
}
