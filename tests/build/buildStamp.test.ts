import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { pause } from '../../src/main/platform/timers.ts';
import { holdBuildLock, isFresh, stamp } from '../../build/buildStamp.ts';

function builtTree(): { root: string; write: (file: string, text: string) => void } {
  const root = mkdtempSync(path.join(tmpdir(), 'build-'));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write('src/renderer/main.tsx', 'render');
  write('src/shared/contract/a.ts', 'a');
  write('src/main/index.ts', 'main');
  write('electron.vite.config.ts', 'config');
  write('package-lock.json', '{}');
  write('out/renderer/index.html', '<html>');
  stamp(root, 'renderer')();
  return { root, write };
}

describe('a build', () => {
  it('is fresh while what it was built from is the same, whatever the files’ times say', () => {
    const { root } = builtTree();
    utimesSync(path.join(root, 'src/renderer/main.tsx'), new Date(), new Date());
    expect(isFresh(root, 'renderer')).toBe(true);
  });

  it.each([
    'src/renderer/main.tsx',
    'src/shared/contract/a.ts',
    'electron.vite.config.ts',
    'package-lock.json',
  ])('is stale once %s has changed, and fresh again once it is as it was', (file) => {
    const { root, write } = builtTree();
    const before = { 'src/renderer/main.tsx': 'render', 'src/shared/contract/a.ts': 'a' }[file] ?? 'x';
    write(file, 'changed');
    expect(isFresh(root, 'renderer')).toBe(false);
    if (before === 'x') return;
    write(file, before);
    expect(isFresh(root, 'renderer')).toBe(true);
  });

  it('is stale once a source was added, renamed or removed', () => {
    const { root, write } = builtTree();
    write('src/renderer/new.tsx', '');
    expect(isFresh(root, 'renderer')).toBe(false);
    rmSync(path.join(root, 'src/renderer/new.tsx'));
    expect(isFresh(root, 'renderer')).toBe(true);
    rmSync(path.join(root, 'src/renderer/main.tsx'));
    write('src/renderer/app.tsx', 'render');
    expect(isFresh(root, 'renderer')).toBe(false);
  });

  it('of the pages does not depend on what runs outside of them', () => {
    const { root, write } = builtTree();
    write('src/main/index.ts', 'changed');
    expect(isFresh(root, 'renderer')).toBe(true);
    expect(isFresh(root, 'main')).toBe(false);
  });

  it('is stale where its result is gone, and while it is being built', () => {
    const { root, write } = builtTree();
    rmSync(path.join(root, 'out/renderer'), { recursive: true });
    expect(isFresh(root, 'renderer')).toBe(false);
    const done = stamp(root, 'renderer');
    write('out/renderer/index.html', '<html>');
    expect(isFresh(root, 'renderer')).toBe(false);
    done();
    expect(isFresh(root, 'renderer')).toBe(true);
  });

  it('lets one in at a time, and nobody waits for one that died', async () => {
    const { root } = builtTree();
    const release = await holdBuildLock(root);
    let entered = false;
    const second = holdBuildLock(root).then((free) => {
      entered = true;
      return free;
    });
    await pause(250);
    expect(entered).toBe(false);
    release();
    (await second)();
    const lock = path.join(root, 'out/stamps/lock');
    expect(existsSync(lock)).toBe(false);
    // No process has so high a number.
    writeFileSync(lock, String(2 ** 22 + 1));
    (await holdBuildLock(root))();
    expect(existsSync(lock)).toBe(false);
  });
});
