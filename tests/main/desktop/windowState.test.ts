import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FIRST_STATE, placeFor, windowStateFrom } from '../../../src/main/desktop/windowState.ts';
import { WindowStateFile } from '../../../src/main/desktop/windowStateFile.ts';
import { silentLogger } from '../../../src/main/platform/logger.ts';

const SCREEN = { x: 0, y: 0, width: 1920, height: 1040 };
const at = (x: number, y: number, width = 1200, height = 800) =>
  placeFor({ ...FIRST_STATE, bounds: { x, y, width, height } }, [SCREEN]);

describe('the place of the window', () => {
  it('is the middle at the first start', () => {
    expect(placeFor(FIRST_STATE, [SCREEN])).toEqual({ width: 1280, height: 800 });
  });

  it('is the last one', () => {
    expect(at(300, 100)).toEqual({ x: 300, y: 100, width: 1200, height: 800 });
  });

  it('is the middle, in its size, where the last one is on no screen any more', () => {
    for (const [x, y] of [
      [2500, 100],
      [-1100, 100],
      [100, -500],
      [100, 1030],
    ] as const)
      expect(at(x, y)).toEqual({ width: 1200, height: 800 });
  });

  it('is the last one on a second screen to the left', () => {
    const left = { ...SCREEN, x: -1920 };
    const bounds = { x: -1500, y: 20, width: 1200, height: 800 };
    expect(placeFor({ ...FIRST_STATE, bounds }, [SCREEN, left])).toEqual(bounds);
  });

  it('is never smaller than the least size', () => {
    expect(at(10, 10, 300, 200)).toEqual({ x: 10, y: 10, width: 1024, height: 680 });
  });
});

describe('the file of the window', () => {
  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"bounds":{"x":"1"}}',
    '{"isMaximised":"yes"}',
    '{"bounds":{"x":0,"y":0,"width":-1,"height":1}}',
  ])('counts as none when it holds %s', (text) => {
    expect(windowStateFrom(text)).toEqual(FIRST_STATE);
  });

  it('keeps what it was told, and stops nothing when it cannot be written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'phantom-window-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const file = join(folder, 'window.json');
    new WindowStateFile(file, silentLogger).change({ knowsOfTray: true });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ...FIRST_STATE, knowsOfTray: true });
    expect(new WindowStateFile(file, silentLogger).state.knowsOfTray).toBe(true);
    writeFileSync(join(folder, 'blocked'), '');
    const blocked = new WindowStateFile(join(folder, 'blocked', 'window.json'), silentLogger);
    blocked.change({ isMaximised: true });
    expect(blocked.state.isMaximised).toBe(true);
  });
});
