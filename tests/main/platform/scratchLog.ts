import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { onTestFinished, vi } from 'vitest';

import { createLogger, type Logger, type LoggerOptions } from '../../../src/main/platform/logger.ts';

export const NOON = Date.UTC(2026, 2, 1, 12);
export const TODAY = '2026-03-01.log';

export type Line = Readonly<Record<string, unknown>>;

export function scratchFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'log-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export const textOf = (folder: string, name = TODAY): string => readFileSync(path.join(folder, name), 'utf8');
export const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

/** A log that writes to a fresh folder at noon, and what it has written. */
export function scratchLog(options: Partial<LoggerOptions> = {}): {
  log: Logger;
  folder: string;
  lines: () => Line[];
} {
  const folder = options.folder ?? scratchFolder();
  const log = createLogger({ level: 'info', stderrLevel: 'none', now: () => NOON, ...options, folder });
  return { log, folder, lines: () => linesOf(textOf(folder)) };
}

/** What a piece of work wrote to stderr and to stdout. */
export function hear(work: () => void): { stderr: string; stdout: string } {
  const heard = { stderr: '', stdout: '' };
  for (const name of ['stderr', 'stdout'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      heard[name] += String(text);
      return true;
    });
  }
  work();
  vi.restoreAllMocks();
  return heard;
}
