import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Keypair } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledPlaces } from '../../build/bundled.ts';
import { LEFT_OUT } from '../../build/leftOut.ts';
import { licenceFiles, trees } from '../../build/licences.ts';
import { lockfile } from '../../build/lockfile.ts';
import { buildDesktop, type Built } from '../main/desktop/standIn/built.ts';
import { DriftActor } from '../support/cluster/actors/driftActor.ts';
import { MarketMaker } from '../support/cluster/actors/marketMaker.ts';
import { openMarkets } from '../support/cluster/driftMarkets.ts';
import { LocalCluster } from '../support/cluster/localCluster.ts';
import { driftProgram } from '../support/cluster/model/driftProgram.ts';
import { NO_BLOCKHASH } from '../../src/main/venues/solana/transactions/draft.ts';
import { probe, textOf } from './probes/driftProbe.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PROBES = join(import.meta.dirname, 'probes');
const SOL = 1_000_000_000n;

const chunkIn = (main: string): string => {
  const [chunk, ...more] = globSync('chunks/drift-*.js', { cwd: main });
  if (chunk === undefined || more.length > 0) throw new Error(`there is not one chunk of Drift in ${main}`);
  return join(main, chunk);
};

/** A file and all that it imports at once, not late. */
function withImports(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, next] of text.matchAll(/^(?:import|export) (?:[^;]* from )?["'](\.[^"']+)["']/gm))
    if (next !== undefined) withImports(join(dirname(file), next), found);
  return found;
}

/** What it was bundled from; the bundler's own lines have no map. */
const sourcesOf = (file: string): readonly string[] =>
  existsSync(`${file}.map`)
    ? (JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { readonly sources: readonly string[] }).sources
    : [];

describe('the Drift SDK in what is shipped', () => {
  let built: Built;
  beforeAll(async () => {
    built = await buildDesktop(['main'], { sourcemap: true });
  });
  afterAll(() => {
    built.remove();
  });

  it.each(['index.js', 'signer.js'])('is in nothing that %s imports when it starts', (beginning) => {
    const files = [...withImports(join(built.out, 'main', beginning))];
    expect(files.map((file) => basename(file))).not.toContain(basename(chunkIn(join(built.out, 'main'))));
    expect(files.flatMap(sourcesOf).filter((source) => source.includes('node_modules'))).toEqual([]);
    expect(files.flatMap(sourcesOf).length).toBeGreaterThan(20);
  });

  it('is loaded late, and only by the program', () => {
    const chunk = basename(chunkIn(join(built.out, 'main')));
    const naming = globSync('main/**/*.js', { cwd: built.out }).filter((file) =>
      readFileSync(join(built.out, file), 'utf8').includes(`import("./chunks/${chunk}")`),
    );
    expect(naming).toEqual([join('main', 'index.js')]);
  });

  it('needs nothing of the program, which may be waiting for it', () => {
    const [chunk = '', ...others] = withImports(chunkIn(join(built.out, 'main')));
    expect(sourcesOf(chunk).length).toBeGreaterThan(300);
    expect(others.map((file) => basename(file))).toEqual([expect.stringMatching(/^rolldown-runtime-/)]);
  });

  it('comes without the packages that are left out', () => {
    const names = bundledPlaces(built.out, ['main']).map((place) => place.replace(/.*node_modules\//, ''));
    expect(names).toEqual(expect.arrayContaining(['@drift-labs/sdk', '@solana/web3.js', 'bn.js']));
    expect(names.filter((name) => LEFT_OUT.has(name) || name === 'rpc-websockets')).toEqual([]);
    const text = readFileSync(chunkIn(join(built.out, 'main')), 'utf8');
    const idle = [...LEFT_OUT.keys()].filter((name) => !text.includes(`leftOut("${name}"`));
    expect(idle).toEqual([]);
  });

  it('asks for nothing but what Node.js has', () => {
    const text = readFileSync(chunkIn(join(built.out, 'main')), 'utf8');
    const asked = [
      ...text.matchAll(/__require\(["']([^"']+)["']\)|^import .* from ["']([^"'.][^"']*)["']/gm),
    ].map(([, late, early]) => (late ?? early ?? '').replace('node:', ''));
    expect([...new Set(asked)].toSorted()).toEqual([
      'assert',
      'buffer',
      'crypto',
      'events',
      'fs',
      'http',
      'https',
      'module',
      'path',
      'process',
      'util',
    ]);
  });
});

describe('the program as it is bundled, with nothing but the packages that it is shipped with', () => {
  let built: Built;
  let folder: string;
  let main: string;
  beforeAll(async () => {
    built = await buildDesktop(['main'], {
      input: { drift: join(PROBES, 'driftProbe.ts'), paper: join(PROBES, 'paperProbe.ts') },
    });
    folder = mkdtempSync(join(tmpdir(), 'drift-chunk-'));
    main = join(folder, 'main');
    cpSync(join(built.out, 'main'), main, { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
    linkPackages(folder);
  });
  afterAll(() => {
    built.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (name: string, ...args: readonly string[]): Promise<Said> =>
    await promisify(execFile)(process.execPath, [join(main, `${name}.js`), ...args], {
      cwd: folder,
      maxBuffer: 64e6,
    });

  it('reads Drift and makes its transactions, byte for byte as with the SDK itself', async () => {
    const cluster = await LocalCluster.start({ program: driftProgram() });
    try {
      await openMarkets(cluster, { ammFills: false });
      const maker = await MarketMaker.join(cluster);
      await maker.quote([{ market: 'SOL-PERP', bidOffset: 100_000n, askOffset: 100_000n, size: 100n * SOL }]);
      const keypair = Keypair.generate();
      const trader = await DriftActor.join(
        cluster,
        { depositUsdc: 10_000_000_000n, depositSol: 100n * SOL },
        keypair,
      );
      await trader.leave();
      const { stdout, stderr } = await run('drift', cluster.rpcUrl, trader.address);
      const found = await probe(cluster.rpcUrl, trader.address);
      expect(found.state.user.spot).not.toEqual([]);
      expect(found.resting.length).toBeGreaterThan(0);
      expect(found.errors.length).toBeGreaterThan(200);
      expect(found.oracles).toEqual(['0', '77000000', '77000000']);
      expect(stdout).toBe(textOf(found));
      expect(stderr).toBe('');
    } finally {
      await cluster.close();
    }
  });

  it('starts, and starts an engine on paper, where the chunk of the SDK isn’t even there', async () => {
    rmSync(chunkIn(main));
    const { stdout, stderr } = await run('paper', mkdtempSync(join(folder, 'data-')));
    expect(stderr).toBe('');
    const frame = JSON.parse(stdout) as { readonly status: string; readonly data: unknown };
    expect(frame).toMatchObject({ status: 'ok', data: { status: { mode: 'paper' } } });
    await expect(run('drift', 'http://127.0.0.1:9', NO_BLOCKHASH)).rejects.toThrow(
      /Cannot find module .*drift-/,
    );
  });
});

interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** What electron-builder would pack beside the program. */
function linkPackages(folder: string): void {
  const places = [...trees(lockfile()).program].filter(
    (place) => place.lastIndexOf('node_modules/') === 0 && licenceFiles(place) !== undefined,
  );
  for (const place of places) {
    mkdirSync(dirname(join(folder, place)), { recursive: true });
    symlinkSync(join(ROOT, place), join(folder, place), 'junction');
  }
}
