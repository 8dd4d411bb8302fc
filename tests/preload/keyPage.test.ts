import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DARK, LIGHT, type Palette } from '../../src/renderer/theme/palette.ts';
import { buildDesktop, type Built } from '../main/desktop/standIn/built.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const page = (file: string): string => readFileSync(join(ROOT, 'resources', 'keys', file), 'utf8');

describe('the page of the key window', () => {
  it('is text, two files and nothing that runs', () => {
    const html = page('keys.html');
    expect(html).not.toMatch(/<script|<style|<iframe|\son\w+=|\sstyle=|javascript:/i);
    const named = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, path]) => path);
    expect(new Set(named)).toEqual(new Set(['/mark.svg', '/keys.css']));
    expect([...page('keys.css').matchAll(/url\('?([^')]*)'?\)/g)].map(([, path]) => path)).toEqual([
      '/inter.woff2',
    ]);
    expect(readdirSync(join(ROOT, 'resources', 'keys')).toSorted()).toEqual([
      'keys.css',
      'keys.html',
      'mark.svg',
    ]);
  });

  it('has the colours of the app in both themes', () => {
    const colours = (of: Palette): Record<string, string> => ({
      body: of.body,
      surface: of.surface,
      raised: of.raised,
      field: of.field,
      line: of.line,
      outline: of.outline,
      text: of.text,
      dim: of.dim,
      faint: of.faint,
      accent: of.roles.accent.solid,
      'accent-hover': of.roles.accent.solidHover,
      'on-accent': of.roles.accent.onSolid,
      'accent-soft': of.roles.accent.soft,
      long: of.roles.long.mark,
      'long-soft': of.roles.long.soft,
      warn: of.roles.warn.mark,
      danger: of.roles.danger.mark,
      'danger-soft': of.roles.danger.soft,
    });
    const written = [...page('keys.css').matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)];
    const valuesAt = (at: number): Record<string, string> =>
      Object.fromEntries(written.map((match) => [match[1] ?? '', match[at] ?? '']));
    expect(valuesAt(2)).toEqual(colours(LIGHT));
    expect(valuesAt(3)).toEqual(colours(DARK));
  });
});

describe('its built preload', () => {
  let built: Built;
  beforeAll(async () => {
    built = await buildDesktop(['preload']);
  });
  afterAll(() => {
    built.remove();
  });

  it('is one file of its own, which loads nothing but Electron', () => {
    const folder = join(built.out, 'preload');
    expect(readdirSync(folder).toSorted()).toEqual(['index.cjs', 'inter.woff2', 'keys.cjs']);
    for (const file of ['index.cjs', 'keys.cjs']) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect([...text.matchAll(/\brequire\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"']);
    }
  });

  it('gives the page nothing, reads no HTML, and touches neither clipboard nor storage', () => {
    const text = readFileSync(join(built.out, 'preload', 'keys.cjs'), 'utf8');
    const ways = [
      'contextBridge',
      'innerHTML',
      'insertAdjacentHTML',
      'document.write',
      'navigator.clipboard',
      'execCommand',
      'localStorage',
      'sessionStorage',
      'indexedDB',
      'fetch(',
      'XMLHttpRequest',
      'WebSocket(',
    ];
    expect(ways.filter((way) => text.includes(way))).toEqual([]);
    expect(text.length).toBeLessThan(300 * 1_024);
  });
});
