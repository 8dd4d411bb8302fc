import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

/**
 * Plants files into folders laid out like this project, lints them once with the real oxlint, configuration and
 * plugin, and looks at what was said about each. A linter that silently checks nothing fails here.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const oxlint = path.join(
  path.dirname(fileURLToPath(import.meta.resolve('oxlint/package.json'))),
  'bin',
  'oxlint',
);

/** A file below src, and what stands in it. */
type Plant = readonly [file: string, source: string];

const REFUSED = {
  'house/layers': [
    // Upwards, sideways, and over the fences around domain, shared, preload and renderer.
    ['main/platform/clock.ts', `export { size } from '../domain/position.ts';`],
    ['main/storage/fills.ts', `import '../venues/paper/venue.ts';`],
    ['main/storage/fills.ts', `export * from '../market/book.ts';`],
    ['main/market/book.ts', `import type { Wallet } from '../custody/wallet.ts'; export type W = Wallet;`],
    ['main/custody/wallet.ts', `export { open } from '../storage/database.ts';`],
    ['main/venues/paper/fill.ts', `export { gate } from '../../risk/gate.ts';`],
    ['main/risk/gate.ts', `export { execute } from '../execution/executor.ts';`],
    ['main/execution/journal.ts', `export { decide } from '../engine/decide.ts';`],
    ['main/engine/decide.ts', `export { sharpe } from '../portfolio/sharpe.ts';`],
    ['main/portfolio/sharpe.ts', `export { decide } from '../engine/decide.ts';`],
    ['main/simulation/run.ts', `export { handle } from '../commands/engine.ts';`],
    ['main/commands/engine.ts', `export { compose } from '../app.ts';`],
    ['main/app.ts', `export { serve } from './loopback/server.ts';`],
    ['main/desktop/window.ts', `export { serve } from '../loopback/server.ts';`],
    ['main/terminal/ask.ts', `export { main } from '../cli.ts';`],
    ['main/domain/margin.ts', `export { now } from '../platform/clock.ts';`],
    ['main/domain/margin.ts', `export { words } from '../../shared/words/words.ts';`],
    ['main/domain/margin.ts', `export { createHash } from 'node:crypto';`],
    ['main/domain/margin.ts', `export { z } from 'zod';`],
    ['main/engine/decide.ts', `export { App } from '../../renderer/app.ts';`],
    ['shared/money/usd.ts', `export { ratio } from '../../main/domain/margin.ts';`],
    ['shared/money/usd.ts', `export { readFile } from 'node:fs/promises';`],
    ['shared/money/usd.ts', `export { readFile } from 'fs/promises';`],
    ['shared/contract/reply.ts', `import type { App } from 'electron'; export type A = App;`],
    ['renderer/api.ts', `export { decide } from '../main/engine/decide.ts';`],
    ['renderer/api.ts', `export { bridge } from '../preload/index.ts';`],
    ['preload/index.ts', `export { app } from '../main/app.ts';`],
    // electron, outside the three places that have it.
    ['main/app.ts', `export { app } from 'electron';`],
    ['main/loopback/server.ts', `export { app } from 'electron/main';`],
    ['main/platform/paths.ts', `export const load = () => import('electron');`],
    ['renderer/api.ts', `export { ipcRenderer } from 'electron';`],
    // By every way there is to name a module.
    ['main/risk/gate.ts', `export const load = () => import('../engine/loop.ts');`],
    ['main/risk/gate.ts', 'export const load = () => import(`../engine/loop.ts`);'],
    ['main/risk/gate.ts', `export type Loop = import('../engine/loop.ts').Loop;`],
    ['main/risk/gate.ts', `export const loop: unknown = require('../engine/loop.ts');`],
    ['main/risk/gate.ts', `export * as loop from '../engine/loop.ts';`],
    ['main/risk/gate.ts', `export { loop } from '../../main/engine/loop.ts';`],
    ['main/risk/gate.ts', `export const load = (name: string) => import(name);`],
    // Out of src, round the relative path, and folders that have no place.
    ['main/risk/gate.ts', `export { plant } from '../../../tests/plant.ts';`],
    ['main/risk/gate.ts', `export { loop } from '#engine';`],
    ['main/risk/gate.ts', `export { tidy } from '../helpers/tidy.ts';`],
    ['main/helpers/tidy.ts', `export const tidy = 1;`],
    ['main/tidy.ts', `export const tidy = 1;`],
    ['common/tidy.ts', `export const tidy = 1;`],
  ],
  'house/determinism': [
    ['main/engine/decide.ts', `export const at = Date.now();`],
    ['main/engine/decide.ts', `export const clock = { now: Date.now };`],
    ['main/engine/decide.ts', `export const at = globalThis.Date['now']();`],
    ['main/engine/decide.ts', `const { now } = Date; export const at = now();`],
    ['main/domain/order.ts', `export const at = new Date();`],
    ['main/domain/order.ts', `export const at = Date();`],
    ['shared/money/usd.ts', `export const dice = Math.random();`],
    ['main/venues/paper/latency.ts', `export const dice = Math['random']();`],
    ['main/simulation/run.ts', `export const at = performance.now();`],
    [
      'main/simulation/run.ts',
      `import { performance as p } from 'node:perf_hooks'; export const at = p.now();`,
    ],
    ['main/loopback/server.ts', `export const later = setTimeout(() => undefined, 5);`],
    ['main/loopback/server.ts', `export const later = globalThis.setInterval(() => undefined, 5);`],
    ['main/app.ts', `export const later = [() => undefined].map(setImmediate);`],
    ['main/app.ts', `import { setTimeout as rest } from 'node:timers/promises'; await rest(5);`],
    ['main/app.ts', `export * from 'timers';`],
    ['main/execution/journal.ts', `export const at = process.hrtime.bigint();`],
    [
      'main/execution/journal.ts',
      `import { hrtime } from 'node:process'; export const at = hrtime.bigint();`,
    ],
    ['main/execution/journal.ts', `export const id = crypto.randomUUID();`],
    ['main/execution/journal.ts', `import { randomUUID as id } from 'node:crypto'; export const it = id();`],
    ['main/custody/wallet.ts', `import * as c from 'node:crypto'; export const salt = c.randomBytes(16);`],
    ['main/custody/wallet.ts', `import c from 'crypto'; export const salt = c.webcrypto.getRandomValues;`],
    ['main/custody/wallet.ts', `export { randomBytes } from 'node:crypto';`],
    ['main/custody/wallet.ts', `export const load = () => import('node:crypto');`],
    ['main/custody/wallet.ts', `export * from 'node:crypto';`],
    ['main/market/live.ts', `export const later = AbortSignal.timeout(5);`],
  ],
  'house/custody': [
    ['main/venues/drift/client.ts', `export { Keypair } from '@solana/web3.js';`],
    [
      'main/venues/drift/client.ts',
      `import type { Keypair as K } from '@solana/web3.js'; export type Key = K;`,
    ],
    [
      'main/venues/drift/client.ts',
      `import * as web3 from '@solana/web3.js'; export const key = web3.Keypair;`,
    ],
    [
      'main/execution/send.ts',
      `export const load = async () => { const { Keypair } = await import('x'); return Keypair; };`,
    ],
    ['main/execution/send.ts', `import type { Signer } from '../custody/signer.ts'; export type S = Signer;`],
    ['main/app.ts', `export type Key = import('./custody/key.ts').SecretKey;`],
    ['shared/contract/reply.ts', `import type { PrivateKey } from './key.ts'; export type P = PrivateKey;`],
  ],
  'house/approved': [
    ['main/execution/executor.ts', `export const trade = {} as ApprovedTrade;`],
    ['main/execution/executor.ts', `export const trade = <ApprovedTrade>{};`],
    ['main/engine/loop.ts', `export const trade = {} as unknown as ApprovedTrade;`],
    ['main/engine/loop.ts', `export const trades = [] as readonly Readonly<ApprovedTrade>[];`],
    ['main/commands/orders.ts', `export const trade = {} as import('../risk/trade.ts').ApprovedTrade;`],
    [
      'main/commands/orders.ts',
      `export const isFine = (trade: unknown): trade is ApprovedTrade => trade !== null;`,
    ],
    [
      'main/commands/orders.ts',
      `import type { ApprovedTrade as A } from '../risk/trade.ts'; export const trade = {} as A;`,
    ],
    ['../tests/main/execution/executor.ts', `export const trade = {} as ApprovedTrade;`],
    ['main/execution/live.ts', `export const trade = {} as ConfirmedTrade;`],
    ['main/risk/gates.ts', `export const trade = {} as unknown as ConfirmedTrade;`],
    ['../tests/main/risk/confirmation.ts', `export const trade = {} as ConfirmedTrade;`],
  ],
} as const satisfies Record<string, readonly Plant[]>;

const ALLOWED: readonly Plant[] = [
  ['main/platform/clock.ts', `export const now = () => Date.now() + Math.random() + performance.now();`],
  ['main/platform/timers.ts', `export { setTimeout } from 'node:timers/promises';`],
  ['main/platform/ids.ts', `export { randomUUID } from 'node:crypto';`],
  [
    'main/domain/margin.ts',
    `export { usd } from '../../shared/money/usd.ts'; export { size } from './position.ts';`,
  ],
  [
    'main/domain/reply.ts',
    `import type { Reply } from '../../shared/contract/reply.ts'; export type R = Reply;`,
  ],
  ['main/domain/order.ts', `export const at = (ms: number) => new Date(ms).toISOString();`],
  [
    'main/storage/fills.ts',
    `export { default } from 'better-sqlite3'; export { createHash } from 'node:crypto';`,
  ],
  ['main/custody/signer.ts', `import type { Keypair } from 'web3'; export type Signer = Keypair;`],
  [
    'main/venues/paper/venue.ts',
    `export { book } from '../../market/book.ts'; export { fill } from '../../domain/fill.ts';`,
  ],
  [
    'main/risk/gate.ts',
    `import type { ApprovedTrade } from './trade.ts'; export const pass = () => ({}) as ApprovedTrade;`,
  ],
  [
    'main/risk/confirmation/desk.ts',
    `import type { ConfirmedTrade } from './trade.ts'; export const pass = () => ({}) as ConfirmedTrade;`,
  ],
  [
    'main/execution/run.ts',
    `import type { ApprovedTrade } from '../risk/trade.ts'; export type Run = (t: ApprovedTrade) => void;`,
  ],
  ['main/engine/loop.ts', `export const wait = (setTimeout: (ms: number) => void) => setTimeout(5);`],
  ['main/engine/wait.ts', `export const wait = (timers: { setTimeout: () => void }) => timers.setTimeout();`],
  [
    'main/engine/decide.ts',
    `export type Later = typeof setTimeout; export const times = { now: 1, random: Math.max(1, 2) };`,
  ],
  [
    'main/commands/app.ts',
    `import type { Manifest } from '../../../package.json'; export type M = Manifest;`,
  ],
  [
    'main/app.ts',
    `export { run } from './simulation/run.ts'; export { handle } from './commands/engine.ts';`,
  ],
  ['main/cli.ts', `export { compose } from './app.ts'; export { serve } from './loopback/server.ts';`],
  ['main/index.ts', `export { app } from 'electron'; export { open } from './desktop/window.ts';`],
  ['main/launch.mjs', `await import('./cli.ts');`],
  ['main/desktop/window.ts', `export { BrowserWindow } from 'electron/main';`],
  [
    'preload/index.ts',
    `export { contextBridge } from 'electron'; export { command } from '../shared/contract/command.ts';`,
  ],
  [
    'renderer/api.ts',
    `export { useState } from 'react'; export { format } from '../shared/money/format.ts';`,
  ],
  ['renderer/clock.ts', `export const at = Date.now();`],
  ['shared/contract/reply.ts', `export { z } from 'zod'; export { usd } from '../money/usd.ts';`],
  [
    '../tests/main/engine/loop.ts',
    `export { loop } from '../../src/main/engine/loop.ts'; export const at = Date.now();`,
  ],
];

/** The whole of the linter, on the types too. */
const TYPED: Plant = ['main/app.ts', `const send = async () => 1; send();`];
const CYCLE: readonly Plant[] = [
  ['main/risk/gate.ts', `import { limit } from './limits.ts'; export const gate = () => limit;`],
  ['main/risk/limits.ts', `import { gate } from './gate.ts'; export const limit = () => gate;`],
];

const Report = z.object({
  number_of_files: z.number(),
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
});

interface Verdict {
  readonly exitCode: number | null;
  readonly files: number;
  /** What each file was refused by, as `plugin/rule`, by the file's full path. */
  readonly rules: ReadonlyMap<string, readonly string[]>;
}

function lint(tree: string, ...options: readonly string[]): Verdict {
  const config = ['--config', path.join(root, '.oxlintrc.json'), '--format', 'json'];
  const { status, stdout } = spawnSync(process.execPath, [oxlint, ...config, ...options, tree], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const report = Report.parse(JSON.parse(stdout));
  const rules = new Map<string, string[]>();
  for (const { code, filename } of report.diagnostics) {
    const file = path.resolve(root, filename);
    rules.set(file, [...(rules.get(file) ?? []), code.replace(/^(.*)\((.*)\)$/, '$1/$2')]);
  }
  return { exitCode: status, files: report.number_of_files, rules };
}

let folder: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), 'house-')));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function plant(tree: string, [file, source]: Plant): Promise<string> {
  const planted = path.join(folder, tree, 'src', file);
  await mkdir(path.dirname(planted), { recursive: true });
  await writeFile(planted, `${source}\n`);
  return planted;
}

describe('the rules of the house', () => {
  let refusals: Verdict['rules'];

  beforeAll(async () => {
    for (const [rule, plants] of Object.entries(REFUSED))
      for (const [number, planted] of plants.entries()) await plant(`refused/${rule}/${number}`, planted);
    refusals = lint(path.join(folder, 'refused')).rules;
  });

  /** What the house said about each plant of a rule, beside what it ought to have said. */
  function expectRefused(rule: keyof typeof REFUSED): void {
    for (const [number, [file, source]] of REFUSED[rule].entries()) {
      const said = refusals.get(path.join(folder, 'refused', rule, `${number}`, 'src', file)) ?? [];
      const house = new Set(said.filter((code) => code.startsWith('house/')));
      expect.soft([...house], `${file}: ${source}`).toEqual([rule]);
    }
  }

  it('a planted forbidden import is refused', () => expectRefused('house/layers'));
  it('a planted clock, timer or random number outside platform is refused', () =>
    expectRefused('house/determinism'));
  it('planted key material outside custody is refused', () => expectRefused('house/custody'));
  it('a planted cast to ApprovedTrade outside risk, or to ConfirmedTrade outside its desk, is refused', () =>
    expectRefused('house/approved'));

  it('a planted file that keeps the rules is clean', async () => {
    for (const [number, planted] of ALLOWED.entries()) await plant(`allowed/${number}`, planted);

    const { exitCode, files, rules } = lint(path.join(folder, 'allowed'));

    expect([...rules]).toEqual([]);
    expect(files).toBe(ALLOWED.length);
    expect(exitCode).toBe(0);
  });
});

describe('the linter', () => {
  it('a planted floating promise and a planted import cycle are refused, so types and imports are read', async () => {
    await writeFile(
      path.join(folder, 'tsconfig.json'),
      '{"compilerOptions": {"module": "nodenext", "strict": true}}',
    );
    const typed = await plant('linter', TYPED);
    const [gate, limits] = await Promise.all(CYCLE.map((file) => plant('linter', file)));

    const { exitCode, rules } = lint(path.join(folder, 'linter'), '--type-aware');

    expect(rules.get(typed)).toContain('typescript/no-floating-promises');
    expect(rules.get(gate ?? '')).toContain('import/no-cycle');
    expect(rules.get(limits ?? '')).toContain('import/no-cycle');
    expect(exitCode).not.toBe(0);
  });
});
