import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/contract/appError.ts';
import type { PageFile } from '../platform/pageFiles.ts';

/** All that the key window can ever load, by the path that it is asked for by. */
export type KeyWindowFiles = ReadonlyMap<string, PageFile>;

export interface KeyWindowFolders {
  /** resources/keys: the page without a script, its styles and its sign. */
  readonly page: string;
  /** out/preload, where the build puts the typeface. */
  readonly preload: string;
}

/** Throws BUILD_FAILED where one is missing. */
export function readKeyWindowFiles({ page, preload }: KeyWindowFolders): KeyWindowFiles {
  return new Map([
    ['/', fileOf(join(page, 'keys.html'), 'text/html; charset=utf-8')],
    ['/keys.css', fileOf(join(page, 'keys.css'), 'text/css; charset=utf-8')],
    ['/mark.svg', fileOf(join(page, 'mark.svg'), 'image/svg+xml')],
    ['/inter.woff2', fileOf(join(preload, 'inter.woff2'), 'font/woff2')],
  ]);
}

function fileOf(file: string, type: string): PageFile {
  try {
    return { type, bytes: readFileSync(file) };
  } catch (cause) {
    const message = 'The window in which secrets are entered is incomplete. Install the program again.';
    throw new AppError('BUILD_FAILED', message, { file }, { cause });
  }
}
