import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Plugin } from 'vite';
import type { Part } from './buildStamp.ts';

const PARTS: readonly Part[] = ['main', 'preload', 'renderer'];

/** `node_modules/a/node_modules/b` of a file somewhere in `b`. */
const PLACE = /node_modules\/(?:@[^/]+\/)?[^/]+(?:\/node_modules\/(?:@[^/]+\/)?[^/]+)*/;
/** `b` of `…/node_modules/.store/b@1/node_modules/b/file`. */
const NAME_IN_MAP = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//;
/** What the bundlers write into a page themselves: how it loads a part of itself later, for one. */
const OWN_CODE = /^\0(vite|rolldown)\//;

/** Where a part's list lies: beside the part, so that it is neither packed nor served. */
const listOf = (out: string, part: string): string => join(out, 'bundled', `${part}.json`);

/** Writes down from which packages a part of out/ has code or a font: their licences go with it (notices.ts). */
export function bundledPackages(project: string): Plugin {
  let root = project;
  return {
    name: 'bundled-packages',
    configResolved(config) {
      ({ root } = config);
    },
    writeBundle({ dir }, bundle) {
      if (dir === undefined) throw new Error('a part of out/ has to have a folder');
      const sources = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk'
          ? Object.keys(file.modules)
          : file.originalFileNames.map((name) => resolve(root, name)),
      );
      const places = sources
        .flatMap((source) => [source, ...bundledBefore(source)])
        .flatMap((source) => placeOf(source) ?? []);
      const list = listOf(dirname(dir), basename(dir));
      mkdirSync(dirname(list), { recursive: true });
      writeFileSync(list, JSON.stringify([...new Set(places)].toSorted()));
    },
  };
}

function placeOf(source: string): string | undefined {
  const [, bundler] = OWN_CODE.exec(source) ?? [];
  if (bundler !== undefined) return `node_modules/${bundler}`;
  return PLACE.exec(source.split(sep).join('/'))?.[0];
}

/** Folders of packages that whoever made this file had already bundled into it, as its source map says. */
function bundledBefore(source: string): readonly string[] {
  const map = `${source}.map`;
  if (!PLACE.test(source.split(sep).join('/')) || !existsSync(map)) return [];
  const { sources = [] } = JSON.parse(readFileSync(map, 'utf8')) as { readonly sources?: readonly string[] };
  const names = new Set(sources.flatMap((one) => NAME_IN_MAP.exec(one)?.[1] ?? []));
  return [...names].map((name) => folderOf(name, source));
}

/** Where Node.js finds a package from a file. */
function folderOf(name: string, source: string): string {
  const folders = createRequire(source).resolve.paths(name) ?? [];
  const found = folders.map((folder) => join(folder, name)).find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`${source} has something of ${name}, which is not installed`);
  return found;
}

/** The places of all packages that the parts of `out` have something of. */
export function bundledPlaces(out: string, parts: readonly Part[] = PARTS): readonly string[] {
  const lists = parts.map((part) => JSON.parse(readFileSync(listOf(out, part), 'utf8')) as readonly string[]);
  return [...new Set(lists.flat())];
}
