import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MarketFiles } from '../../../src/main/simulation/marketFiles.ts';
import { candlesCsv, fundingCsv } from '../../support/marketFiles.ts';
import { refusal, scratchFolder } from '../storage/fixtures/scratch.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('market files', () => {
  it('are the same file wherever they are cut', () => {
    const files = new MarketFiles(scratchFolder());
    const text = candlesCsv(20);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat({ max: text.length }), { maxLength: 6 }),
        fc.uuid(),
        (cuts, upload) => {
          const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
          const pieces = at.slice(1).map((end, i) => ({ offset: at[i] ?? 0, text: text.slice(at[i], end) }));
          const answers = pieces.map(({ offset, text }, i) =>
            files.receive(upload, 'candles', { offset, text, last: i === pieces.length - 1 }),
          );
          expect(answers.map(({ received }) => received)).toEqual(at.slice(1));
          expect(answers.at(-1)?.file).toMatchObject({ sha256: sha256(text), rows: 20 });
          expect(answers.slice(0, -1).every(({ file }) => file === null)).toBe(true);
        },
      ),
      { seed: 9, numRuns: 50 },
    );
  });

  it('are kept under the hash of their bytes, and found by it', () => {
    const folder = scratchFolder();
    const files = new MarketFiles(folder);
    const text = fundingCsv(3);
    files.receive('one', 'funding', { offset: 0, text, last: true });
    const found = new MarketFiles(folder).pathOf(sha256(text));
    expect(readFileSync(found, 'utf8')).toBe(text);
    expect(readdirSync(path.join(folder, 'markets'))).toEqual([`${sha256(text)}.csv`]);
    expect(files.find(sha256('other'))).toBeUndefined();
    expect(refusal(() => files.pathOf(sha256('other'))).code).toBe('INVALID_DATA_FILE');
  });

  it('may be four at a time: the oldest gives way, and begins anew', () => {
    const files = new MarketFiles(scratchFolder());
    const piece = (offset: number) => ({ offset, text: 'time', last: false });
    for (const upload of ['a', 'b', 'c', 'd', 'e']) files.receive(upload, 'candles', piece(0));
    expect(files.receive('b', 'candles', piece(4)).received).toBe(8);
    expect(refusal(() => files.receive('a', 'candles', piece(4))).details).toMatchObject({ expected: 0 });
    expect(files.receive('a', 'candles', piece(0)).received).toBe(4);
  });

  it('are refused over 64 MiB', () => {
    const files = new MarketFiles(scratchFolder());
    const text = 'x'.repeat(16 * 1024 * 1024);
    for (let at = 0; at < 4; at += 1)
      files.receive('a', 'candles', { offset: at * text.length, text, last: false });
    const error = refusal(() =>
      files.receive('a', 'candles', { offset: 4 * text.length, text: 'x', last: false }),
    );
    expect(error.code).toBe('INVALID_DATA_FILE');
    expect(error.message).toContain('64 MiB');
  });
});
