import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bundledPlaces } from '../../build/bundled.ts';
import { DRIFT_PACKAGES } from '../../build/driftPackages.ts';
import { WITHOUT_TEXT } from '../../build/licenceRemarks.ts';
import { importedByPages, licenceFiles, licensedAt, trees } from '../../build/licences.ts';
import { ADDED_NOTICES, licenceTexts } from '../../build/licenceTexts.ts';
import { lockfile } from '../../build/lockfile.ts';
import { notices, shippedPlaces } from '../../build/notices.ts';
import { buildDesktop, type Built } from '../main/desktop/standIn/built.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const lock = lockfile();
const nameOf = (place: string): string => licensedAt(lock, place).name;

const RULE = '='.repeat(80);
/** They write some lines of their own into what they bundle. */
const BUNDLERS = ['rolldown', 'vite'];
/** web3.js comes with some lines of theirs in its own file. */
const IN_WEB3 = ['agentkeepalive', 'fast-stable-stringify', 'humanize-ms'];

let built: Built;
/** Packages that it was bundled from. */
let bundled: readonly string[];
let text: string;
/** Of each package, the numbers of its texts. */
let listed: ReadonlyMap<string, readonly number[]>;

beforeAll(async () => {
  built = await buildDesktop(['main', 'preload', 'renderer'], { sourcemap: true });
  bundled = bundledIn(built.out);
  text = notices(shippedPlaces(built.out));
  const rows = text.split('\n').flatMap((line) => {
    const [, name, numbers] = /^(\S+|Phantom Arbiter) \d\S* +\S.*? {2,}(\d[\d, ]*)$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, (numbers ?? '').split(', ').map(Number)] as const];
  });
  listed = new Map(rows);
});
afterAll(() => {
  built.remove();
});

/** Packages that the source maps of what was built name: they know nothing of our own list. */
function bundledIn(out: string): readonly string[] {
  const maps = globSync('*/**/*.map', { cwd: out });
  const sources = maps.flatMap(
    (file) => (JSON.parse(readFileSync(join(out, file), 'utf8')) as { sources: readonly string[] }).sources,
  );
  const names = sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []);
  return [...new Set(names)];
}

/** What stands under a number, without those that it is for. */
const textUnder = (number: number): string =>
  text.split(`\n${RULE}\n${number}. `)[1]?.split(RULE)[1]?.trim() ?? '';

const textOf = (name: string): string => (listed.get(name) ?? []).map(textUnder).join('\n');

describe('the licences that go with the app', () => {
  it('name every package that is packed, and every one that is bundled', () => {
    const program = [...trees(lock).program].filter((place) => licenceFiles(place) !== undefined);
    expect(bundled).toEqual(expect.arrayContaining(['react-dom', 'lightweight-charts', 'zod']));
    const shipped = [...program.map(nameOf), ...bundled, ...importedByPages()];
    expect(shipped.filter((name) => !listed.has(name))).toEqual([]);
  });

  it('name none that only builds and tests, and none that bundling left out', () => {
    const program = new Set([...trees(lock).program].map(nameOf));
    const others = [...listed.keys()].filter((name) => !program.has(name) && !bundled.includes(name));
    expect(others.toSorted()).toEqual(
      ['@fontsource-variable/inter', 'Phantom Arbiter', ...BUNDLERS, ...IN_WEB3].toSorted(),
    );
  });

  it('name, of the Drift SDK, what docs/supply-chain.md names', () => {
    const main = bundledPlaces(built.out, ['main']).filter((place) => place !== 'node_modules/rolldown');
    expect(main).toEqual(DRIFT_PACKAGES);
    expect(main).toEqual(
      expect.arrayContaining(['node_modules/@drift-labs/sdk', 'node_modules/@solana/web3.js']),
    );
  });

  it('have a whole text for each', () => {
    const wanting = [...listed.keys()].filter(
      (name) => textOf(name).length < 500 || !/copyright|licen[cs]e/i.test(textOf(name)),
    );
    expect(wanting).toEqual([]);
    expect(listed.size).toBeGreaterThan(50);
  });

  it('say a text once that many packages share, and for which', () => {
    expect(text.match(/^# Blue Oak Model License$/gm)).toHaveLength(1);
    expect(text).toMatch(/^\d+\. graceful-fs [\d.]+, lru-cache [\d.]+, sax [\d.]+$/m);
  });

  it('have those that electron-builder leaves out, and those of what a binary is built from', () => {
    expect(text).toContain(readFileSync(join(ROOT, 'node_modules/ms/license.md'), 'utf8').trim());
    const keyring = [...listed.keys()].find((name) => name.startsWith('@napi-rs/keyring-'));
    const own = textOf(keyring ?? '');
    expect(own).toContain('N-API for Rust');
    expect(own).toContain('| zbus |');
  });

  it('say of a package without a text that it has none, and whose it is', () => {
    const said = /The package brings no text\.[^]*(?:Copyright \(c\) \S|Apache License\s+Version 2\.0)/;
    expect([...WITHOUT_TEXT].filter((name) => !said.test(textOf(name)))).toEqual([]);
    expect([...listed.keys()].filter((name) => said.test(textOf(name))).toSorted()).toEqual(
      [...WITHOUT_TEXT].toSorted(),
    );
  });

  it('have what stands in a NOTICE, also in one that was left out of its package', () => {
    expect(textOf('tslib')).toContain('Microsoft Corporation');
    const notice = ADDED_NOTICES.get('lightweight-charts') ?? '';
    expect((listed.get('lightweight-charts') ?? []).map(textUnder)).toContain(notice);
    const chart = readFileSync(
      join(ROOT, 'node_modules/lightweight-charts/dist/lightweight-charts.production.mjs'),
      'utf8',
    );
    const [, copyright] = /(Copyright \(c\) \d+ TradingView, Inc\.)/.exec(chart) ?? [];
    expect(notice).toContain(copyright);
    // Its licence wants it in the page too.
    const credit = readFileSync(join(ROOT, 'src/renderer/components/ChartCredit.tsx'), 'utf8');
    expect(credit).toContain(copyright?.replace('Copyright (c)', '©'));
  });

  it('have nothing of what a bundler bundles for itself', () => {
    expect(textOf('vite')).not.toContain('jridgewell');
  });
});

describe('a package without a text', () => {
  const planted = (manifest: object): string => {
    const folder = mkdtempSync(join(tmpdir(), 'licence-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    mkdirSync(join(folder, 'lib'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    return relative(ROOT, folder);
  };
  const one = { name: 'planted', version: '1.0.0', licence: 'MIT' };

  it('gets its licence’s usual text, with its author', () => {
    const place = planted({ author: { name: 'A. Uthor', email: 'a@a.example' } });
    expect(licenceTexts(place, one)).toEqual([expect.stringContaining('Copyright (c) A. Uthor\n')]);
  });

  it.each([
    ['that names no author', { license: 'MIT' }, one],
    ['under a licence that has none here', { author: 'A' }, { ...one, licence: 'ISC' }],
  ])('%s is not shipped', (_why, manifest, declared) => {
    expect(() => licenceTexts(planted(manifest), declared)).toThrow(/planted brings no text of its licence/);
  });
});
