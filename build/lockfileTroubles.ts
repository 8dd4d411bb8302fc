import { nameAt, placeAround, type LockedPackage, type Lockfile, type Manifest } from './lockfile.ts';

const SHA_512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
const EXACT = /^\d+\.\d+\.\d+$/;
/** The one package whose script runs: it puts Node.js in place. */
const MAY_RUN = new Set(['node']);

export interface Project {
  readonly lock: Lockfile;
  readonly manifest: Manifest;
  /** Whether npm would compile the package that lies there, although it names no script: it has a binding.gyp. */
  readonly compiles: (place: string) => boolean;
}

/** What stands in the way of an install that brings the same bytes everywhere and runs nothing; a sentence each. */
export function lockfileTroubles(project: Project): readonly string[] {
  const { lock } = project;
  const version =
    lock.lockfileVersion === 3 ? [] : [`the lockfile has version ${lock.lockfileVersion}, not 3`];
  const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
  return [
    ...version,
    ...packages.flatMap(([place, locked]) => sourceTroubles(lock, place, locked)),
    ...rangeTroubles(project),
    ...scriptTroubles(project),
  ];
}

/**
 * A hash, and no address. What comes from a registry has no address in this lockfile (.npmrc: omit-lockfile-registry-
 * resolved), so that what has one is from git, a file or some server. A package in the tarball of another is covered by
 * that one's hash.
 */
function sourceTroubles(lock: Lockfile, place: string, locked: LockedPackage): readonly string[] {
  const { resolved, link, inBundle, integrity } = locked;
  if (link === true) return [`${place} is a link`];
  if (resolved !== undefined) return [`${place} comes from ${resolved}`];
  const hashed = inBundle === true ? lock.packages[placeAround(place)]?.integrity : integrity;
  return SHA_512.test(hashed ?? '') ? [] : [`${place} has no SHA-512`];
}

/** A range would bring another version with the next lockfile, and so would an address. */
function rangeTroubles({ lock, manifest }: Project): readonly string[] {
  const asked = { ...manifest.dependencies, ...manifest.devDependencies };
  const root = lock.packages[''] ?? {};
  const locked = { ...root.dependencies, ...root.devDependencies, ...root.optionalDependencies };
  return [
    ...Object.entries(asked)
      .filter(([, range]) => !EXACT.test(range))
      .map(([name, range]) => `${name} is asked for as ${range}, and not by one version`),
    ...Object.keys({ ...asked, ...locked })
      .filter((name) => asked[name] !== locked[name])
      .map((name) => `${name} is another in the lockfile than in package.json`),
  ];
}

function scriptTroubles({ lock, manifest, compiles }: Project): readonly string[] {
  const { allowScripts } = manifest;
  const withScript = new Set(
    Object.entries(lock.packages)
      .filter(
        ([place, { hasInstallScript }]) => place !== '' && (hasInstallScript === true || compiles(place)),
      )
      .map(([place, { name }]) => name ?? nameAt(place)),
  );
  return [
    ...[...withScript]
      .filter((name) => !(name in allowScripts))
      .map((name) => `nobody has decided whether ${name} may run its script`),
    ...Object.keys(allowScripts)
      .filter((name) => !withScript.has(name))
      .map((name) => `a script of ${name} is decided, and there is none`),
    ...Object.entries(allowScripts)
      .filter(([name, allowed]) => allowed && !MAY_RUN.has(name))
      .map(([name]) => `${name} may run its script`),
  ];
}
