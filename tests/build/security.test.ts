import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SHORTEST_PASSPHRASE } from '../../src/main/custody/keys/keys.ts';
import { seal } from '../../src/main/custody/keys/seal.ts';
import { FREE_TRIES, waitMs } from '../../src/main/custody/keys/tryLimit.ts';
import { solWords } from '../../src/main/custody/policy/amounts.ts';
import { SecretBytes } from '../../src/main/custody/secretBytes.ts';
import { signerEnvironment } from '../../src/main/custody/signer/childSigner.ts';
import {
  MOST_A_DAY,
  MOST_GAS,
  MOST_PRIORITY_FEE,
  MOST_TIP,
} from '../../src/main/custody/signer/signingLimits.ts';
import { WALLET_SETTINGS } from '../../src/main/custody/walletSettings.ts';
import { fillSecret } from '../../src/main/platform/secretBytes.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
/** In one line, so that it doesn't matter where lines are broken. */
const said = textOf('SECURITY.md').replaceAll(/\s+/g, ' ');
/** What the signer is started with, as its source has it. */
const CONFINED = ['--permission', '--allow-addons', '--allow-fs-read=*'];

/** Runs a module in a process that is confined as the signer is, and reads what it says as JSON. */
async function confined(source: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...CONFINED, '--no-warnings', '--input-type=module', '--eval', source],
    { cwd: ROOT },
  );
  return JSON.parse(stdout);
}

describe('SECURITY.md', () => {
  it('has the limits of a signature that are compiled in', () => {
    expect(MOST_TIP).toBe(MOST_PRIORITY_FEE);
    expect(said).toContain(
      `the priority fee is ${solWords(MOST_PRIORITY_FEE)} at most, so are all tips together`,
    );
    expect(said).toContain(`delegates get ${solWords(MOST_GAS)} at most`);
    expect(said).toContain(`in 24 hours all of that comes to ${solWords(MOST_A_DAY)} at most`);
  });

  it('has the numbers of the passphrase and of its tries', async () => {
    using secret = new SecretBytes('key', 32, fillSecret);
    using passphrase = new SecretBytes('text', SHORTEST_PASSPHRASE, (bytes) => bytes.fill(0x61));
    const [logN, r, p] = await seal(secret, passphrase, new Uint8Array(1), fillSecret);
    expect(said).toContain(`scrypt (N = 2^${logN}, r = ${r}, p = ${p}, a new salt of 16 bytes`);
    expect(said).toContain(`${SHORTEST_PASSPHRASE} characters at least`);
    const seconds = [0, 20].map((more) => waitMs({ count: FREE_TRIES + more, lastAt: 0 }, 0) / 1000);
    expect(waitMs({ count: FREE_TRIES - 1, lastAt: 0 }, 0)).toBe(0);
    expect(said).toContain(
      `${FREE_TRIES} are free, then the next waits ${seconds[0]} s, doubling to ${seconds[1]} s`,
    );
  });

  it('has the time of the lock, and how long the window for keys may stay', () => {
    const { name, fallback } = WALLET_SETTINGS.autoLockMinutes;
    expect(said).toContain(`after ${fallback} minutes without a signature (\`${name}\``);
    expect(textOf('src/main/desktop/keyWindow.ts')).toContain('SAYS_END_FOR_MS = 120_000');
    expect(said).toContain('at the latest two minutes after the end');
  });

  it('names the flags that the signer is started with', () => {
    const source = textOf('src/main/custody/signer/childSigner.ts');
    for (const flag of CONFINED) {
      expect(source).toContain(`'${flag}'`);
      expect(said).toContain(`\`${flag}\``);
    }
    expect(source).toContain('`--allow-fs-write=${OUT}`');
  });
});

/** Ways to a network that need no import. */
const OUTWARD = /\bfetch\s*\(|\bWebSocket\b|\bEventSource\b/;

describe('the signer', () => {
  it('loads the packages that SECURITY.md names and no others, and nothing that could reach a network', async () => {
    const loaded = (await confined(`
      import { registerHooks } from 'node:module';
      const seen = new Set();
      registerHooks({ resolve(name, context, next) {
        const found = next(name, context);
        seen.add(found.url);
        return found;
      } });
      await import('./src/main/custody/signer/main.ts');
      await import('@napi-rs/keyring');
      // However the signer ends a process, this one has something to say first.
      process.stdout.write(JSON.stringify([...seen]), () => process.removeAllListeners('exit').exit());
    `)) as readonly string[];

    const packages = loaded.flatMap((url) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
    const binary = packages.filter((name) => name.startsWith('@napi-rs/keyring-'));
    const others = packages.filter((name) => !binary.includes(name));
    expect([...new Set(others)].toSorted()).toEqual([
      '@napi-rs/keyring',
      '@noble/curves',
      '@noble/hashes',
      '@scure/bip39',
      'zod',
    ]);
    for (const name of others) expect(said).toContain(name);
    expect(new Set(binary).size).toBe(1);

    const builtin = loaded.filter((url) => url.startsWith('node:'));
    const allowed = ['crypto', 'fs', 'fs/promises', 'os', 'path', 'tty', 'util', 'v8', 'vm'].map(
      (name) => `node:${name}`,
    );
    expect(builtin.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(builtin).toContain('node:crypto');

    const own = loaded.flatMap((url) => /\/src\/(.*)/.exec(url)?.[1] ?? []);
    expect(own).toContain('main/custody/policy/judge.ts');
    expect(own.filter((file) => !/^(?:main\/(?:custody|domain|platform)|shared)\//.test(file))).toEqual([]);
    expect(own.filter((file) => OUTWARD.test(textOf(`src/${file}`)))).toEqual([]);
    expect(OUTWARD.test('await fetch(url)')).toBe(true);
  });

  it('has of the environment no options for Node.js, and nothing that nobody listed', () => {
    const env = {
      HOME: '/home/a',
      NODE_OPTIONS: '--inspect',
      LD_PRELOAD: 'a.so',
      CLOUD_TOKEN: 'x',
      PATH: '/bin',
    };
    expect(signerEnvironment(env)).toEqual({ HOME: '/home/a', PATH: '/bin' });
  });
});

describe('the permission model of this Node.js', () => {
  it('holds what SECURITY.md says, and lets a connection through, as it says too', async () => {
    const tried = await confined(`
      import net from 'node:net';
      const tried = {};
      const attempt = async (name, act) => {
        try { await act(); tried[name] = 'done'; } catch ({ code }) { tried[name] = code; }
      };
      await attempt('file', async () => (await import('node:fs')).writeFileSync('written', ''));
      await attempt('process', async () => (await import('node:child_process')).spawnSync('true'));
      await attempt('worker', async () => new (await import('node:worker_threads')).Worker('', { eval: true }));
      await attempt('inspector', async () => (await import('node:inspector')).open(0));
      await attempt('heap', async () => (await import('node:v8')).writeHeapSnapshot('heap'));
      await attempt('report', async () => process.report.writeReport('report'));
      await attempt('connection', () => new Promise((resolve, reject) => {
        const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
          net.connect(server.address().port, '127.0.0.1').on('connect', resolve).on('error', reject);
        });
      }));
      tried.says = process.permission.has('net');
      process.stdout.write(JSON.stringify(tried), () => process.exit());
    `);
    const denied = 'ERR_ACCESS_DENIED';
    expect(tried).toEqual({
      file: denied,
      process: denied,
      worker: denied,
      inspector: denied,
      heap: denied,
      report: denied,
      connection: 'done',
      says: false,
    });
    expect(said).toContain('**The network is not switched off by it**');
  });
});
