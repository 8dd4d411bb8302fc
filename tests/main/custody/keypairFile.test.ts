import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readKeypairFile } from '../../../src/main/custody/keypairFile.ts';
import { parseBytes } from '../../../src/main/custody/numberList.ts';
import { hexOf, thrownBy } from './secretsAtHand.ts';
import { SLIP10_VECTORS } from './slip10Vectors.ts';

const [{ secret: SECRET, publicKey: PUBLIC }] = SLIP10_VECTORS[1].chains;
const PAIR = [...Buffer.from(SECRET + PUBLIC, 'hex')];
const folder = mkdtempSync(join(tmpdir(), 'keypair-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileWith(content: string | Uint8Array): string {
  files += 1;
  const file = join(folder, `${files}.json`);
  writeFileSync(file, content);
  return file;
}
const refusal = (file: string): unknown => thrownBy(() => readKeypairFile(file));

describe('a keypair file', () => {
  test.each([
    ['as solana-keygen writes it', JSON.stringify(PAIR)],
    ['with a line break at its end', `${JSON.stringify(PAIR)}\n`],
    ['that an editor has spread out', JSON.stringify(PAIR, null, 8).replaceAll('\n', '\r\n')],
    ['with tabs and spaces', ` [\t${PAIR.join(' ,\t')} ]\n\n`],
  ])('is read %s', (_how, content) => {
    expect(hexOf(readKeypairFile(fileWith(content)))).toBe(SECRET);
  });

  test.each([
    ['nothing in it', '', { reason: 'form' }],
    ['text', 'not a keypair', { reason: 'form' }],
    ['an object', JSON.stringify({ secretKey: PAIR }), { reason: 'form' }],
    ['a list in a list', JSON.stringify([PAIR]), { reason: 'form' }],
    ['text in its list', JSON.stringify(PAIR.map(String)), { reason: 'form' }],
    ['a fraction', JSON.stringify(PAIR.with(5, 1.5)), { reason: 'form' }],
    ['a number below zero', JSON.stringify(PAIR.with(5, -1)), { reason: 'form' }],
    ['a number over 255', JSON.stringify(PAIR.with(63, 256)), { reason: 'form' }],
    ['a number with a zero in front', `[0${PAIR.join(',')}]`, { reason: 'form' }],
    ['a comma too many', `[${PAIR.join(',')},]`, { reason: 'form' }],
    ['no end', `[${PAIR.join(',')}`, { reason: 'form' }],
    ['something after its end', `${JSON.stringify(PAIR)}x`, { reason: 'form' }],
    ['a zero byte after its end', `${JSON.stringify(PAIR)}\0`, { reason: 'form' }],
    ['a mark of byte order', `\ufeff${JSON.stringify(PAIR)}`, { reason: 'form' }],
    ['two bytes a character', Buffer.from(JSON.stringify(PAIR), 'utf16le'), { reason: 'form' }],
    ['an empty list', '[]', { reason: 'length', numbers: 0 }],
    ['a seed of 32 numbers', JSON.stringify(PAIR.slice(0, 32)), { reason: 'length', numbers: 32 }],
    ['63 numbers', JSON.stringify(PAIR.slice(1)), { reason: 'length', numbers: 63 }],
    ['65 numbers', JSON.stringify([...PAIR, 0]), { reason: 'length', numbers: 65 }],
    ['more than it may have', ' '.repeat(4097), { reason: 'size', largest: 4096 }],
    ['a film', new Uint8Array(3_000_000), { reason: 'size', largest: 4096 }],
  ])('is refused with %s', (_what, content, details) => {
    expect(refusal(fileWith(content))).toMatchObject({ code: 'WALLET_INVALID_FILE', details });
  });

  test('may have as much space around it as fits', () => {
    expect(hexOf(readKeypairFile(fileWith(JSON.stringify(PAIR).padEnd(4096))))).toBe(SECRET);
  });

  test('is refused when its halves disagree', () => {
    const swapped = [...PAIR.slice(32), ...PAIR.slice(0, 32)];
    for (const pair of [swapped, PAIR.with(0, 0), PAIR.with(63, 0)])
      expect(refusal(fileWith(JSON.stringify(pair)))).toMatchObject({ code: 'WALLET_KEY_MISMATCH' });
  });

  test('may stand behind a link', () => {
    const link = join(folder, 'link.json');
    symlinkSync(fileWith(JSON.stringify(PAIR)), link);
    expect(hexOf(readKeypairFile(link))).toBe(SECRET);
  });

  test('that is not there, or leads in a circle, is not read', () => {
    const circle = join(folder, 'circle.json');
    symlinkSync(circle, circle);
    for (const [file, reason] of [
      [join(folder, 'missing.json'), 'ENOENT'],
      [join(fileWith('x'), 'below.json'), 'ENOTDIR'],
      [circle, 'ELOOP'],
      ['a name that no file can have\0', 'ERR_INVALID_ARG_VALUE'],
    ] as const)
      expect(refusal(file)).toMatchObject({ code: 'WALLET_FILE_UNREADABLE', details: { reason } });
  });

  test.runIf(process.platform !== 'win32')(
    'that is a folder, a device or a pipe is refused, and not waited for',
    () => {
      const pipe = join(folder, 'pipe.json');
      execFileSync('mkfifo', [pipe]);
      mkdirSync(join(folder, 'folder.json'));
      for (const file of [pipe, join(folder, 'folder.json'), '/dev/zero'])
        expect(refusal(file)).toMatchObject({
          code: 'WALLET_FILE_UNREADABLE',
          details: { reason: 'NOT_A_FILE' },
        });
    },
  );

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'that its reader may not read says so',
    () => {
      const file = fileWith(JSON.stringify(PAIR));
      chmodSync(file, 0);
      expect(refusal(file)).toMatchObject({ code: 'WALLET_FILE_UNREADABLE', details: { reason: 'EACCES' } });
    },
  );
});

/** What the parser says of a text, beside what JSON.parse does. */
function bothWays(text: string): readonly [own: unknown, theirs: unknown] {
  const bytes = new Uint8Array(200);
  const count = parseBytes(Buffer.from(text, 'utf8'), bytes);
  const own = count === undefined ? undefined : [...bytes.subarray(0, count)];
  try {
    const parsed: unknown = JSON.parse(text);
    const isBytes =
      Array.isArray(parsed) && parsed.every((one) => Number.isInteger(one) && one >= 0 && one <= 255);
    return [own, isBytes ? parsed : undefined];
  } catch {
    return [own, undefined];
  }
}

describe('a list of numbers', () => {
  test('is read as JSON is', () => {
    const spaces = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 3 });
    const numbers = fc.array(fc.nat({ max: 300 }), { maxLength: 70 });
    fc.assert(
      fc.property(numbers, spaces, (list, space) => {
        const text = `${space}[${space}${list.join(`${space},${space}`)}${space}]${space}`;
        const [own, theirs] = bothWays(text);
        expect(own).toEqual(theirs);
      }),
    );
  });

  test('is refused as JSON does, whatever is wrong with it', () => {
    const scraps = fc.string({
      unit: fc.constantFrom('[', ']', ',', ' ', '0', '7', '12', '255'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(scraps, (text) => {
        const [own, theirs] = bothWays(text);
        expect(own).toEqual(theirs);
      }),
      { numRuns: 2000 },
    );
  });
});
