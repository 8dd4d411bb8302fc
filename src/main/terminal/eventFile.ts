import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { AppError } from '../../shared/contract/appError.ts';

/** Text that is gathered before it is written or hashed. */
const CHUNK = 1 << 16;

/** Where an event log goes, opened before the run: a file that can't be written must not be found out at its end. */
export class EventFile {
  readonly #handle: number | undefined;

  /** @param file undefined where only the hash is wanted. Throws INVALID_OPTION. */
  constructor(file: string | undefined) {
    try {
      this.#handle = file === undefined ? undefined : openSync(file, 'w');
    } catch (error) {
      const message = `The file ${file} of --events cannot be written.`;
      throw new AppError(
        'INVALID_OPTION',
        message,
        { option: 'events', file: file ?? null },
        { cause: error },
      );
    }
  }

  /** Writes the lines and gives back the SHA-256 of their bytes. */
  write(lines: Iterable<string>): string {
    const hash = createHash('sha256');
    let chunk = '';
    const flush = (): void => {
      hash.update(chunk);
      if (this.#handle !== undefined) writeSync(this.#handle, chunk);
      chunk = '';
    };
    for (const line of lines) {
      chunk += line;
      if (chunk.length > CHUNK) flush();
    }
    flush();
    return hash.digest('hex');
  }

  close(): void {
    if (this.#handle !== undefined) closeSync(this.#handle);
  }
}
