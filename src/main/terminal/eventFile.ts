import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { AppError } from '../../shared/contract/appError.ts';

/** Text that is gathered before it is written or hashed. */
const CHUNK = 1 << 16;

/** SHA-256 of an event log's bytes, which go into a file on the way where one is named. */
export function writeAndHash(lines: Iterable<string>, file: string | undefined): string {
  const hash = createHash('sha256');
  const handle = file === undefined ? undefined : openForWriting(file);
  try {
    let chunk = '';
    const flush = (): void => {
      hash.update(chunk);
      if (handle !== undefined) writeSync(handle, chunk);
      chunk = '';
    };
    for (const line of lines) {
      chunk += line;
      if (chunk.length > CHUNK) flush();
    }
    flush();
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
  return hash.digest('hex');
}

function openForWriting(file: string): number {
  try {
    return openSync(file, 'w');
  } catch (error) {
    throw new AppError('INVALID_OPTION', `The file ${file} cannot be written.`, { file }, { cause: error });
  }
}
