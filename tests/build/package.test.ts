import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, posix, sep } from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeNotices } from '../../build/notices.ts';
import { configurationFor } from '../../build/electron-builder.ts';
import { buildDesktop, type Built } from '../main/desktop/standIn/built.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FEED = 'https://updates.example/phantom';

describe('the configuration of the packages', () => {
  it.each([{}, { UPDATE_FEED_URL: FEED }, { APPLE_API_KEY: '/keys/a.p8' }])(
    'is accepted with %j',
    async (env) => {
      await expect(
        validateConfiguration(configurationFor(env), new DebugLogger(false)),
      ).resolves.toBeUndefined();
    },
  );

  it('is really looked at', async () => {
    const wrong = { ...configurationFor({}), electronFuses: { runAsNodes: false } };
    await expect(validateConfiguration(wrong as never, new DebugLogger(false))).rejects.toThrow(
      /configuration\.electronFuses/,
    );
  });

  it('has the name by which the running app calls itself', () => {
    const source = readFileSync(join(ROOT, 'src', 'main', 'desktop', 'bootDesktop.ts'), 'utf8');
    expect(source).toContain(`'${configurationFor({}).appId}'`);
  });

  it('sets every fuse that Electron recommends', () => {
    expect(configurationFor({}).electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('makes an installer for one user, a hardened and notarised app, and two packages for Linux', () => {
    const { nsis, mac, linux } = configurationFor({ APPLE_API_KEY: '/keys/a.p8' });
    expect(nsis).toMatchObject({ perMachine: false, allowElevation: false, deleteAppDataOnUninstall: false });
    expect(mac).toMatchObject({ hardenedRuntime: true, notarize: true });
    expect(configurationFor({}).mac).toMatchObject({ notarize: false });
    expect(JSON.stringify(linux?.target)).toMatch(/AppImage.*deb/);
    expect(JSON.stringify(linux)).not.toContain('no-sandbox');
  });

  it('takes signing from environment variables only, and a feed only when it is named', () => {
    const { publish, ...rest } = configurationFor({ UPDATE_FEED_URL: FEED });
    expect(publish).toEqual([{ provider: 'generic', url: FEED }]);
    expect(configurationFor({}).publish).toBeNull();
    expect(JSON.stringify(rest)).not.toMatch(/cscLink|cscKeyPassword|password|token/i);
  });

  it('names files that are there', () => {
    const { mac, extraResources, icon } = configurationFor({});
    const named = [mac?.entitlements, icon, 'resources/icons/512x512.png'];
    for (const file of named) expect(existsSync(join(ROOT, String(file)))).toBe(true);
    for (const name of ['live', 'paper', 'halted'])
      for (const suffix of ['.png', '@2x.png', 'Template.png', 'Template@2x.png'])
        expect(existsSync(join(ROOT, 'resources', 'tray', `${name}${suffix}`))).toBe(true);
    expect(JSON.stringify(extraResources)).toContain('resources/tray');
  });
});

const SECRET = /-----BEGIN [A-Z ]*PRIVATE KEY|npm_[A-Za-z0-9]{36}/;
/** An import as the bundler writes it: at the start of a line, or lazy. */
const IMPORT = /^import (?:[^"';]* from )?["']([^"'.][^"']*)["'];?$|\bimport\(["']([^"'.][^"']*)["']\)/gm;

const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(IMPORT)].map(([, fixed, lazy]) => fixed ?? lazy ?? '');

describe('a package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'phantom-package-'));
  const resources = join(folder, 'dist', 'linux-unpacked', 'resources');
  const archive = join(resources, 'app.asar');
  let built: Built;
  let files: readonly string[];

  beforeAll(async () => {
    built = await buildDesktop(['main', 'preload', 'renderer']);
    writeNotices(built.out);
    await pack(folder, built.out);
    files = listPackage(archive, { isPack: false })
      .map((file) => file.split(sep).join('/').slice(1))
      .filter((file) => !('files' in statFile(archive, file)));
  });
  afterAll(() => {
    built.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has main, preloads, page, key window and package.json, and beside them nothing but packages', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'package.json',
        'out/main/index.js',
        'out/main/signer.js',
        expect.stringMatching(/^out\/main\/chunks\/drift-[^/]+\.js$/),
        'out/preload/index.cjs',
        'out/preload/inter.woff2',
        'out/preload/keys.cjs',
        'out/renderer/index.html',
      ]),
    );
    const others = files.filter((file) => !/^(?:node_modules|out\/(?:main|preload|renderer))\//.test(file));
    expect(others.toSorted()).toEqual([
      'package.json',
      'resources/keys/keys.css',
      'resources/keys/keys.html',
      'resources/keys/mark.svg',
    ]);
  });

  it('has no sources, maps, tests or documents, neither ours nor others’', () => {
    const unwanted =
      /\.(?:ts|tsx|mts|cts|map|c|cc|cpp|h|gyp|md|sh)$|\/(?:tests?|__tests__|docs?|examples?)\/|(?:^|\/)\.|\.(?:sqlite|key|pem|p12|env|log)$/;
    expect(files.filter((file) => unwanted.test(file))).toEqual([]);
  });

  it('has no package that the page or the SDK’s chunk is bundled from, nor one that only builds', () => {
    const packages = new Set(
      files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []),
    );
    expect(packages).toContain('better-sqlite3');
    for (const name of [
      'react',
      'react-dom',
      '@mantine/core',
      'zustand',
      '@drift-labs/sdk',
      '@solana/web3.js',
      'bn.js',
      'electron',
      'node',
      'vite',
      'typescript',
    ])
      expect(packages).not.toContain(name);
  });

  it('has every package that the program imports', () => {
    const imported = files
      .filter((file) => file.startsWith('out/main/'))
      .flatMap((file) => importsOf(extractFile(archive, file).toString('utf8')));
    const missing = imported
      .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? '')
      .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name) && name !== 'electron')
      .filter((name) => !files.includes(`node_modules/${name}/package.json`));
    expect(imported).toEqual(
      expect.arrayContaining(['@napi-rs/keyring', 'better-sqlite3', 'electron', 'electron-updater']),
    );
    expect(missing).toEqual([]);
  });

  it('has a signer without network, database, other processes and Electron', () => {
    const found = new Set<string>();
    const texts: string[] = [];
    const follow = (file: string): void => {
      if (found.has(file)) return;
      found.add(file);
      const text = extractFile(archive, file).toString('utf8');
      texts.push(text);
      for (const [, next] of text.matchAll(/from ["']\.\/([^"']+)["']/g))
        if (next !== undefined) follow(posix.join(posix.dirname(file), next));
    };
    follow('out/main/signer.js');
    const allowed = [
      '@napi-rs/keyring',
      '@noble/curves/ed25519.js',
      '@scure/bip39/wordlists/english.js',
      'node:crypto',
      'node:fs',
      'node:fs/promises',
      'node:os',
      'node:path',
      'node:tty',
      'node:util',
      // To collect garbage at once (platform/garbage.ts).
      'node:v8',
      'node:vm',
      'zod',
    ];
    expect(texts.flatMap(importsOf).filter((name) => !allowed.includes(name))).toEqual([]);
    expect(texts.flatMap(importsOf)).toContain('node:crypto');
    // Node.js has these without an import.
    expect(texts.join('').match(/\b(?:fetch|WebSocket|EventSource)\(/g)).toBeNull();
  });

  it('has the native modules of its system outside the archive, and nothing else there', () => {
    const outside = files.filter((file) => 'unpacked' in statFile(archive, file));
    expect(outside).toEqual([
      'node_modules/@napi-rs/keyring-linux-x64-gnu/keyring.linux-x64-gnu.node',
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
    ]);
    const there = readdirSync(`${archive}.unpacked`, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    );
    expect(there.map(({ name }) => name).toSorted()).toEqual([
      'keyring.linux-x64-gnu.node',
      'linux-x64.node',
    ]);
  });

  it('has no secret, and nothing of the machine that built it', () => {
    const own = files.filter(
      (file) => !file.startsWith('node_modules/') && /\.(?:js|cjs|json|html|css)$/.test(file),
    );
    const telling = own.filter((file) => {
      const text = extractFile(archive, file).toString('utf8');
      return SECRET.test(text) || text.includes(ROOT) || text.includes('sourceMappingURL');
    });
    expect(telling).toEqual([]);
    expect(extractFile(archive, 'package.json').toString('utf8')).not.toContain('devDependencies');
  });

  it('has the licences of every package in it beside the archive', () => {
    const text = readFileSync(join(resources, 'licences.txt'), 'utf8');
    const packed = files
      .filter((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(file))
      .map(
        (file) =>
          JSON.parse(extractFile(archive, file).toString('utf8')) as { name: string; version: string },
      );
    expect(packed.map(({ name }) => name)).toContain('graceful-fs');
    const missing = packed.filter(({ name, version }) => !text.includes(`\n${name} ${version} `));
    expect(missing).toEqual([]);
    // What users were given without it: electron-builder leaves these packages' own files out.
    expect(files.filter((file) => /^node_modules\/(?:ms|graceful-fs)\/licen/i.test(file))).toEqual([]);
    expect(text).toContain('Copyright (c) 2020 Vercel, Inc.');
    expect(text).toMatch(/^@drift-labs\/sdk \d\S* +Apache-2\.0 /m);
    expect(text).not.toMatch(/switchboard|rpc-websockets|Business Source|GNU Lesser/i);
  });

  it('has the pictures of the tray beside the archive', () => {
    expect(readdirSync(join(resources, 'tray'))).toEqual(
      expect.arrayContaining(['paper.png', 'paper@2x.png', 'halted.png']),
    );
    expect(existsSync(join(resources, 'icon.png'))).toBe(true);
    expect(existsSync(join(resources, 'app-update.yml'))).toBe(false);
  });
});

/** Packs for Linux on a runtime that is an empty shell: the archive is real, and nothing is downloaded. */
async function pack(folder: string, out: string): Promise<void> {
  const runtime = join(folder, 'runtime');
  mkdirSync(join(runtime, 'resources'), { recursive: true });
  writeFileSync(join(runtime, 'electron'), '#!/bin/sh\n');
  chmodSync(join(runtime, 'electron'), 0o755);
  const { version } = JSON.parse(
    readFileSync(join(ROOT, 'node_modules', 'electron', 'package.json'), 'utf8'),
  ) as { version: string };
  writeFileSync(join(runtime, 'version'), version);
  const { files, extraResources, ...rest } = configurationFor({});
  const kept = [files].flat().filter((file) => typeof file !== 'string' || !file.startsWith('out/'));
  const config = {
    ...rest,
    // This build's own folder stands where out/ would.
    files: [
      ...kept,
      ...['main', 'preload', 'renderer'].map((part) => ({ from: join(out, part), to: `out/${part}` })),
    ],
    extraResources: [extraResources].flat().map((one) => fromBuild(one, out)),
    // There is no runtime to set them in.
    electronFuses: null,
    electronDist: runtime,
    directories: { output: join(folder, 'dist'), buildResources: join(ROOT, 'build', 'desktop') },
  };
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const cli = join(ROOT, 'node_modules', 'electron-builder', 'cli.js');
  await promisify(execFile)(process.execPath, [cli, '--linux', 'dir', '--x64', '--config', file], {
    cwd: ROOT,
  });
}

/** What would come from out/, from this build's own folder. */
const fromBuild = <One>(one: One, out: string): One =>
  typeof one === 'object' && one !== null && 'from' in one && String(one.from).startsWith('out/')
    ? { ...one, from: join(out, String(one.from).slice('out/'.length)) }
    : one;
