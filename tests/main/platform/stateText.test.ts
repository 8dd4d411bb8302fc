import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fromStateText, toStateText } from '../../../src/main/platform/stateText.ts';

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, Number.MAX_VALUE, Number.MIN_VALUE, Number.MAX_SAFE_INTEGER),
  fc.bigInt(),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
  // A string that looks like a written bigint is the one thing that can't be state.
  fc.string({ unit: 'grapheme' }).filter((text) => !/^-?\d+n$/.test(text)),
);
const { state } = fc.letrec<{ state: unknown }>((tie) => ({
  state: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('state'), { maxLength: 5 }),
    fc.dictionary(fc.string(), tie('state'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

describe('state as text', () => {
  it('comes back as it was, amounts as bigints', () => {
    fc.assert(
      fc.property(state, (whole) => {
        expect(fromStateText(toStateText(whole))).toStrictEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same text again for what came back: a checkpoint of a checkpoint', () => {
    fc.assert(
      fc.property(state, (whole) => {
        const text = toStateText(whole);
        expect(toStateText(fromStateText(text))).toBe(text);
      }),
    );
  });

  it('writes a bigint as its digits and an n, far beyond what a number could hold', () => {
    const amount = 123_456_789_012_345_678_901_234_567_890n;
    expect(toStateText({ cash: -amount, step: 3 })).toBe(
      '{"cash":"-123456789012345678901234567890n","step":3}',
    );
    expect(fromStateText('{"cash":"-123456789012345678901234567890n","step":3}')).toEqual({
      cash: -amount,
      step: 3,
    });
  });

  it.each(['n', '-n', '1.5n', '12', '12N', ' 12n', '12n ', '1e3n', 'a12n', '12nn', '--1n', '12n\n'])(
    'leaves a text that only resembles one: %j',
    (text) => {
      expect(fromStateText(toStateText([text]))).toEqual([text]);
    },
  );

  it.each([
    ['what is no number', Number.NaN, "NaN can't be kept as state"],
    ['an infinity', Number.POSITIVE_INFINITY, "Infinity can't be kept as state"],
    ['the other infinity', Number.NEGATIVE_INFINITY, "-Infinity can't be kept as state"],
    ['a text that would come back as a bigint', '12n', `the text "12n" can't be kept as state`],
    ['a negative one', '-0n', `the text "-0n" can't be kept as state`],
    ['nothing at all', undefined, "a undefined can't be kept as state"],
    ['a function', () => 1, "a function can't be kept as state"],
    ['a symbol', Symbol('x'), "a symbol can't be kept as state"],
  ])('refuses %s, wherever it stands', (_what, part, because) => {
    expect(() => toStateText(part)).toThrow(new TypeError(because));
    expect(() => toStateText({ deep: [1, part] })).toThrow(new TypeError(because));
  });

  it('leaves out a field that is not set, between others that are', () => {
    expect(toStateText({ a: undefined })).toBe('{}');
    expect(toStateText({ a: 1, b: undefined, c: 2n })).toBe('{"a":1,"c":"2n"}');
  });

  it('is what JSON would write where there is no bigint in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (whole) => {
        const plain: unknown = JSON.parse(JSON.stringify(whole));
        fc.pre(!/"-?\d+n"/.test(JSON.stringify(plain)));
        expect(toStateText(plain)).toBe(JSON.stringify(plain));
      }),
    );
  });
});
