import { readFileSync } from 'node:fs';

/** What package-lock.json says of a package, as far as it matters here. */
export interface LockedPackage {
  /** Where the package has another name than its place. */
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  /** It lies in the tarball of the package around it. */
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export interface Lockfile {
  readonly lockfileVersion: number;
  /** By place: `''` is the project, `node_modules/a/node_modules/b` what `a` has for itself. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const MODULES = 'node_modules/';
const ROOT = new URL('../', import.meta.url);

export const lockfile = (): Lockfile => read<Lockfile>('package-lock.json');
export const manifest = (): Manifest => read<Manifest>('package.json');
const read = <File>(name: string): File => JSON.parse(readFileSync(new URL(name, ROOT), 'utf8')) as File;

/** `@noble/hashes` of `node_modules/@noble/curves/node_modules/@noble/hashes`. */
export const nameAt = (place: string): string => place.slice(place.lastIndexOf(MODULES) + MODULES.length);

/** The package that a place lies in; '' for the project. */
export const placeAround = (place: string): string =>
  place.slice(0, Math.max(0, place.lastIndexOf(MODULES) - 1));

/** Where Node.js finds what a package asks for by name: in its own folder, or in one further out. */
function placeOf({ packages }: Lockfile, name: string, from: string): string | undefined {
  const place = `${from === '' ? '' : `${from}/`}${MODULES}${name}`;
  if (place in packages) return place;
  return from === '' ? undefined : placeOf({ lockfileVersion: 3, packages }, name, placeAround(from));
}

/**
 * The places of packages and of everything that they bring. Peers aren't followed: whoever wants one names it itself,
 * and electron-builder packs it no other way either.
 */
export function closure(lock: Lockfile, names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (name: string, from: string): void => {
    const place = placeOf(lock, name, from);
    if (place === undefined || found.has(place)) return;
    found.add(place);
    const { dependencies, optionalDependencies } = lock.packages[place] ?? {};
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) follow(next, place);
  };
  for (const name of names) follow(name, '');
  return found;
}
