import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { exportLines } from '../../../src/main/simulation/historyExport.ts';
import { COLUMNS, csvLine } from '../../../src/main/simulation/historyRows.ts';
import { scratchFolder } from '../storage/fixtures/scratch.ts';

const quietly = (): void => undefined;

function* many(count: number): Generator<string> {
  for (let at = 0; at < count; at += 1) yield `line ${at} ${'ä'.repeat(100)}`;
}

describe('an export', () => {
  it('writes every line, however many, and says bytes and hash of what lies there', async () => {
    const folder = scratchFolder();
    const looks: number[] = [];
    const made = await exportLines(folder, 'a.csv', 'header', many(5_000), (rows) => looks.push(rows));
    const content = readFileSync(made.path);
    expect(made).toEqual({
      path: path.join(folder, 'exports', 'a.csv'),
      rows: 5_000,
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    });
    expect(content.toString()).toBe(`header\n${[...many(5_000)].join('\n')}\n`);
    expect(looks.length).toBeGreaterThan(3);
    expect(looks).toEqual(looks.toSorted((a, b) => a - b));
    if (process.platform !== 'win32') expect(statSync(made.path).mode & 0o777).toBe(0o600);
  });

  it('that is ended on its way leaves no file', async () => {
    const folder = scratchFolder();
    const ended = exportLines(folder, 'a.csv', undefined, many(5_000), () => {
      throw new Error('ended');
    });
    await expect(ended).rejects.toThrow('ended');
    expect(readdirSync(path.join(folder, 'exports'))).toEqual([]);
  });

  it('carries its name only once it is whole', async () => {
    const folder = scratchFolder();
    const target = path.join(folder, 'exports', 'a.csv');
    const seen: boolean[] = [];
    await exportLines(folder, 'a.csv', undefined, many(2_000), () => seen.push(existsSync(target)));
    expect(new Set(seen)).toEqual(new Set([false]));
    expect(existsSync(target)).toBe(true);
  });

  it('that has nowhere to go says so', async () => {
    const folder = scratchFolder();
    writeFileSync(path.join(folder, 'exports'), 'in the way');
    await expect(exportLines(folder, 'a.csv', undefined, [], quietly)).rejects.toMatchObject({
      code: 'DATA_FOLDER_UNWRITABLE',
    });
  });
});

describe('a line of CSV', () => {
  it('quotes what has to be quoted, and leaves the rest as it is', () => {
    const row = { seq: 1, t: 2, time: 'now', type: 'a,b', data: 'say "hi"\nthere' };
    expect(csvLine(COLUMNS.events, row)).toBe('1,2,now,"a,b","say ""hi""\nthere"');
    expect(csvLine(['missing', 'seq'], row)).toBe(',1');
  });
});
