import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

import { openPaperRun } from '../../src/main/simulation/openRun.ts';

const HOUR_MS = 3_600_000;
const folder = mkdtempSync(path.join(tmpdir(), 'comparison-'));
const scriptFile = path.join(folder, 'script.json');

const SCRIPT = [
  { at: 7_000, action: 'deposit', asset: 'SOL', amount: '1' },
  { at: HOUR_MS, action: 'fault', fault: 'lateFill', orders: 2 },
  { at: HOUR_MS, action: 'fault', fault: 'partialFill', orders: 4 },
  { at: 5 * HOUR_MS + 7_000, action: 'deposit', asset: 'SOL', amount: '3' },
  { at: 5 * HOUR_MS, action: 'fault', fault: 'timeout', orders: 1 },
  { at: 9 * HOUR_MS, action: 'withdraw', asset: 'SOL', amount: '2' },
  { at: 9 * HOUR_MS, action: 'fault', fault: 'lostReply', orders: 1 },
];

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function linesOf(compare: boolean): Promise<readonly string[]> {
  writeFileSync(scriptFile, JSON.stringify(SCRIPT));
  const open = openPaperRun(
    {
      seed: 7,
      steps: 2 * 1_440,
      startMs: Date.UTC(2025, 0, 1),
      capital: '10000',
      overrides: {},
      files: undefined,
      scriptFile,
      dataDir: ':memory:',
      compare,
      logLevel: 'error',
      stderrLevel: 'none',
    },
    { now: () => 0, kill: () => undefined },
  );
  // Its first order is lost, so that it ticks every 5 s for a minute in which the main lane has nothing to do.
  open.run.parts.neverExiting?.venue.faults.arm('timeout', 1);
  while (!open.run.finished) await open.run.advance();
  const lines = [...open.lines()];
  open.close();
  return lines;
}

it('a run is the same, line by line, whether or not never exiting runs beside it, in trouble of its own', async () => {
  const alone = await linesOf(false);

  expect(alone.length).toBeGreaterThan(100);
  expect(await linesOf(true)).toEqual(alone);
});
