import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = path.join(ROOT, 'out/renderer');
const KIB = 1_024;

/** Gzipped. What a first screen needs before it can be drawn, and all there is. */
const FIRST_SCRIPT_BUDGET = 215 * KIB;
const ALL_SCRIPTS_BUDGET = 384 * KIB;
const STYLES_BUDGET = 38 * KIB;

const assets = (): readonly string[] => readdirSync(path.join(PAGES, 'assets'));
const textOf = (name: string): string => readFileSync(path.join(PAGES, 'assets', name), 'utf8');
const sizeOf = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + gzipSync(textOf(name)).length, 0);
const ending = (end: string): readonly string[] => assets().filter((name) => name.endsWith(end));

/** The scripts that the page loads before anything else: its own, and what they import at once. */
function firstScripts(): readonly string[] {
  const html = readFileSync(path.join(PAGES, 'index.html'), 'utf8');
  const first = [...html.matchAll(/assets\/([\w.-]+\.js)/g)].flatMap(([, name]) => name ?? []);
  const found = new Set<string>();
  const follow = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const [, next] of textOf(name).matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
      if (next !== undefined) follow(next);
  };
  for (const name of first) follow(name);
  return [...found];
}

describe('the built pages', () => {
  beforeAll(() => {
    execFileSync(process.execPath, ['build/renderer.ts', 'renderer'], { cwd: ROOT, stdio: 'pipe' });
  });

  it('keep to their size budget', () => {
    expect(sizeOf(firstScripts())).toBeLessThan(FIRST_SCRIPT_BUDGET);
    expect(sizeOf(ending('.js'))).toBeLessThan(ALL_SCRIPTS_BUDGET);
    expect(sizeOf(ending('.css'))).toBeLessThan(STYLES_BUDGET);
  });

  it('have the styles of every component that they draw', () => {
    const mantine = /\bm_[0-9a-f]+\b/g;
    const named = new Set(ending('.js').flatMap((name) => textOf(name).match(mantine) ?? []));
    const styled = new Set(ending('.css').flatMap((name) => textOf(name).match(mantine) ?? []));
    // What a component names may have no rules of its own: then Mantine's whole sheet has none either.
    const whole = readFileSync(path.join(ROOT, 'node_modules/@mantine/core/styles.css'), 'utf8');
    expect([...named].filter((one) => whole.includes(one) && !styled.has(one))).toEqual([]);
    expect(styled.size).toBeGreaterThan(0);
  });

  it('load the chart only when there is one to draw', () => {
    const charts = ending('.js').filter((name) => textOf(name).includes('tv-lightweight-charts'));
    expect(charts).not.toEqual([]);
    expect(firstScripts().filter((name) => charts.includes(name))).toEqual([]);
  });

  it('hold no script and no style of their own in the page, where a policy would refuse them', () => {
    const html = readFileSync(path.join(PAGES, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect(html).toContain('__CSP_NONCE__');
  });
});
