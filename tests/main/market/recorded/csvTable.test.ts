import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { readCsv } from '../../../../src/main/market/recorded/csvTable.ts';
import { scratchFiles } from './recordings.ts';

const write = scratchFiles();

const read = (text: string) => {
  const { rows } = readCsv(write('table.csv', text), ['time', 'rate']);
  return rows.map((row) => [row.line, row.text('time'), row.text('rate')]);
};

describe('a table of a file', () => {
  it('finds its columns by name, in any order and among others', () => {
    expect(read('rate,note,time\n0.1,a,1\n0.2,b,2\n')).toEqual([
      [2, '1', '0.1'],
      [3, '2', '0.2'],
    ]);
  });

  it.each([
    ['without a last newline', 'time,rate\n1,0.1'],
    ['with the line ends of Windows', 'time,rate\r\n1,0.1\r\n'],
    ['with the mark that some spreadsheets put first', '\uFEFFtime,rate\n1,0.1\n'],
  ])('reads a file %s', (_, text) => {
    expect(read(text)).toEqual([[2, '1', '0.1']]);
  });

  it.each([
    ['is empty', '', 1, 'the file is empty'],
    ['starts with an empty line', '\ntime,rate\n', 1, 'there is no header'],
    ['lacks a column', 'time,price\n1,2\n', 1, 'there is no column rate'],
    ['names a column twice', 'time,rate,rate\n1,2,3\n', 1, 'two columns have the same name'],
    ['has a row with too few fields', 'time,rate\n1,2\n1\n', 3, '1 field instead of 2'],
    ['has a row with too many fields', 'time,rate\n1,2,3\n', 2, '3 fields instead of 2'],
    ['has an empty line', 'time,rate\n1,2\n\n3,4\n', 3, 'the line is empty'],
    ['ends with two newlines', 'time,rate\n1,2\n\n', 3, 'the line is empty'],
  ])('refuses a file that %s', (_, text, line, reason) => {
    const file = write('bad.csv', text);

    expect(() => readCsv(file, ['time', 'rate'])).toThrow(
      expect.objectContaining({
        code: 'INVALID_DATA_FILE',
        message: `bad.csv, line ${line}: ${reason}.`,
        details: { file, line, reason },
      }),
    );
  });

  it('refuses a file that is missing and one that is a folder, and says what the system said', () => {
    const missing = write('here.csv', '').replace('here', 'missing');
    for (const [file, said] of [
      [missing, 'ENOENT'],
      [path.dirname(missing), 'EISDIR'],
    ] as const) {
      expect(() => readCsv(file, ['time'])).toThrow(
        expect.objectContaining({
          code: 'INVALID_DATA_FILE',
          message: expect.stringContaining(
            `${path.basename(file)}: the file cannot be read: ${said}`,
          ) as string,
          details: expect.objectContaining({ file, line: null }) as object,
        }),
      );
    }
  });
});
