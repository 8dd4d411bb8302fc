import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { AppError } from '../../shared/contract/appError.ts';
import { withNonce } from './contentPolicy.ts';

const ENTRY = 'index.html';
/** What a page is made of. A file of any other kind has no business in the build and isn't served. */
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
  const files = new Map(filesBelow(folder).flatMap((file) => fileOf(folder, file)));
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

/** A file under the path that it is asked for by; none where it is of no known kind. */
function fileOf(folder: string, file: string): readonly (readonly [string, PageFile])[] {
  const type = TYPES[extname(file).toLowerCase()];
  if (type === undefined) return [];
  return [[`/${relative(folder, file).split(sep).join('/')}`, { type, bytes: readFileSync(file) }]];
}

function missing(folder: string, cause?: unknown): AppError {
  const message = `The pages of the app are missing: there is no ${ENTRY} in ${folder}.`;
  return new AppError('BUILD_FAILED', message, { folder }, { cause });
}
