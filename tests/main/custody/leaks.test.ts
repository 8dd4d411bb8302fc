import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { base58Encode } from '../../../src/main/custody/base58.ts';
import { Keypair } from '../../../src/main/custody/keypair.ts';
import { readSecretKey } from '../../../src/main/custody/keypairBytes.ts';
import { readKeypairFile } from '../../../src/main/custody/keypairFile.ts';
import { readPhrase } from '../../../src/main/custody/phrase.ts';
import { AppError } from '../../../src/shared/contract/appError.ts';
import VECTORS from './bip39Vectors.json' with { type: 'json' };
import { secretFromHex, thrownBy, typed } from './secretsAtHand.ts';
import { SLIP10_VECTORS } from './slip10Vectors.ts';

const folder = mkdtempSync(join(tmpdir(), 'leaks-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** All that a log, a console or a reply could make of an error, with what hangs on it. */
function allOf(error: unknown): string {
  const { message, stack, cause } = error as Error;
  return [
    inspect(error, { depth: null, showHidden: true }),
    JSON.stringify(error),
    message,
    stack,
    inspect(cause),
  ].join('\n');
}

/** Runs of a text that are long enough to be no chance. */
const runsOf = (text: string, length: number): readonly string[] =>
  Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length));

const foundIn = (shown: string, parts: readonly string[]): readonly string[] =>
  parts.filter((part) => shown.includes(part));

/** A pair of which one byte is wrong, as bytes. */
function damagedPair(secret: string, at: number): Uint8Array {
  const { publicKey } = new Keypair(secretFromHex('key', secret));
  return Buffer.concat([Buffer.from(secret, 'hex'), publicKey]).map((byte, place) =>
    place === at ? byte ^ 1 : byte,
  );
}

const SECRETS = SLIP10_VECTORS.flatMap(({ chains }) => chains.map(({ secret }) => secret));

describe('an error over a secret', () => {
  test('says the same of any two phrases with the same slip, and has no piece of either', () => {
    const slips = fc.constantFrom<(words: readonly string[], at: number) => readonly string[]>(
      (words, at) => words.with(at, `${words[at] ?? ''}x`),
      (words, at) => words.with(at, `é${words[at] ?? ''}`),
      (words, at) => words.toSpliced(at, 1),
      (words, at) => [...words, words[at] ?? ''],
      (words) => words.map((word) => `${word}qq`),
      (words) => Array.from({ length: 100 }, () => words).flat(),
      (words) => words.with(words.length - 1, 'zoo'),
    );
    const pairs = fc
      .tuple(fc.constantFrom(...VECTORS), fc.constantFrom(...VECTORS))
      .map((two) => two.map(({ phrase }) => phrase.split(' ')))
      .filter(([one, other]) => one?.length === other?.length);
    const told = new Set<unknown>();
    fc.assert(
      fc.property(pairs, slips, fc.nat({ max: 11 }), (two, slip, at) => {
        const errors = two.map((words) => refusalOf(slip(words, at).join(' ')));
        const said = errors.filter((error) => error instanceof AppError);
        fc.pre(said.length === two.length);
        const [one, other] = said.map(({ code, message, details }) => ({ code, message, details }));
        expect(one).toEqual(other);
        told.add(one?.details['reason']);
        const parts = two.flatMap((words) => runsOf(words.join(' '), 14));
        expect(foundIn(errors.map(allOf).join(), parts)).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(told).toEqual(new Set(['characters', 'checksum', 'count', 'language', 'length', 'word']));
  });

  test('has no piece of the key that it is about, in base58, as numbers, in hexadecimal or as bytes', () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...SECRETS), fc.nat({ max: 63 }), fc.nat({ max: 6 }), (secret, at, way) => {
        const pair = damagedPair(secret, at);
        const [text, list] = [Buffer.from(base58Encode(pair)).toString('ascii'), JSON.stringify([...pair])];
        const file = join(folder, 'pair.json');
        const ways: readonly (() => unknown)[] = [
          () => readSecretKey(typed(text)),
          () => readSecretKey(typed(`${text.slice(0, 30)}!${text.slice(30)}`)),
          () => readSecretKey(typed(text.slice(0, 70))),
          () => readKeypairFile(fileOf(file, list)),
          () => readKeypairFile(fileOf(file, `${list}${text}`)),
          // A secret where the name of a file is asked for.
          () => readKeypairFile(text),
          () => readKeypairFile(`${text}\0`),
        ];
        const error = thrownBy(ways[way] ?? (() => undefined));
        expect(error).toBeInstanceOf(AppError);
        told.add((error as AppError).code);
        const hex = Buffer.from(pair).toString('hex');
        const parts = [text, list, [...pair].join(', '), hex, Buffer.from(pair).toString('base64')];
        expect(
          foundIn(
            allOf(error),
            parts.flatMap((part) => runsOf(part, 12)),
          ),
        ).toEqual([]);
      }),
      { numRuns: 120 },
    );
    expect(told).toEqual(
      new Set(['WALLET_FILE_UNREADABLE', 'WALLET_INVALID_FILE', 'WALLET_INVALID_KEY', 'WALLET_KEY_MISMATCH']),
    );
  });

  test('would be found out: the search sees a secret that is planted in a message, a detail or a cause', () => {
    const [secret = ''] = SECRETS;
    const planted = [
      new AppError('INTERNAL', `planted ${secret}`),
      new AppError('INTERNAL', 'planted', { secret }),
      new AppError('INTERNAL', 'planted', {}, { cause: new Error(secret) }),
    ];
    for (const error of planted) expect(foundIn(allOf(error), runsOf(secret, 12))).not.toEqual([]);
  });
});

/** What the reader says of a text; undefined where it takes it. */
function refusalOf(text: string): unknown {
  try {
    readPhrase(typed(text)).dispose();
    return undefined;
  } catch (error) {
    return error;
  }
}

function fileOf(file: string, content: string): string {
  writeFileSync(file, content);
  return file;
}
