import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { AppError } from '../../shared/contract/appError.ts';
import { withNonce } from '../platform/contentPolicy.ts';

const ENTRY = 'index.html';
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const OTHER_TYPE = 'application/octet-stream';

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/** The built page: the only paths there are. */
export interface PageFiles {
  /** The page itself, with the nonce in place. */
  page(nonce: string): PageFile;
  /** What else it is made of, by its path: `/assets/index-abc.js`. */
  readonly assets: ReadonlyMap<string, PageFile>;
}

/**
 * Takes a built renderer into memory. What isn't there now is never served, whatever path is asked for, and a build
 * that is done meanwhile can't mix with this one. Throws BUILD_FAILED where there is none.
 */
export function readPageFiles(folder: string): PageFiles {
  const files = new Map(filesBelow(folder).map((file) => [pathOf(folder, file), fileOf(file)]));
  const entry = files.get(`/${ENTRY}`);
  if (entry === undefined) throw missing(folder);
  files.delete(`/${ENTRY}`);
  const html = entry.bytes.toString('utf8');
  return {
    page: (nonce) => ({
      type: entry.type,
      bytes: Buffer.from(withNonce(html, nonce)),
    }),
    assets: files,
  };
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    throw missing(folder, error);
  }
}

const pathOf = (folder: string, file: string): string => `/${relative(folder, file).split(sep).join('/')}`;

const fileOf = (file: string): PageFile => ({
  type: TYPES[extname(file).toLowerCase()] ?? OTHER_TYPE,
  bytes: readFileSync(file),
});

function missing(folder: string, cause?: unknown): AppError {
  const message = `The pages of the app are missing: there is no ${ENTRY} in ${folder}.`;
  return new AppError('BUILD_FAILED', message, { folder }, { cause });
}
