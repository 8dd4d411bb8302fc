import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/contract/appError.ts';
import { readCandles } from '../market/recorded/candles.ts';
import { readFunding } from '../market/recorded/fundingRows.ts';
import { unwritable } from '../storage/failure.ts';
import { makeFolder, syncFolder } from '../storage/folder.ts';

export type MarketFileKind = 'candles' | 'funding';

/** A file that was taken and read to its end. Times in Unix ms. */
export interface MarketFile {
  readonly sha256: string;
  readonly rows: number;
  readonly from: number;
  readonly to: number;
}

const FOLDER = 'markets';
/** A year of minutes fits, and a century of hours. */
const MOST_CHARACTERS = 64 * 1024 * 1024;
/** Uploads that may be under way at the same time; the oldest gives way. */
const MOST_UPLOADS = 4;

/** The recorded markets of a data folder: files that a user has handed over, kept under the hash of their bytes. */
export class MarketFiles {
  readonly #folder: string;
  readonly #uploads = new Map<string, string[]>();

  constructor(dataDir: string) {
    this.#folder = join(dataDir, FOLDER);
  }

  /**
   * Takes the next piece. Returns the characters that are there by now, and the file once the last piece has come.
   * Throws INVALID_PAYLOAD for a piece out of order, INVALID_DATA_FILE for a file with a bad row.
   */
  receive(
    upload: string,
    kind: MarketFileKind,
    piece: { readonly offset: number; readonly text: string; readonly last: boolean },
  ): { readonly received: number; readonly file: MarketFile | null } {
    const pieces = this.#uploads.get(upload) ?? [];
    const before = pieces.reduce((sum, { length }) => sum + length, 0);
    if (before !== piece.offset)
      throw new AppError(
        'INVALID_PAYLOAD',
        `This piece begins at ${piece.offset}, and ${before} are there.`,
        {
          field: 'offset',
          expected: before,
        },
      );
    // Taken out, and put back while more is to come: an upload that fails is forgotten.
    this.#uploads.delete(upload);
    const received = before + piece.text.length;
    if (received > MOST_CHARACTERS)
      throw new AppError('INVALID_DATA_FILE', 'The file is longer than 64 MiB.', { received });
    pieces.push(piece.text);
    if (!piece.last) {
      this.#uploads.set(upload, pieces);
      this.#forgetOldest();
      return { received, file: null };
    }
    return { received, file: this.#kept(kind, pieces.join('')) };
  }

  /** Where a file is kept; undefined for one that never was taken. */
  find(sha256: string): string | undefined {
    const path = join(this.#folder, `${sha256}.csv`);
    return existsSync(path) ? path : undefined;
  }

  /** The same. Throws INVALID_DATA_FILE for one that never was taken. */
  pathOf(sha256: string): string {
    const path = this.find(sha256);
    if (path !== undefined) return path;
    const message = 'This market file is not in the data folder: hand it over again.';
    throw new AppError('INVALID_DATA_FILE', message, { sha256 });
  }

  #kept(kind: MarketFileKind, text: string): MarketFile {
    const sha256 = createHash('sha256').update(text).digest('hex');
    makeFolder(this.#folder);
    const candidate = join(this.#folder, `${kind}.csv`);
    try {
      writeFileSync(candidate, text, { mode: 0o600, flush: true });
    } catch (error) {
      throw unwritable(this.#folder, error);
    }
    try {
      const rows = kind === 'candles' ? readCandles(candidate) : readFunding(candidate);
      renameSync(candidate, join(this.#folder, `${sha256}.csv`));
      syncFolder(this.#folder);
      return { sha256, rows: rows.length, from: rows[0]?.t ?? 0, to: rows.at(-1)?.t ?? 0 };
    } finally {
      rmSync(candidate, { force: true });
    }
  }

  #forgetOldest(): void {
    for (const id of this.#uploads.keys()) {
      if (this.#uploads.size <= MOST_UPLOADS) return;
      this.#uploads.delete(id);
    }
  }
}
