import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { openInBrowser, openingCommand } from '../../../src/main/terminal/browser.ts';
import { whyUnusable, type WindowEnd } from '../../../src/main/terminal/desktopWindow.ts';
import { electronExecutable, runtimeOf } from '../../../src/main/terminal/electronRuntime.ts';
import { reasonIn } from '../../../src/main/terminal/fetchRuntime.ts';
import { whyGiveUp } from '../../../src/main/terminal/patience.ts';
import { writeRedirectFile } from '../../../src/main/terminal/redirectFile.ts';
import { lookAround } from '../../../src/main/terminal/surroundings.ts';
import { USAGE } from '../../../src/main/terminal/usage.ts';
import { whereToOpen, type Facts } from '../../../src/main/terminal/whereToOpen.ts';
import { DEFAULT_PORT } from '../../../src/main/loopback/address.ts';

function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'opening-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

const DESK: Facts = {
  platform: 'linux',
  hasDisplay: true,
  isRemote: false,
  isRoot: false,
  hasSandbox: true,
  wantsBrowser: false,
  runtime: 'present',
};

describe('where the app is opened', () => {
  it.each<[string, Partial<Facts>]>([
    ['everything is there', {}],
    ['only the runtime is missing, and can be fetched', { runtime: 'fetchable' }],
  ])('is a window where %s', (_when, facts) => {
    expect(whereToOpen({ ...DESK, ...facts })).toEqual({ where: 'desktop' });
  });

  it.each<[string, Partial<Facts>, RegExp]>([
    ['the user asks for it', { wantsBrowser: true }, /--browser/],
    ['nobody sits at this computer', { isRemote: true }, /SSH/],
    ['there is no display', { hasDisplay: false }, /DISPLAY/],
    ['root asks, whom the sandbox refuses', { isRoot: true }, /root/],
    ['the kernel forbids the sandbox', { hasSandbox: false }, /user namespaces/],
    ['the runtime is not to be had', { runtime: { unavailable: 'the line is dead' } }, /line is dead/],
  ])('is the browser where %s, and that is said in one line', (_when, facts, why) => {
    const opening = whereToOpen({ ...DESK, ...facts });
    expect(opening).toEqual({ where: 'browser', why: expect.stringMatching(why) as unknown });
    expect(JSON.stringify(opening)).not.toContain('\\n');
  });

  it('is decided by what is known for nothing before a download is thought of', () => {
    const opening = whereToOpen({ ...DESK, hasDisplay: false, isRoot: true, runtime: 'fetchable' });
    expect(opening).toMatchObject({
      where: 'browser',
      why: expect.stringContaining('no display') as unknown,
    });
  });

  it('takes a display, a remote session and an empty variable for what they are', () => {
    const linux = process.platform === 'linux';
    const around = (env: NodeJS.ProcessEnv) => lookAround('/nowhere', env);
    expect(around({ DISPLAY: ':0' }).hasDisplay).toBe(true);
    expect(around({ WAYLAND_DISPLAY: 'wayland-0' }).hasDisplay).toBe(true);
    expect(around({ DISPLAY: '' }).hasDisplay).toBe(!linux);
    expect(around({ SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }).isRemote).toBe(true);
    expect(around({}).isRemote).toBe(false);
    expect(around({}).isRoot).toBe(linux && process.getuid?.() === 0);
  });
});

describe('a runtime that ended', () => {
  const end = (given: Partial<WindowEnd>): WindowEnd => ({
    code: null,
    signal: null,
    said: '',
    ranMs: 200,
    ...given,
  });

  it.each<[string, Partial<WindowEnd>, RegExp]>([
    [
      'a missing library',
      { code: 127, said: 'electron: error while loading shared libraries: libnss3.so: cannot open' },
      /libnss3\.so is missing/,
    ],
    ['the sandbox', { signal: 'SIGTRAP', said: 'FATAL: No usable sandbox! Update your kernel' }, /sandbox/],
    ['the sandbox', { code: 133, said: 'The SUID sandbox helper binary was found, but' }, /sandbox/],
    ['the display', { code: 1, said: 'Missing X server or $DISPLAY' }, /display does not answer/],
    ['the system', { code: 1, said: "/lib/libc.so.6: version `GLIBC_2.38' not found" }, /too old/],
    ['its file', { said: 'cannot be run: spawn EACCES' }, /cannot be run/],
    ['a crash', { signal: 'SIGSEGV' }, /crashed at its start \(SIGSEGV\)/],
  ])('at once because of %s sends the user to the browser', (_what, given, why) => {
    expect(whyUnusable(end(given))).toMatch(why);
  });

  it.each<[string, Partial<WindowEnd>]>([
    ['of itself', { code: 0, said: 'sandbox' }],
    ['with an error of the app', { code: 1, said: 'DATA_FOLDER_IN_USE: Another instance …' }],
    ['with an error of the app that names the sandbox', { code: 1, said: 'PAPER is a sandbox' }],
    ['after it had run', { signal: 'SIGSEGV', ranMs: 60_000 }],
  ])('%s has run, and its end is the end', (_how, given) => {
    expect(whyUnusable(end(given))).toBeUndefined();
  });
});

describe('fetching the runtime', () => {
  it('is given up when nothing arrives for ten seconds, and when the line is too slow', () => {
    const whole = { elapsedMs: 60_000, stalledMs: 0, bytes: 50_000_000 };
    expect(whyGiveUp(whole)).toBeUndefined();
    expect(whyGiveUp({ ...whole, stalledMs: 9_999 })).toBeUndefined();
    expect(whyGiveUp({ ...whole, stalledMs: 10_000 })).toMatch(/nothing arrived for 10 s/);
    expect(whyGiveUp({ elapsedMs: 19_999, stalledMs: 0, bytes: 1 })).toBeUndefined();
    expect(whyGiveUp({ elapsedMs: 20_000, stalledMs: 0, bytes: 1 })).toMatch(/too slow/);
    expect(whyGiveUp({ elapsedMs: 20_000, stalledMs: 0, bytes: 8_000_000 })).toBeUndefined();
  });

  it('says the reason of the installer in one line', () => {
    expect(reasonIn('TypeError: fetch failed\n    at node:internal\n')).toBe('fetch failed');
    expect(reasonIn('HTTPError: Response code 403 (Forbidden) for https://x\n  at y')).toBe(
      'Response code 403 (Forbidden) for https://x',
    );
    expect(reasonIn('')).toBe('no reason given');
  });

  it('is not needed where the runtime is whole, and needed where it is half unpacked or of another version', () => {
    const electron = scratchFolder();
    const name = process.platform === 'win32' ? 'electron.exe' : 'electron';
    const write = (file: string, text: string): void => {
      writeFileSync(path.join(electron, file), text);
    };
    expect(runtimeOf(electron, {})).toMatchObject({
      unavailable: expect.stringContaining('npm ci') as unknown,
    });
    write('install.js', '');
    write('package.json', '{"version":"45.4.1"}');
    expect(runtimeOf(electron, {})).toBe('fetchable');
    mkdirSync(path.join(electron, 'dist'));
    write('dist/version', '45.4.1');
    write(`dist/${name}`, '');
    expect(electronExecutable(electron, {})).toBeUndefined();
    write('path.txt', name);
    expect(electronExecutable(electron, {})).toBe(path.join(electron, 'dist', name));
    expect(runtimeOf(electron, {})).toBe('present');
    write('dist/version', '44.0.0');
    expect(runtimeOf(electron, {})).toBe('fetchable');
  });
});

describe('opening the browser', () => {
  it.each<[NodeJS.Platform, string]>([
    ['linux', 'xdg-open'],
    ['darwin', 'open'],
    ['win32', 'rundll32.exe'],
  ])('on %s is %s with a file, never a shell', (platform, program) => {
    const command = openingCommand({ platform, hasDisplay: true, isRemote: false }, '/data/a b&c.html');
    expect(command?.[0]).toBe(program);
    expect(command?.at(-1)).toBe('/data/a b&c.html');
  });

  it('is not tried where nobody would see it', () => {
    expect(openingCommand({ platform: 'linux', hasDisplay: false, isRemote: false }, 'f')).toBeUndefined();
    expect(openingCommand({ platform: 'darwin', hasDisplay: true, isRemote: true }, 'f')).toBeUndefined();
  });

  it('tells whether it seems to have worked, and never fails', async () => {
    expect(await openInBrowser([process.execPath, '-e', ''])).toBe(true);
    expect(await openInBrowser([process.execPath, '-e', 'process.exit(3)'])).toBe(false);
    expect(await openInBrowser(['/no/such/program'])).toBe(false);
  });

  it('goes through a file for the owner only, which is gone afterwards', () => {
    const folder = scratchFolder();
    const address = `http://127.0.0.1:27316/#key=${'ab'.repeat(32)}`;
    const file = writeRedirectFile(folder, address);
    expect(path.dirname(file.path)).toBe(folder);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    expect(readFileSync(file.path, 'utf8')).toContain(`content="0; url=${address}"`);
    file.remove();
    expect(existsSync(file.path)).toBe(false);
  });

  it('does not write the key where somebody else has laid a file or a link in the way', () => {
    const folder = scratchFolder();
    const elsewhere = path.join(folder, 'elsewhere');
    const way = path.join(folder, 'open.html');
    writeFileSync(way, '', { mode: 0o644 });
    expect(statSync(writeRedirectFile(folder, 'http://a').path).mode & 0o777).toBe(0o600);
    rmSync(way);
    writeFileSync(elsewhere, 'mine');
    symlinkSync(elsewhere, way);
    writeRedirectFile(folder, 'http://a');
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
  });
});

it.each(Object.entries(USAGE))(
  'explains %s on lines that a terminal of 80 columns shows whole',
  (_, usage) => {
    expect(usage.split('\n').filter((line) => line.length > 80)).toEqual([]);
  },
);

it('names the default port in the help', () => {
  expect(USAGE.serve).toContain(`--port P              ${DEFAULT_PORT};`);
});
